/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-stream.h"

#include "service/base/limits.h"
#include "tests/fuzz/fuzz-json.h"

#include <string.h>

static const char *const odd_events[] = {
  "data: [DONE]\n\n",
  ": a comment\n\n",
  "data:\n\n",
  "data: {}\n\n",
  "data: []\n\n",
  "data: null\n\n",
  "data: x\n\n",
  "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
  "\"message\":\"Overloaded\"}}\n\n",
  "data: {\"error\":{\"message\":\"no\",\"code\":\"x\"}}\n\n",
  "event: error\ndata: {\"type\":\"error\",\"code\":\"c\",\"message\":\"m\"}\n\n",
  "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1e3,\"completion_tokens\":-5}}\n\n",
  "data: {\"choices\":[{\"index\":99999999999,\"delta\":{\"content\":\"far\"}}]}\n\n",
  "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":-1,\"function\":{}}]}}]}\n\n",
  "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
  "data: {\"type\":\"content_block_delta\",\"index\":77,\"delta\":{\"type\":\"text_delta\","
  "\"text\":\"x\"}}\n\n",
  "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"new\"}}\n\n",
  "data: {\"type\":\"keepalive\",\"sequence_number\":3}\n\n",
  "data: {\"type\":\"response.output_text.delta\",\"output_index\":5,\"delta\":\"y\"}\n\n",
  "data: {\"type\":\"response.completed\",\"response\":{}}\n\n",
  "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"m\"}}}\n\n",
};

/* Events with the empty line behind each. Returns: (transfer full) (element-type GString) */
static GPtrArray *
split (GBytes *stream)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize length;
  const char *data = g_bytes_get_data (stream, &length);
  const char *end = data + length;

  while (data < end)
    {
      const char *blank = g_strstr_len (data, end - data, "\n\n");
      const char *next = blank == NULL ? end : blank + 2;

      g_ptr_array_add (events, g_bytes_new (data, (gsize) (next - data)));
      data = next;
    }
  return events;
}

/* Changes the JSON of an event. Returns: (transfer full) */
static GBytes *
change_data (FuzzRun *run, GBytes *event, GBytes *donor)
{
  gsize length;
  const char *text = g_bytes_get_data (event, &length);
  const char *at = g_strstr_len (text, (gssize) length, "data: ");
  g_autoptr (GString) inner = NULL;
  GString *whole;

  if (at == NULL)
    return g_bytes_ref (event);
  at += strlen ("data: ");
  inner = g_string_new_len (at, (gssize) (length - (gsize) (at - text)));
  g_strchomp (inner->str);
  inner->len = strlen (inner->str);
  for (guint n = 1 + fuzz_roll (run, 3); n > 0; n--)
    fuzz_json_change (run, inner, donor);
  whole = g_string_new_len (text, at - text);
  g_string_append_len (whole, inner->str, (gssize) inner->len);
  g_string_append (whole, "\n\n");
  return g_string_free_to_bytes (whole);
}

/* The JSON of some event of @stream. Returns: (transfer full) (nullable) */
static GBytes *
take_data (FuzzRun *run, const GPtrArray *events)
{
  GBytes *event =
      events->len == 0 ? NULL : g_ptr_array_index (events, fuzz_roll (run, events->len));
  gsize length;
  const char *text = event == NULL ? NULL : g_bytes_get_data (event, &length);
  const char *at = text == NULL ? NULL : g_strstr_len (text, (gssize) length, "data: {");

  if (at == NULL)
    return NULL;
  at += strlen ("data: ");
  return g_bytes_new (at, length - (gsize) (at - text));
}

static void
insert_odd (FuzzRun *run, GPtrArray *events, guint at)
{
  const char *odd = odd_events[fuzz_roll (run, G_N_ELEMENTS (odd_events))];

  g_ptr_array_insert (events, (int) at, g_bytes_new_static (odd, strlen (odd)));
}

static void
swap (GPtrArray *events, guint a, guint b)
{
  gpointer first = events->pdata[a];

  events->pdata[a] = events->pdata[b];
  events->pdata[b] = first;
}

static void
replace (GPtrArray *events, guint at, GBytes *event)
{
  g_bytes_unref (events->pdata[at]);
  events->pdata[at] = event;
}

