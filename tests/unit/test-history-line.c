/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/history/history-line.h"

#include <string.h>

static JumpExchangeRecord *
read_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  JumpExchangeRecord *record = jump_history_line_read (line, strlen (line), &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static char *
member (const char *line, const char *name)
{
  JumpJsonSpan span = jump_json_find_member (jump_json_span_trim (line, strlen (line)), name);

  return span.start == NULL ? NULL : g_strndup (span.start, span.length);
}

static void
assert_member (const char *line, const char *name, const char *expected)
{
  g_autofree char *text = member (line, name);

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s: %s, expected %s, in %s", name, text, expected, line);
}

static JumpExchangeRecord *
new_record (void)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("req-1");
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/messages");
  record->client = g_strdup ("claude-cli/2.1 (external)");
  record->client_key = g_strdup ("k1");
  record->client_name = g_strdup ("laptop");
  record->client_address = g_strdup ("127.0.0.1");
  record->process = g_strdup ("claude (4711)");
  record->session = g_strdup ("s-1");
  record->asked_model = g_strdup ("sonnet");
  record->used_model = g_strdup ("claude-sonnet-5");
  record->route = g_strdup ("verbatim; patched");
  record->changes = g_strdup ("model");
  record->upstream_id = g_strdup ("AB:CD");
  record->status = 200;
  record->upstream_status = 200;
  record->started_wall = 1786900000123456;
  record->queued_us = 12;
  record->first_byte_us = 400001;
  record->total_us = 3214999;
  record->attempts = 2;
  record->bytes_in = 1203;
  record->bytes_out = 5321;
  record->usage = (JumpUsageCount){ 900, 55, 512, 64, 7, 1234567890 };
  record->api = "messages";
  record->request_headers = g_strdup ("Authorization: <redacted>\nAccept: a\naccept: b\n");
  record->reply_headers = g_strdup ("Content-Type: text/event-stream\n");
  return record;
}

static void
set_bodies (JumpExchangeRecord *record, const char *request, const char *sent, const char *reply)
{
  if (request != NULL)
    record->request_body = g_bytes_new (request, strlen (request));
  if (sent != NULL)
    record->sent_body = g_bytes_new (sent, strlen (sent));
  if (reply == NULL)
    return;
  record->reply_body = g_byte_array_new ();
  g_byte_array_append (record->reply_body, (const guint8 *) reply, (guint) strlen (reply));
}

static void
assert_same_bytes (GBytes *one, GBytes *other)
{
  g_assert_true ((one == NULL) == (other == NULL));
  if (one != NULL)
    g_assert_true (g_bytes_equal (one, other));
}

static void
assert_same (const JumpExchangeRecord *one, const JumpExchangeRecord *other)
{
  g_assert_cmpint (one->state, ==, other->state);
  g_assert_cmpstr (one->id, ==, other->id);
  g_assert_cmpstr (one->method, ==, other->method);
  g_assert_cmpstr (one->path, ==, other->path);
  g_assert_cmpstr (one->client, ==, other->client);
  g_assert_cmpstr (one->client_key, ==, other->client_key);
  g_assert_cmpstr (one->client_name, ==, other->client_name);
  g_assert_cmpstr (one->client_address, ==, other->client_address);
  g_assert_cmpstr (one->process, ==, other->process);
  g_assert_cmpstr (one->session, ==, other->session);
  g_assert_cmpstr (one->asked_model, ==, other->asked_model);
  g_assert_cmpstr (one->used_model, ==, other->used_model);
  g_assert_cmpstr (one->route, ==, other->route);
  g_assert_cmpstr (one->changes, ==, other->changes);
  g_assert_cmpstr (one->error, ==, other->error);
  g_assert_cmpstr (one->upstream_id, ==, other->upstream_id);
  g_assert_cmpuint (one->status, ==, other->status);
  g_assert_cmpuint (one->upstream_status, ==, other->upstream_status);
  g_assert_cmpint (one->streamed, ==, other->streamed);
  g_assert_cmpint (one->started_wall, ==, other->started_wall);
  g_assert_cmpint (one->queued_us, ==, other->queued_us);
  g_assert_cmpuint (one->attempts, ==, other->attempts);
  g_assert_cmpint (one->first_byte_us, ==, other->first_byte_us);
  g_assert_cmpint (one->total_us, ==, other->total_us);
  g_assert_cmpuint (one->bytes_in, ==, other->bytes_in);
  g_assert_cmpuint (one->bytes_out, ==, other->bytes_out);
  g_assert_cmpmem (&one->usage, sizeof one->usage, &other->usage, sizeof other->usage);
  g_assert_cmpint (one->estimated_nano_aiu, ==, other->estimated_nano_aiu);
  g_assert_cmpstr (one->api, ==, other->api);
  g_assert_cmpint (one->is_reply_cut, ==, other->is_reply_cut);
  g_assert_cmpuint (one->request_size, ==, other->request_size);
  g_assert_cmpstr (one->extra, ==, other->extra);
  assert_same_bytes (one->request_body, other->request_body);
  assert_same_bytes (one->sent_body, other->sent_body);
  g_assert_true ((one->reply_body == NULL) == (other->reply_body == NULL));
  if (one->reply_body != NULL)
    g_assert_cmpmem (one->reply_body->data,
                     one->reply_body->len,
                     other->reply_body->data,
                     other->reply_body->len);
}

