/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* What is written down of a request: the record and one line, with the way it took and nothing that was said. */

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static const char *const ways[] = { "POST /chat/completions",
                                    "POST /responses",
                                    "POST /v1/messages" };

static void
on_message_logged (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_string_append_printf (data, "%s-%d %s\n", domain, (int) level, message);
  if ((level & G_LOG_LEVEL_ERROR) != 0)
    g_printerr ("%s\n", message);
}

/* Returns: (transfer full): all that is logged from now on, on every level */
static GString *
start_log (void)
{
  GString *log = g_string_new (NULL);

  g_log_set_default_handler (on_message_logged, log);
  return log;
}

static void
stop_log (GString *log)
{
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_string_free (log, TRUE);
}

static const JumpExchangeRecord *
get_record (GPtrArray *records, guint index)
{
  g_assert_cmpuint (records->len, >, index);
  return records->pdata[index];
}

/* Header, record and line say the same. */
static void
test_route_and_changes (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint stream = 0; stream < 2; stream++)
        {
          GString *log = start_log ();
          g_autoptr (Fixture) fixture = fixture_new ("test");
          g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
          g_autoptr (Answer) answer = api_ask (fixture, api, models[m], "hello there", stream == 1);
          const JumpExchangeRecord *record = get_record (records, 0);
          const char *route = answer_header (answer, "x-jumpseat-route");
          const char *changes = answer_header (answer, "x-jumpseat-changes");
          g_autofree char *in_line = g_strdup_printf ("route=\"%s\"", record->route);
          g_autofree char *id = g_strdup_printf ("id=%s", record->id);

          g_assert_cmpuint (answer->status, ==, 200);
          g_assert_cmpstr (record->route, ==, route);
          assert_says (route, models[m]);
          /* A stream's head is gone before its last events are mended. */
          if (stream == 0)
            g_assert_cmpstr (record->changes, ==, changes == NULL ? "" : changes);
          else if (changes != NULL)
            g_assert_true (g_str_has_prefix (record->changes, changes));
          assert_says (log->str, in_line);
          assert_says (log->str, id);
          g_assert_cmpstr (record->asked_model, ==, models[m]);
          g_assert_cmpstr (record->used_model, ==, models[m]);
          g_assert_cmpstr (record->path, ==, api_path (api));
          g_assert_cmpint (record->streamed, ==, stream == 1);
          g_assert_cmpuint (record->status, ==, 200);
          g_assert_cmpuint (record->upstream_status, ==, 200);
          g_assert_cmpuint (record->bytes_out, ==, answer->body->len);
          g_assert_cmpint (record->usage.input_tokens, >, 0);
          g_assert_cmpint (record->usage.output_tokens, >, 0);
          g_assert_null (record->error);
          stop_log (log);
        }
}

/* ---- what nobody writes down ---- */

#define SECRET "xylophone-in-the-attic"

static void
assert_discreet (Fixture *fixture, const GString *log)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const char *token =
          jump_simulator_get_header (fixture->simulator, ways[i], 0, "Authorization");

      if (token == NULL)
        continue;
      g_assert_true (g_str_has_prefix (token, "Bearer "));
      assert_silent (log->str, token + strlen ("Bearer "));
    }
  assert_silent (log->str, SECRET);
}

static void
test_discreet_success (void)
{
  GString *log = start_log ();
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (guint stream = 0; stream < 2; stream++)
        {
          g_autoptr (Answer) answer = api_ask (fixture, api, models[m], SECRET, stream == 1);

          g_assert_cmpuint (answer->status, ==, 200);
          assert_says (answer->body->str, "attic");
          assert_discreet (fixture, log);
        }
  stop_log (log);
}

/* Upstream that repeats what it was sent, token and all, makes nobody talk. */
static void
test_discreet_refusal (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      GString *log = start_log ();
      g_autoptr (Fixture) fixture = fixture_new_ruled (
          "{'on':'POST /*','reply':{'status':400,'json':{'error':{'message':'bad Authorization: "
          "Bearer ghu_0123456789abcdefghij0123456789abcdef, tid=1234;exp=5678;sku=x:abcdef0123'}}}}");
      g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", SECRET, TRUE);

      g_assert_cmpuint (answer->status, ==, 400);
      assert_silent (log->str, "ghu_0123");
      assert_silent (answer->body->str, "ghu_0123");
      assert_silent (get_record (records, 0)->error, "ghu_0123");
      assert_discreet (fixture, log);
      stop_log (log);
    }
}

