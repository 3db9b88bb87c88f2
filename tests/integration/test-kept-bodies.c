/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Headers and bodies in the records: what the client sent and got, without secrets, and only where wanted. */

#define SECRET "sesame-5f3a9c"

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static Fixture *
fixture_new_curious (const char *rules)
{
  Fixture *fixture = fixture_new_ruled (rules);

  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  return fixture;
}

static const JumpExchangeRecord *
last_record (GPtrArray *records)
{
  return records->pdata[records->len - 1];
}

static void
assert_reply (const JumpExchangeRecord *record, Answer *answer)
{
  g_assert_nonnull (record->reply_body);
  g_assert_cmpmem (record->reply_body->data,
                   record->reply_body->len,
                   answer->body->str,
                   answer->body->len);
  g_assert_false (record->is_reply_cut);
  assert_says (record->reply_headers, record->id);
  assert_says (record->reply_headers, "Content-Type: ");
  assert_says (record->reply_headers, answer_header (answer, "content-type"));
}

/* What upstream got is kept where it is something else; a translation may be the same to the byte. */
static void
assert_sent (const JumpExchangeRecord *record)
{
  g_autofree char *sent = NULL;

  if (g_str_has_prefix (record->route, "verbatim"))
    g_assert_null (record->sent_body);
  if (g_str_has_prefix (record->route, "patched"))
    g_assert_nonnull (record->sent_body);
  if (record->sent_body == NULL)
    return;
  sent =
      g_strndup (g_bytes_get_data (record->sent_body, NULL), g_bytes_get_size (record->sent_body));
  assert_says (sent, record->used_model);
  assert_says (sent, "hello there");
}

static void
test_kept (void)
{
  g_autoptr (Fixture) fixture = fixture_new_curious (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint stream = 0; stream < 2; stream++)
        {
          g_autofree char *sent = api_write (api, models[m], "hello there", stream == 1, NULL);
          g_autoptr (Answer) answer = fixture_ask (fixture, "POST", api_path (api), sent);
          const JumpExchangeRecord *record = last_record (records);
          gsize length;
          const char *body = g_bytes_get_data (record->request_body, &length);

          g_test_message ("%s %s", api_path (api), models[m]);
          g_assert_cmpuint (answer->status, ==, 200);
          g_assert_cmpmem (body, length, sent, strlen (sent));
          assert_says (record->request_headers, "Content-Type: application/json\n");
          assert_reply (record, answer);
          assert_sent (record);
        }
}

/* Nobody looks: nothing is held. */
static void
test_not_kept (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  g_assert_false (jump_relay_get_keeps_bodies (fixture->service->relay));
  for (Api api = 0; api < N_APIS; api++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", stream == 1);
        const JumpExchangeRecord *record = last_record (records);

        g_assert_cmpuint (answer->status, ==, 200);
        g_assert_null (record->request_headers);
        g_assert_null (record->request_body);
        g_assert_null (record->reply_headers);
        g_assert_null (record->reply_body);
      }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    guint status;
  } cases[] = {
    { "/v1/chat/completions", "{'model'", 400 },
    { "/v1/messages",
      "{'model':'gpt-99','max_tokens':1,'messages':[{'role':'user','content':'a'}]}",
      404 },
    { "/v1/chat/completions",
      "{'model':'gpt-4.1','messages':[{'role':'user','content':'a'}]}",
      429 },
    { "/v1/embeddings", "{'model':'text-embedding-3-small','input':'a'}", 429 },
    { "/api/embed", "{'model':'gpt-99','input':'a'}", 404 },
  };
  g_autoptr (Fixture) fixture = fixture_new_curious (
      "{'on':'POST /*','reply':{'status':429,'json':{'error':{'message':'too many'}}}}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = ask_quoted (fixture, cases[i].path, cases[i].body);

      g_test_message ("%s %s: %s", cases[i].path, cases[i].body, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      assert_reply (last_record (records), answer);
      g_assert_cmpuint (g_bytes_get_size (last_record (records)->request_body),
                        ==,
                        strlen (cases[i].body));
    }
}