/* Writes, reads, compares, and writes the same again. */
static void
check_round (const JumpExchangeRecord *record)
{
  g_autofree char *line = jump_history_line_new (record);
  g_autofree char *again = NULL;
  g_autofree char *third = NULL;
  g_autoptr (JumpExchangeRecord) read = read_line (line);
  g_autoptr (JumpExchangeRecord) reread = NULL;

  g_assert_null (strchr (line, '\n'));
  g_assert_true (read->is_imported);
  assert_same (record, read);
  again = jump_history_line_new (read);
  reread = read_line (again);
  assert_same (record, reread);
  third = jump_history_line_new (reread);
  g_assert_cmpstr (again, ==, third);
}

static const struct
{
  const char *api;
  gboolean streamed;
  const char *request;
  const char *sent;
  const char *reply;
} rounds[] = {
  { "messages", FALSE, NULL, NULL, NULL },
  { "messages", FALSE, "{\"a\":1}", NULL, "{\"b\":2}" },
  { "messages", FALSE, "{\"a\":1}", "{\"a\":2}", "plain \"text\"\n\tof a gateway" },
  { "messages", FALSE, NULL, "{\"a\":2}", "" },
  { "messages", FALSE, "null", "\"text\"", "  12  x" },
  { "messages", FALSE, "", "\xff\xfe no text", "caf\xc3\xa9" },
  { "messages", FALSE, "{broken", NULL, "\xc3" },
  { "chat", TRUE, "{}", NULL, "data: {\"a\":1}\n\ndata: [DONE]\n\n" },
  { "chat", TRUE, "{}", NULL, ": waiting\n\ndata: {\"a\":1}\n\n: x\n\ndata: [DONE]\n\n" },
  { "chat", TRUE, "{}", NULL, "data:{\"a\":1}\r\n\r\ndata: {\"b\"" },
  { "chat", TRUE, "{}", NULL, "data: one\ndata: two\n\n" },
  { "chat", TRUE, "{}", NULL, "{\"error\":\"no stream\"}" },
  { "messages", TRUE, "{}", NULL, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n" },
  { "messages", TRUE, "{}", NULL, "event: ping\ndata: {\"type\":\"other\"}\n\n" },
  { "responses",
    TRUE,
    "{}",
    NULL,
    "event: a\ndata: {\"type\":\"a\"}\n\nevent: b\ndata: {\"type\":\"b\"}" },
  { "ollama", TRUE, "{}", NULL, "{\"done\":false}\n{\"done\":true}\n" },
  { "ollama", TRUE, "{}", NULL, "{\"done\":false}\n\n{\"do" },
  { NULL, TRUE, "{}", NULL, "data: \xff\n\n" },
};

static void
test_rounds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_autoptr (JumpExchangeRecord) record = new_record ();

      g_test_message ("round %zu", i);
      record->api = rounds[i].api;
      record->streamed = rounds[i].streamed;
      set_bodies (record, rounds[i].request, rounds[i].sent, rounds[i].reply);
      check_round (record);
    }
}

/* As little as a record can hold, and all that it can. */
static void
test_fields (void)
{
  g_autoptr (JumpExchangeRecord) full = new_record ();
  g_autoptr (JumpExchangeRecord) bare = jump_exchange_record_new ();

  full->error = g_strdup ("upstream: gone\nfor good");
  full->status = 502;
  full->is_reply_cut = TRUE;
  full->request_size = 40000000;
  full->estimated_nano_aiu = 5;
  full->extra = g_strdup ("{\"x_one\":{\"a\":[1]},\"jumpseat\":{\"later\":true}}");
  check_round (full);
  bare->state = JUMP_EXCHANGE_ENDED;
  bare->id = g_strdup ("bare");
  bare->method = g_strdup ("GET");
  bare->path = g_strdup ("/");
  check_round (bare);
}