/* Bodies that are wrong in the middle of somebody's words. */
static void
test_discreet_bad_requests (void)
{
  static const char *const bodies[] = {
    "{'model':'gpt-4.1','messages':[{'role':'user','content':'" SECRET,
    "{'model':'gpt-4.1','messages':'" SECRET "','prompt':7,'input':7}",
    "{'model':'gpt-4.1','messages':[{'role':'" SECRET "','content':7}],'prompt':7,'input':7}",
    "{'model':'gpt-4.1','messages':[{'role':'user','content':[{'type':'text','text':{'a':'" SECRET
    "'}}]}],'prompt':{'a':'" SECRET "'},'input':[{'role':'user','content':{'a':'" SECRET
    "'}}],'max_tokens':5}",
  };
  GString *log = start_log ();
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Answer) answer = ask_quoted (fixture, api_path (api), bodies[i]);

        g_test_message ("%s %u %s", bodies[i], answer->status, answer->body->str);
        g_assert_cmpuint (answer->status, >=, 200);
      }
  assert_discreet (fixture, log);
  stop_log (log);
}

/* Names of tools and fields are clients' words too: in headers they are short and printable. */
static void
test_headers_are_safe (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *name = g_strnfill (5000, 'n');
  g_autofree char *body = g_strdup_printf (
      "{'model':'claude-sonnet-4.6','max_tokens':100,'%s\\r\\nX-Evil: 1':1,'tools':[{"
      "'type':'%s\\r\\nX-Evil: 1','name':'a b\\r\\nX-Evil: 1','input_schema':{'type':"
      "'object'}}],'messages':[{'role':'user','content':'hi'}]}",
      name,
      name);
  g_autoptr (Answer) answer = ask_quoted (fixture, "/v1/messages", body);

  g_assert_no_error (answer->error);
  g_assert_null (answer_header (answer, "x-evil"));
  if (answer_header (answer, "x-jumpseat-changes") != NULL)
    g_assert_cmpuint (strlen (answer_header (answer, "x-jumpseat-changes")), <=, 2000);
}

/* Failures are written down with their reason, also those that came after a second try. */
static void
test_failures (void)
{
  static const struct
  {
    const char *rule;
    guint status;
    guint upstream_status;
    const char *error;
  } cases[] = {
    { "{'on':'POST /*','reply':{'status':429,'json':{'error':{'message':'too many'}}}}",
      429,
      429,
      NULL },
    { "{'on':'POST /*','cut':true}", 502, 0, NULL },
    { "{'on':'POST /*','reply':{'status':200,'text':'nonsense'}}", 502, 200, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
      for (Api api = 0; api < N_APIS; api++)
        {
          g_autoptr (Fixture) fixture = fixture_new_ruled (cases[i].rule);
          g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
          g_autoptr (Answer) answer = api_ask (fixture, api, models[m], "hello", FALSE);
          const JumpExchangeRecord *record = get_record (records, 0);

          g_test_message ("%s: %s", cases[i].rule, answer->body->str);
          g_assert_cmpuint (answer->status, ==, cases[i].status);
          g_assert_cmpuint (record->status, ==, cases[i].status);
          g_assert_cmpuint (record->upstream_status, ==, cases[i].upstream_status);
          g_assert_cmpuint (record->bytes_out, ==, answer->body->len);
          g_assert_nonnull (record->error);
          if (cases[i].error != NULL)
            assert_says (record->error, cases[i].error);
        }
}

/* Upstream names no price: the catalogue's are an estimate, and only the record has it. */
static void
test_estimate (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /chat/completions','reply':{'status':200,'json':{'id':'x','object':"
      "'chat.completion','created':1,'model':'gpt-4.1','choices':[{'index':0,'message':{'role':"
      "'assistant','content':'hi'},'finish_reason':'stop'}],'usage':{'prompt_tokens':1000,"
      "'completion_tokens':100,'total_tokens':1100}}}}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
  const JumpExchangeRecord *record;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_null (answer_header (answer, "x-jumpseat-credits"));
  records_wait (records, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->usage.nano_aiu, ==, -1);
  /* 1000 tokens at 200 credits a million, 100 at 800 */
  g_assert_cmpint (record->estimated_nano_aiu, ==, 280000000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/route-and-changes", test_route_and_changes);
  g_test_add_func ("/records/discreet/success", test_discreet_success);
  g_test_add_func ("/records/discreet/refusal", test_discreet_refusal);
  g_test_add_func ("/records/discreet/bad-requests", test_discreet_bad_requests);
  g_test_add_func ("/records/headers-are-safe", test_headers_are_safe);
  g_test_add_func ("/records/failures", test_failures);
  g_test_add_func ("/records/estimate", test_estimate);
  return g_test_run ();
}
