/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Streams without an end do not fill the memory: what has been passed on is forgotten. */

#include "service/base/limits.h"
#include "service/dialects/translate-pipe.h"

#include <malloc.h>
#include <string.h>

/* FUZZ_MEGABYTES pours more. */
#define MEGABYTES 12
/* What a pipe may hold at last, however much went through. */
#define MAX_KEPT (256 * 1024)

typedef struct
{
  const char *name;
  const char *upstream;
  const char *head;
  const char *piece;
} Row;

#define LOREM                                                                               \
  "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor " \
  "invidunt ut labore et dolore magna aliquyam erat, sed diam voluptua. "

static const Row rows[] = {
  { "text",
    "chat",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],\"id\":\"a\"}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" LOREM "\"}}],\"id\":\"a\"}\n\n" },
  { "reasoning",
    "chat",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}],\"id\":\"a\"}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_text\":\"" LOREM
    "\"}}],\"id\":\"a\"}\n\n" },
  { "pings", "chat", "", "data: {\"choices\":[],\"id\":\"\"}\n\n: ping\n\n" },
  { "text",
    "messages",
    "data: {\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"content\":[]}}\n\n"
    "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\","
    "\"text\":\"\"}}\n\n",
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
    "\"text\":\"" LOREM "\"}}\n\n" },
  { "thinking",
    "messages",
    "data: {\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"content\":[]}}\n\n"
    "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\","
    "\"thinking\":\"\"}}\n\n",
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
    "\"thinking\":\"" LOREM "\"}}\n\n" },
  { "text",
    "responses",
    "data: {\"type\":\"response.created\",\"response\":{\"id\":\"a\"}}\n\n"
    "data: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":"
    "\"message\",\"content\":[]}}\n\n",
    "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,"
    "\"delta\":\"" LOREM "\"}\n\n" },
};

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  JumpReplyPipe *pipe = user_data;
  g_autoptr (GString) out = g_string_new (NULL);

  return jump_reply_pipe_event (pipe, event, out) == JUMP_PIPE_GO_ON;
}

static gsize
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* @client: (nullable): %NULL stays in upstream's dialect. Returns: bytes that the pipe holds behind all of it */
static gsize
pour (const Row *row, const JumpDialect *client)
{
  const JumpDialect *upstream = jump_dialect_find (row->upstream);
  const char *variable = g_getenv ("FUZZ_MEGABYTES");
  gsize left = 1024 * 1024 * (variable == NULL ? MEGABYTES : (gsize) atoi (variable));
  JumpReplyOptions options = {
    .client_model = "m",
    .used_model = "m",
    .request_id = "r",
    .requested_n = 1,
    .stream = TRUE,
    .wants_thinking = TRUE,
    .estimated_input = -1,
  };
  gsize length = strlen (row->piece);
  gsize before = get_allocated ();
  gsize after;
  JumpReplyPipe *pipe = client == NULL ? upstream->new_repair (&options)
                                       : jump_translate_pipe_new (upstream, client, &options);
  JumpSseParser *parser = jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, pipe);

  g_assert_true (jump_sse_parser_push (parser, row->head, strlen (row->head), NULL));
  for (; left > length; left -= length)
    g_assert_true (jump_sse_parser_push (parser, row->piece, length, NULL));
  after = get_allocated ();
  jump_sse_parser_free (parser);
  jump_reply_pipe_free (pipe);
  return after > before ? after - before : 0;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  if (get_allocated () == 0)
    {
      g_test_skip ("nobody counts what is allocated");
      return;
    }
  for (int id = -1; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *client = id < 0 ? NULL : jump_dialect_get ((JumpDialectId) id);
      gsize kept = pour (row, client);

      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", id < 0 ? "repair" : client->name, kept);
      /* The end of a response repeats all of it. */
      if (kept > MAX_KEPT && client != &jump_dialect_responses)
        g_test_fail ();
    }
}

/* A piece of text of 16 KiB. Returns: (transfer full) */
static char *
write_long_piece (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 16 * 1024)
    g_string_append (text, LOREM);
  return g_strdup_printf ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}],"
                          "\"id\":\"a\"}\n\n",
                          text->str);
}

/* Responses have all of the text in their last event, so there is an end to it, for all clients the same. */
static void
pour_without_end (gsize reply_bytes, gsize limit)
{
  JumpReplyOptions options = { .client_model = "m",
                               .used_model = "m",
                               .request_id = "r",
                               .reply_bytes = reply_bytes };
  g_autoptr (JumpReplyPipe) pipe =
      jump_translate_pipe_new (&jump_dialect_chat, &jump_dialect_messages, &options);
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, pipe);
  g_autofree char *piece = write_long_piece ();
  gsize length = strlen (piece);
  gsize poured = 0;

  for (; pipe->failure == NULL && poured < 2 * limit; poured += length)
    g_assert_true (jump_sse_parser_push (parser, piece, length, NULL));
  g_assert_nonnull (pipe->failure);
  g_assert_nonnull (strstr (pipe->failure->message, "longer than"));
  g_assert_nonnull (strstr (pipe->failure->message, "limits.reply_bytes"));
  g_assert_cmpuint (poured, >, limit);
  g_assert_cmpuint (poured, <, limit + limit / 8 + length);
}

static void
test_limit (void)
{
  pour_without_end (0, JUMP_LIMIT_REPLY);
  pour_without_end (1024 * 1024, 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/fuzz/memory/%s/%s", rows[i].upstream, rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/fuzz/memory/limit", test_limit);
  return g_test_run ();
}