static void
test_contract (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record ();
  g_autofree char *line = NULL;

  record->streamed = TRUE;
  record->api = "chat";
  set_bodies (record, "{\n \"a\": 1\n}", "{\"a\":2}", "data: {\"a\":1}\n\ndata: [DONE]\n\n");
  line = jump_history_line_new (record);
  assert_member (line, "id", "\"req-1\"");
  assert_member (line, "timestamp", "1786900000");
  assert_member (line, "client_ip", "\"127.0.0.1\"");
  assert_member (line,
                 "request_headers",
                 "{\"Authorization\":\"***REDACTED***\",\"Accept\":\"a, b\"}");
  assert_member (line, "original_request_body", "{  \"a\": 1 }");
  assert_member (line, "request_body", "{\"a\":2}");
  assert_member (line, "response_body", "null");
  assert_member (line, "raw_events", "[\"{\\\"a\\\":1}\",\"[DONE]\"]");
  assert_member (line, "model", "\"sonnet\"");
  assert_member (line, "translated_model", "\"claude-sonnet-5\"");
  assert_member (line, "endpoint", "\"/v1/messages\"");
  assert_member (line, "status_code", "200");
  assert_member (line, "request_size", "1203");
  assert_member (line, "response_size", "5321");
  assert_member (line, "input_tokens", "324");
  assert_member (line, "output_tokens", "55");
  assert_member (line, "cache_creation_input_tokens", "64");
  assert_member (line, "cache_read_input_tokens", "512");
  assert_member (line, "duration", "3.21");
  assert_member (line, "state", "\"completed\"");
  assert_member (line, "user_id", "\"laptop\"");
}

/* What a client sends in a body may look like a line's end; no line ends there. */
static void
test_cut_reply (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record ();
  g_autofree char *line = NULL;

  record->is_reply_cut = TRUE;
  set_bodies (record, NULL, NULL, "\"half of \xc3");
  line = jump_history_line_new (record);
  assert_member (line, "response_body", "\"\\\"half of \"");
  g_assert_null (strstr (line, "reply_bytes"));
}

static void
test_items (void)
{
  g_autoptr (JumpExchangeRecord) record = new_record ();
  const struct
  {
    JumpExchangeState state;
    const char *name;
  } states[] = {
    { JUMP_EXCHANGE_RECEIVED, "\"pending\"" }, { JUMP_EXCHANGE_ROUTED, "\"pending\"" },
    { JUMP_EXCHANGE_WAITING, "\"sending\"" },  { JUMP_EXCHANGE_STREAMING, "\"receiving\"" },
    { JUMP_EXCHANGE_ENDED, "\"completed\"" },
  };

  set_bodies (record, "{}", NULL, "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto (JumpJsonWriter) writer = { 0 };
      g_autofree char *item = NULL;

      record->state = states[i].state;
      jump_json_writer_init (&writer);
      jump_history_line_write_item (&writer, record);
      item = jump_json_writer_finish (&writer);
      g_assert_true (jump_json_validate (item, strlen (item), 10, NULL));
      assert_member (item, "state", states[i].name);
      assert_member (item, "credits", "1.23456789");
      assert_member (item, "estimated_credits", "null");
      assert_member (item, "key", "\"k1\"");
      assert_member (item, "request_headers", NULL);
      assert_member (item, "request_body", NULL);
      assert_member (item, "raw_events", NULL);
    }
}

static char **
read_fixture (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fixtures", "history-lines", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static const char *const kept_members[] = {
  "id",
  "timestamp",
  "client_ip",
  "request_headers",
  "request_body",
  "response_body",
  "raw_events",
  "original_request_body",
  "model",
  "endpoint",
  "translated_model",
  "status_code",
  "request_size",
  "response_size",
  "input_tokens",
  "output_tokens",
  "state",
  "user_id",
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
};

/* Lines of others come out as they went in. */
static void
test_foreign (void)
{
  g_auto (GStrv) lines = read_fixture ("contract.jl");

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JumpExchangeRecord) record = read_line (lines[i]);
      g_autofree char *line = jump_history_line_new (record);

      for (gsize k = 0; k < G_N_ELEMENTS (kept_members); k++)
        {
          g_autofree char *text = member (lines[i], kept_members[k]);

          assert_member (line, kept_members[k], text);
        }
    }
  {
    g_autoptr (JumpExchangeRecord) record = read_line (lines[0]);

    g_assert_cmpint (record->usage.input_tokens, ==, 822);
    g_assert_cmpstr (record->api, ==, "messages");
    g_assert_true (record->streamed);
    g_assert_true (g_str_has_prefix ((const char *) record->reply_body->data,
                                     "event: message_start\ndata: {"));
  }
}