static void
test_embeddings (void)
{
  g_autoptr (Fixture) fixture = fixture_new_curious (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer =
      ask_quoted (fixture, "/v1/embeddings", "{'model':'text-embedding-3-small','input':['a']}");

  g_assert_cmpuint (answer->status, ==, 200);
  assert_reply (last_record (records), answer);
  g_assert_nonnull (last_record (records)->request_body);
}

/* Compressed requests are kept as what they mean. */
static void
test_decoded (void)
{
  const char text[] =
      "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  g_autoptr (Fixture) fixture = fixture_new_curious (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autofree char *url =
      g_strconcat (jump_service_get_url (fixture->service), "/v1/chat/completions", NULL);
  const char *const headers[] = { "Content-Encoding", "gzip", NULL };
  char coded[1000];
  gsize n_read = 0, n_written = 0;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (Answer) answer = NULL;
  gsize length;
  const char *kept;

  g_converter_convert (G_CONVERTER (compressor),
                       text,
                       strlen (text),
                       coded,
                       sizeof coded,
                       G_CONVERTER_INPUT_AT_END,
                       &n_read,
                       &n_written,
                       NULL);
  body = g_bytes_new (coded, n_written);
  answer = fixture_send (fixture, "POST", url, body, headers);
  answer_wait (answer);
  g_assert_cmpuint (answer->status, ==, 200);
  kept = g_bytes_get_data (last_record (records)->request_body, &length);
  g_assert_cmpmem (kept, length, text, strlen (text));
}

/* ---- long replies ---- */

static void
test_cut (void)
{
  g_autofree char *text = g_strnfill (JUMP_LIMIT_KEPT_REPLY + 1000, 'y');
  g_autofree char *rule = g_strdup_printf (
      "{'on':'POST /chat/completions','reply':{'status':200,'json':{'id':'a','object':"
      "'chat.completion','created':1,'model':'gpt-4.1','choices':[{'index':0,'finish_reason':"
      "'stop','message':{'role':'assistant','content':'%s'}}]}}}",
      text);
  g_autoptr (Fixture) fixture = fixture_new_curious (rule);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
  const JumpExchangeRecord *record = last_record (records);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (answer->body->len, >, JUMP_LIMIT_KEPT_REPLY);
  g_assert_true (record->is_reply_cut);
  g_assert_cmpmem (record->reply_body->data,
                   record->reply_body->len,
                   answer->body->str,
                   JUMP_LIMIT_KEPT_REPLY);
  g_assert_cmpuint (record->bytes_out, ==, answer->body->len);
}

typedef struct
{
  Answer *answer;
  JumpExchangeRecord *record; /* (owned) (nullable) */
} Running;

static void
on_exchange_changed (JumpRelay *relay, JumpExchangeRecord *record, gpointer user_data)
{
  Running *self = user_data;

  if (self->record == NULL)
    self->record = jump_exchange_record_ref (record);
}

static gboolean
has_text (gpointer data)
{
  return ((Running *) data)->answer->body->len > 0;
}

/* While it runs, the record has what the client has. */
static void
test_growing (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_curious ("{'on':'POST /chat/completions','stream':{'stall_after':9}}");
  Running running = { NULL, NULL };

  g_signal_connect (fixture->service->relay,
                    "exchange-changed",
                    G_CALLBACK (on_exchange_changed),
                    &running);
  running.answer = api_start (fixture, API_CHAT, "gpt-4.1", "a long text with words", TRUE);
  turn_until (has_text, &running);
  turn_some (20);
  g_assert_cmpint (running.record->state, ==, JUMP_EXCHANGE_STREAMING);
  g_assert_nonnull (running.record->request_body);
  g_assert_cmpuint (running.record->reply_body->len, >=, running.answer->body->len);
  g_assert_cmpmem (running.record->reply_body->data,
                   running.answer->body->len,
                   running.answer->body->str,
                   running.answer->body->len);
  g_signal_handlers_disconnect_by_data (fixture->service->relay, &running);
  answer_free (running.answer);
  jump_exchange_record_unref (running.record);
}

/* ---- secrets ---- */

static void
assert_no_secret (const JumpExchangeRecord *record)
{
  const char *texts[] = { record->id,          record->method,          record->path,
                          record->client,      record->asked_model,     record->used_model,
                          record->route,       record->changes,         record->error,
                          record->upstream_id, record->request_headers, record->reply_headers };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_silent (texts[i], SECRET);
}

static void
test_secrets (void)
{
  static const char *const names[] = { "Authorization",
                                       "x-api-key",
                                       "api-key",
                                       "Cookie",
                                       "Proxy-Authorization" };
  static const char *const paths[] = { "/v1/messages?api_key=" SECRET, "/v1/messages?beta=true" };
  g_autoptr (Fixture) fixture = fixture_new_curious (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autofree char *body = api_write (API_MESSAGES, "claude-sonnet-4.6", "hello", FALSE, NULL);

  for (gsize p = 0; p < G_N_ELEMENTS (paths); p++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *line = g_strdup_printf ("%s: <redacted>\n", names[i]);
        g_autoptr (Answer) answer = fixture_start (fixture,
                                                   "POST",
                                                   paths[p],
                                                   body,
                                                   names[i],
                                                   "Bearer " SECRET,
                                                   "anthropic-version",
                                                   "2023-06-01",
                                                   NULL);
        const JumpExchangeRecord *record;

        answer_wait (answer);
        g_assert_cmpuint (answer->status, ==, 200);
        record = last_record (records);
        assert_no_secret (record);
        g_assert_nonnull (strcasestr (record->request_headers, line));
        assert_says (record->request_headers, "anthropic-version: 2023-06-01\n");
        g_assert_cmpstr (record->path, ==, "/v1/messages");
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept-bodies/kept", test_kept);
  g_test_add_func ("/kept-bodies/not-kept", test_not_kept);
  g_test_add_func ("/kept-bodies/errors", test_errors);
  g_test_add_func ("/kept-bodies/embeddings", test_embeddings);
  g_test_add_func ("/kept-bodies/decoded", test_decoded);
  g_test_add_func ("/kept-bodies/cut", test_cut);
  g_test_add_func ("/kept-bodies/growing", test_growing);
  g_test_add_func ("/kept-bodies/secrets", test_secrets);
  return g_test_run ();
}