static void
change (FuzzRun *run, GPtrArray *events, const GPtrArray *others)
{
  guint at = fuzz_roll (run, events->len);
  GBytes *event = events->len == 0 ? NULL : g_ptr_array_index (events, at);
  g_autoptr (GBytes) donor = NULL;
  gsize length;

  if (event == NULL)
    {
      insert_odd (run, events, 0);
      return;
    }
  length = g_bytes_get_size (event);
  switch (fuzz_roll (run, 10))
    {
    case 0:
      g_ptr_array_remove_index (events, at);
      break;
    case 1:
      g_ptr_array_insert (events, (int) at, g_bytes_ref (event));
      break;
    case 2:
      swap (events, at, fuzz_roll (run, events->len));
      break;
    case 3:
      replace (events, at, g_bytes_new_from_bytes (event, 0, fuzz_roll (run, (guint) length)));
      break;
    case 4:
      insert_odd (run, events, at);
      break;
    case 5:
      if (others->len > 0)
        g_ptr_array_insert (events,
                            (int) at,
                            g_bytes_ref (g_ptr_array_index (others, fuzz_roll (run, others->len))));
      break;
    default:
      donor = take_data (run, fuzz_once_in (run, 2) ? events : others);
      replace (events, at, change_data (run, event, donor));
      break;
    }
}

GBytes *
fuzz_stream_mutate (FuzzRun *run, GBytes *seed, GBytes *donor)
{
  g_autoptr (GPtrArray) events = split (seed);
  g_autoptr (GPtrArray) others = split (donor);
  GString *text = g_string_new (NULL);

  for (guint n = 1 + fuzz_roll (run, 5); n > 0; n--)
    change (run, events, others);
  for (guint i = 0; i < events->len; i++)
    {
      gsize length;
      const char *data = g_bytes_get_data (g_ptr_array_index (events, i), &length);

      g_string_append_len (text, data, (gssize) length);
    }
  if (fuzz_once_in (run, 12))
    fuzz_bytes_change (run, text);
  if (fuzz_once_in (run, 12))
    g_string_replace (text, "\n", fuzz_once_in (run, 2) ? "\r\n" : "\r", 0);
  return g_string_free_to_bytes (text);
}

typedef struct
{
  JumpReplyPipe *pipe;
  FuzzStreamResult *result;
} Player;

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Player *player = user_data;

  player->result->step = jump_reply_pipe_event (player->pipe, event, player->result->out);
  return player->result->step == JUMP_PIPE_GO_ON;
}

static char *
tell_facts (const JumpReplyPipe *pipe)
{
  const JumpUsageCount *usage = &pipe->usage;

  return g_strdup_printf ("%s; %s; %d; %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          jump_changes_get (&pipe->changes),
                          pipe->failure == NULL ? "-" : pipe->failure->message,
                          pipe->has_output,
                          usage->input_tokens,
                          usage->output_tokens);
}

void
fuzz_stream_play (FuzzRun *run,
                  JumpReplyPipe *pipe,
                  GBytes *bytes,
                  gboolean is_split,
                  const GError *problem,
                  FuzzStreamResult *out_result)
{
  Player player = { pipe, out_result };
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, &player);
  guint most = 1 + fuzz_roll (run, 200);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  *out_result = (FuzzStreamResult){ JUMP_PIPE_GO_ON, g_string_new (NULL), NULL };
  for (gsize at = 0, piece; at < length && out_result->step == JUMP_PIPE_GO_ON; at += piece)
    {
      g_autofree char *copy = NULL;

      piece = is_split ? 1 + fuzz_roll (run, most) : length;
      piece = MIN (piece, length - at);
      copy = g_memdup2 (data + at, piece);
      g_assert_true (jump_sse_parser_push (parser, copy, piece, NULL));
    }
  if (out_result->step == JUMP_PIPE_GO_ON)
    g_assert_true (jump_sse_parser_finish (parser, NULL));
  if (out_result->step == JUMP_PIPE_GO_ON)
    out_result->step = jump_reply_pipe_finish (pipe, problem, out_result->out);
  out_result->facts = tell_facts (pipe);
}

void
fuzz_stream_result_clear (FuzzStreamResult *self)
{
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  self->out = NULL;
  g_clear_pointer (&self->facts, g_free);
}
