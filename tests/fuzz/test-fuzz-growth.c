/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Requests of very many small things take as long as they are, not as long as their square. */

#include "service/relay/model-traits-reader.h"
#include "service/relay/prepared-request.h"
#include "tests/fuzz/fuzz-models.h"

#include <string.h>
#include <time.h>

#ifdef __SANITIZE_ADDRESS__ /* slow enough to be measured with less */
#define FEW 1000
#else
#define FEW 4000
#endif
#define MANY (4 * FEW)
/* Four times as much may take so many times as long: the square would be 16. */
#define MAX_RATIO 9
/* Less is too little to measure. */
#define MIN_MICROSECONDS 20000

typedef struct
{
  const char *name;
  const char *dialect;
  const char *head;
  const char *item; /* with %1$u, the number of it */
  const char *tail;
} Row;

#define CHAT "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}"
#define MESSAGES \
  "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}"
#define RESPONSES "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"hi\"}"
#define PIXEL     "iVBORw0KGgo="

static const Row rows[] = {
  { "turns", "chat", CHAT, ",{\"role\":\"user\",\"content\":\"%1$u\"}", "]}" },
  { "empty-turns", "chat", CHAT, ",{\"role\":\"user\",\"content\":\"\"}", "]}" },
  { "parts",
    "chat",
    CHAT ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"text\",\"text\":\"%1$u\"}",
    "]}]}" },
  { "images",
    "chat",
    CHAT ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," PIXEL "\"}}",
    "]}]}" },
  { "calls",
    "chat",
    CHAT,
    ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c%1$u\",\"type\":\"function\",\"function\":"
    "{\"name\":\"f.%1$u\",\"arguments\":\"{}\"}}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"c%1$u\",\"content\":\"r\"}",
    "]}" },
  { "calls-without-results",
    "chat",
    CHAT,
    ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c%1$u\",\"type\":\"function\",\"function\":"
    "{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
    "]}" },
  { "results-without-calls",
    "chat",
    CHAT,
    ",{\"role\":\"tool\",\"tool_call_id\":\"c%1$u\",\"content\":\"r\"}",
    "]}" },
  { "calls-of-one-turn",
    "chat",
    CHAT
    ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
    "{\"name\":\"f\",\"arguments\":\"{}\"}}",
    ",{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
    "]}]}" },
  { "calls-of-one-id",
    "chat",
    CHAT,
    ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
    "{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
    "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}",
    "]}" },
  { "results-of-one-id",
    "chat",
    CHAT,
    ",{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}",
    ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
    "{\"name\":\"f\",\"arguments\":\"{}\"}}]}]}" },
  { "calls-without-ids",
    "chat",
    CHAT ",{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"function\":"
         "{\"name\":\"f\",\"arguments\":\"{}\"}}",
    ",{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
    "]}]}" },
  { "members", "chat", CHAT "]", ",\"member%1$u\":1", "}" },
  { "members-of-a-turn",
    "chat",
    CHAT ",{\"role\":\"user\",\"content\":\"a\"",
    ",\"member%1$u\":1",
    "}]}" },
  { "stop", "chat", CHAT "],\"stop\":[\"a\"", ",\"%1$u\"", "]}" },
  { "reasoning",
    "chat",
    CHAT,
    ",{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"t\",\"reasoning_opaque\":"
    "\"jumpseat1.signature.claude-x.%1$u\"}",
    "]}" },
  { "turns", "messages", MESSAGES, ",{\"role\":\"user\",\"content\":\"%1$u\"}", "]}" },
  { "empty-blocks",
    "messages",
    MESSAGES ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"text\",\"text\":\"\"}",
    "]}]}" },
  { "cache-markers",
    "messages",
    MESSAGES ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"text\",\"text\":\"%1$u\",\"cache_control\":{\"type\":\"ephemeral\",\"scope\":1}}",
    "]}]}" },
  { "calls",
    "messages",
    MESSAGES,
    ",{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c%1$u\",\"name\":\"f\","
    "\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
    "\"tool_use_id\":\"c%1$u\",\"content\":\"r\"}]}",
    "]}" },
  { "calls-without-results",
    "messages",
    MESSAGES ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"tool_use\",\"id\":\"c%1$u\",\"name\":\"f\",\"input\":{}}",
    "]}]}" },
  { "calls-of-one-turn",
    "messages",
    MESSAGES ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{}}",
    "]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c\"}]}]}" },
  { "thinking",
    "messages",
    MESSAGES,
    ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\","
    "\"signature\":\"jumpseat1.encrypted.gpt-5.%1$u\"},{\"type\":\"text\",\"text\":\"a\"}]}",
    "]}" },
  { "system-texts",
    "messages",
    "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
    "\"system\":[{\"type\":\"text\",\"text\":\"a\"}",
    ",{\"type\":\"text\",\"text\":\"%1$u\",\"cache_control\":{\"type\":\"ephemeral\"}}",
    "]}" },
  { "items",
    "responses",
    RESPONSES,
    ",{\"role\":\"user\",\"id\":\"msg_%1$u\",\"content\":\"a\"}",
    "]}" },
  { "calls",
    "responses",
    RESPONSES,
    ",{\"type\":\"function_call\",\"id\":\"fc_%1$u\",\"call_id\":\"c%1$u\",\"name\":\"f%1$u\","
    "\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c%1$u\","
    "\"output\":\"r\"}",
    "]}" },
  { "calls-without-results",
    "responses",
    RESPONSES,
    ",{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}",
    "]}" },
  { "reasoning",
    "responses",
    RESPONSES,
    ",{\"type\":\"reasoning\",\"id\":\"rs_%1$u\",\"summary\":[],\"encrypted_content\":"
    "\"jumpseat1.signature.claude-x.%1$u\"}",
    "]}" },
  { "turns",
    "ollama-chat",
    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}",
    ",{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\","
    "\"arguments\":{}}}]},{\"role\":\"tool\",\"tool_name\":\"f\",\"content\":\"%1$u\"}",
    "]}" },
};