static void
test_reference_era (void)
{
  g_auto (GStrv) lines = read_fixture ("reference-era.jl");
  g_autoptr (JumpExchangeRecord) record = read_line (lines[0]);
  g_autofree char *line = jump_history_line_new (record);

  g_assert_cmpint (record->started_wall, ==, 1779271200250000);
  g_assert_null (record->client_address);
  g_assert_null (record->sent_body);
  g_assert_nonnull (record->request_body);
  g_assert_false (record->streamed);
  g_assert_cmpint (record->total_us, ==, 1500000);
  g_assert_cmpstr (record->extra, ==, "{\"other_tool\":{\"kept\":[1,2]}}");
  assert_member (line, "other_tool", "{\"kept\":[1,2]}");
  assert_member (line, "request_headers", "{\"x-api-key\":\"***REDACTED***\"}");
  g_assert_null (strstr (line, "sk-real"));
}

static const struct
{
  const char *timestamp;
  gint64 time;
} times[] = {
  { "1786900000", 1786900000000000 },
  { "1786900000.25", 1786900000250000 },
  { "\"1786900000\"", 1786900000000000 },
  { "\"1786900000.5\"", 1786900000500000 },
  { "\"2026-08-16T17:06:40Z\"", 1786900000000000 },
  { "\"2026-08-16T19:06:40.5+02:00\"", 1786900000500000 },
  { "\"2026-08-16T18:06:40\"", 1786900000000000 },
  { "\"2026-08-16 18:06:40\"", 1786900000000000 },
};

static void
test_times (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *line = g_strdup_printf ("{\"timestamp\":%s}\r\n", times[i].timestamp);
      g_autoptr (JumpExchangeRecord) record = read_line (line);

      g_assert_cmpint (record->started_wall, ==, times[i].time);
      g_assert_true (g_uuid_string_is_valid (record->id));
      g_assert_cmpint (record->state, ==, JUMP_EXCHANGE_ENDED);
    }
}

static const struct
{
  const char *line;
  const char *expected; /* in the error */
} wrong[] = {
  { "", "JSON" },
  { "[]", "object" },
  { "{\"timestamp\":1", "" },
  { "{}", "timestamp" },
  { "{\"timestamp\":null}", "timestamp" },
  { "{\"timestamp\":-1}", "timestamp" },
  { "{\"timestamp\":1786900000000}", "timestamp" },
  { "{\"timestamp\":\"tomorrow\"}", "timestamp" },
  { "{\"timestamp\":\"9000-01-01T00:00:00Z\"}", "timestamp" },
  { "{\"timestamp\":1,\"id\":7}", "id" },
  { "{\"timestamp\":1,\"model\":[]}", "model" },
  { "{\"timestamp\":1,\"status_code\":\"x\"}", "status_code" },
  { "{\"timestamp\":1,\"input_tokens\":-5}", "input_tokens" },
  { "{\"timestamp\":1,\"output_tokens\":1e300}", "output_tokens" },
  { "{\"timestamp\":1,\"duration\":-1}", "duration" },
  { "{\"timestamp\":1,\"timestamp\":2}", "timestamp" },
  { "{\"timestamp\":1,\"odd\":1,\"odd\":2}", "odd" },
  { "{\"timestamp\":1,\"model\":\"\xff\"}", "" },
  { "{\"timestamp\":1,\"jumpseat\":{\"total\":-1}}", "total" },
};

static void
assert_refused (const char *line, gsize length, const char *expected)
{
  g_autoptr (GError) error = NULL;

  if (jump_history_line_read (line, length, &error) != NULL)
    g_error ("taken: %.200s", line);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  if (strstr (error->message, expected) == NULL)
    g_error ("\"%s\" without \"%s\"", error->message, expected);
}

static void
test_wrong (void)
{
  g_autofree char *name = g_strnfill (300, 'm');
  g_autofree char *extra = g_strnfill (300 * 1024, 'x');
  g_autofree char *long_model = g_strdup_printf ("{\"timestamp\":1,\"model\":\"%s\"}", name);
  g_autofree char *long_extra = g_strdup_printf ("{\"timestamp\":1,\"more\":\"%s\"}", extra);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i].line, strlen (wrong[i].line), wrong[i].expected);
  assert_refused (long_model, strlen (long_model), "model");
  assert_refused (long_extra, strlen (long_extra), "KiB");
  assert_refused ("{}", JUMP_LIMIT_HISTORY_LINE + 1, "MiB");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "TST-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-line/rounds", test_rounds);
  g_test_add_func ("/history-line/fields", test_fields);
  g_test_add_func ("/history-line/contract", test_contract);
  g_test_add_func ("/history-line/cut-reply", test_cut_reply);
  g_test_add_func ("/history-line/items", test_items);
  g_test_add_func ("/history-line/foreign", test_foreign);
  g_test_add_func ("/history-line/reference-era", test_reference_era);
  g_test_add_func ("/history-line/times", test_times);
  g_test_add_func ("/history-line/wrong", test_wrong);
  return g_test_run ();
}