static GBytes *
write_body (const Row *row, guint n_items)
{
  GString *text = g_string_new (row->head);

  for (guint i = 0; i < n_items; i++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, row->item, i);
#pragma GCC diagnostic pop
    }
  g_string_append (text, row->tail);
  return g_string_free_to_bytes (text);
}

/* Of this thread alone: others do not count. */
static gint64
get_microseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Returns: how long it takes, at best */
static gint64
measure (const JumpDialect *client,
         const JumpDialect *upstream,
         const FuzzModel *model,
         GBytes *body)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 2; i++)
    {
      g_auto (JumpPreparedRequest) prepared = { NULL };
      g_autoptr (GError) error = NULL;
      JumpRequestFacts facts;
      gint64 before = get_microseconds ();
      gsize length;
      const char *data = g_bytes_get_data (body, &length);

      if (client->scan (&facts, data, length, &error))
        {
          JumpPrepareOrder order = {
            .client = client,
            .choice = { upstream, upstream != client || facts.has_odd_tool_names },
            .body = body,
            .facts = &facts,
            .model_id = model->id,
            .model = model->model,
          };

          jump_prepared_request_make (&prepared, &order, &error);
        }
      if (error != NULL)
        g_test_message ("%s: %s", upstream->name, error->message);
      best = MIN (best, get_microseconds () - before);
    }
  return best;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const JumpDialect *client = jump_dialect_find (row->dialect);
  g_autoptr (GBytes) small = write_body (row, FEW);
  g_autoptr (GBytes) large = write_body (row, MANY);
  FuzzModel models[FUZZ_N_MODELS];

  fuzz_models_init (models);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    {
      const JumpDialect *upstream = jump_dialect_get (id);
      gint64 few, many;

      if (upstream->upstream_path == NULL)
        continue;
      many = measure (client, upstream, &models[0], large);
      if (many < MIN_MICROSECONDS)
        continue;
      few = measure (client, upstream, &models[0], small);
      g_test_message ("%s: %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " µs",
                      upstream->name,
                      few,
                      many);
      if (many > MAX_RATIO * few)
        g_test_fail ();
    }
  fuzz_models_clear (models);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fuzz/growth/%s/%s", rows[i].dialect, rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
