/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/key-making.h"

#include <string.h>

/* Budgets that are set, spent and hit; what answers cost, and whose conversation they were. */

/* Less than any answer of the simulator costs. */
#define LITTLE "0.0001"
/* Behind the last event. */
#define COMMENT "\n\n: x-jumpseat-credits "

static void
set_budget (Fixture *fixture, const char *name, const char *action)
{
  g_autofree char *path = g_strconcat ("/api/budgets/", name, NULL);
  g_autofree char *text = g_strdup_printf ("{'credits':" LITTLE ",%s}", action);
  g_autofree char *body = quoted (text);
  g_autoptr (Answer) answer = control_ask (fixture, "PUT", path, body);

  g_test_message ("%s", answer->body->str);
  g_assert_cmpuint (answer->status, ==, 200);
}

/* Asks once, so that there is something spent. */
static void
spend (Fixture *fixture, const char *model)
{
  g_autoptr (Answer) answer = api_ask (fixture, API_CHAT, model, "hello", FALSE);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_refuse (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  guint n_calls;

  spend (fixture, "gpt-4.1");
  set_budget (fixture, "day", "'action':'refuse'");
  n_calls = upstream_calls (fixture);
  for (Api api = 0; api < N_APIS; api++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", stream == 1);
        guint64 wait = 0;

        api_assert_error (api, answer, 429, NULL, "the budget for today is used up");
        g_assert_cmpstr (answer_header (answer, "x-should-retry"), ==, "false");
        g_assert_true (g_ascii_string_to_unsigned (answer_header (answer, "retry-after"),
                                                   10,
                                                   1,
                                                   86400,
                                                   &wait,
                                                   NULL));
        g_assert_null (answer_header (answer, "x-jumpseat-credits"));
        /* What ends Codex with a sentence; by Retry-After it would wait until midnight. */
        if (api == API_RESPONSES)
          {
            assert_says (answer->body->str, "\"type\":\"usage_limit_reached\"");
            assert_says (answer->body->str, "\"resets_at\":");
          }
      }
  g_assert_cmpuint (upstream_calls (fixture), ==, n_calls);
}

/* Vectors cost, too; counting tokens is free. */
static void
test_embeddings_and_counts (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) counted = NULL;

  spend (fixture, "gpt-4.1");
  set_budget (fixture, "month", "'action':'refuse'");
  refused =
      ask_quoted (fixture, "/v1/embeddings", "{'model':'text-embedding-3-small','input':'a'}");
  g_assert_cmpuint (refused->status, ==, 429);
  assert_says (refused->body->str, "the budget for this month");
  g_assert_cmpstr (answer_header (refused, "x-should-retry"), ==, "false");
  counted = ask_quoted (fixture,
                        "/v1/messages/count_tokens",
                        "{'model':'claude-sonnet-4.6','messages':[{'role':'user','content':'a'}]}");
  g_assert_cmpuint (counted->status, ==, 200);
}

static void
test_cheaper (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) changed = NULL;
  g_autoptr (Answer) same = NULL;
  const JumpExchangeRecord *record;

  spend (fixture, "gpt-4.1");
  set_budget (fixture, "day%20model:gpt-4.1", "'action':'cheaper','model':'gpt-5-mini'");
  changed = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
  g_assert_cmpuint (changed->status, ==, 200);
  assert_says (answer_header (changed, "x-jumpseat-changes"), "budget-model");
  assert_says (changed->body->str, "\"model\":\"gpt-4.1\"");
  records_wait (records, 2);
  record = records->pdata[1];
  g_assert_cmpstr (record->asked_model, ==, "gpt-4.1");
  g_assert_cmpstr (record->used_model, ==, "gpt-5-mini");
  assert_says (record->changes, "budget-model");
  /* whoever asks for it gets it */
  same = api_ask (fixture, API_MESSAGES, "gpt-5-mini", "hello", TRUE);
  g_assert_cmpuint (same->status, ==, 200);
  assert_silent (answer_header (same, "x-jumpseat-changes"), "budget-model");
}

static gboolean
has_row (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (data)) > 0;
}

static void
answer_newest (Fixture *fixture, const char *word)
{
  GListModel *desk = G_LIST_MODEL (jump_service_get_approvals (fixture->service));
  g_autoptr (JumpApprovalRequest) request = NULL;
  g_autofree char *path = NULL;
  g_autofree char *body = g_strdup_printf ("{\"answer\":\"%s\"}", word);
  g_autoptr (Answer) list = NULL;
  g_autoptr (Answer) told = NULL;

  turn_until (has_row, desk);
  request = g_list_model_get_item (desk, 0);
  list = control_ask (fixture, "GET", "/api/approvals", NULL);
  assert_says (list->body->str, "\"reason\":\"the budget for today is used up");
  path = g_strconcat ("/api/approvals/", jump_approval_request_get_id (request), NULL);
  told = control_ask (fixture, "POST", path, body);
  g_assert_cmpuint (told->status, ==, 200);
}

static void
test_ask (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (Answer) denied = NULL;
  g_autoptr (Answer) allowed = NULL;
  g_autoptr (Answer) later = NULL;

  spend (fixture, "gpt-4.1");
  set_budget (fixture, "day", "'action':'ask'");
  denied = api_start (fixture, API_MESSAGES, "gpt-4.1", "hello", FALSE);
  answer_newest (fixture, "deny");
  answer_wait (denied);
  api_assert_error (API_MESSAGES, denied, 403, NULL, "the budget for today is used up");
  allowed = api_start (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  answer_newest (fixture, "ten_minutes");
  answer_wait (allowed);
  g_assert_cmpuint (allowed->status, ==, 200);
  later = api_ask (fixture, API_RESPONSES, "gpt-4.1", "hello", FALSE);
  g_assert_cmpuint (later->status, ==, 200);
}

static void
test_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autofree char *secret = key_create (fixture, "my laptop", NULL);
  g_autofree char *other = key_create (fixture, "other", NULL);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) passed = NULL;

  set_budget (fixture, "day%20key:my%20laptop", "'action':'refuse'");
  first = key_ask (fixture, secret, API_CHAT, "gpt-4.1");
  g_assert_cmpuint (first->status, ==, 200);
  refused = key_ask (fixture, secret, API_CHAT, "gpt-4.1");
  api_assert_error (API_CHAT, refused, 429, NULL, "of the client key \"my laptop\"");
  passed = key_ask (fixture, other, API_CHAT, "gpt-4.1");
  g_assert_cmpuint (passed->status, ==, 200);
}

static void
test_sessions (void)
{
  static const char body[] =
      "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  static const struct
  {
    const char *session;
    guint status;
  } rows[] = { { "one", 200 }, { "two", 200 }, { "one", 429 }, { "two", 429 }, { "three", 200 } };
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  set_budget (fixture, "session", "'action':'refuse'");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Answer) answer = fixture_start (fixture,
                                                 "POST",
                                                 "/v1/chat/completions",
                                                 body,
                                                 "X-Session-Id",
                                                 rows[i].session,
                                                 NULL);

      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      records_wait (records, (guint) i + 1);
      g_assert_cmpstr (((JumpExchangeRecord *) records->pdata[i])->session, ==, rows[i].session);
      g_assert_null (answer_header (answer, "retry-after"));
    }
}

/* What bodies say of the conversation, where headers say nothing. */
static void
test_session_names (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    const char *session; /* (nullable) */
  } rows[] = {
    { "/v1/messages",
      "{'model':'gpt-4.1','max_tokens':9,'metadata':{'user_id':'user_ab_account__session_c-1'},"
      "'messages':[{'role':'user','content':'hi'}]}",
      "c-1" },
    { "/v1/messages",
      "{'model':'gpt-4.1','max_tokens':9,'metadata':{'user_id':'user_ab'},"
      "'messages':[{'role':'user','content':'hi'}]}",
      NULL },
    { "/v1/responses", "{'model':'gpt-5-mini','prompt_cache_key':'c-2','input':'hi'}", "c-2" },
    { "/v1/chat/completions",
      "{'model':'gpt-4.1','user':'me','prompt_cache_key':'c-3','messages':[{'role':'user',"
      "'content':'hi'}]}",
      "c-3" },
    { "/v1/chat/completions",
      "{'model':'gpt-4.1','user':'me','messages':[{'role':'user','content':'hi'}]}",
      NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Answer) answer = ask_quoted (fixture, rows[i].path, rows[i].body);

      g_assert_cmpuint (answer->status, ==, 200);
      records_wait (records, (guint) i + 1);
      g_assert_cmpstr (((JumpExchangeRecord *) records->pdata[i])->session, ==, rows[i].session);
    }
}

/* A chain of responses is one conversation, named by its first. */
static void
test_session_chain (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text =
          i == 0 ? g_strdup ("{'model':'gpt-5-mini','input':'hi'}")
                 : g_strdup_printf (
                       "{'model':'gpt-5-mini','previous_response_id':'%s','input':'go on'}",
                       id);
      g_autoptr (Answer) answer = ask_quoted (fixture, "/v1/responses", text);
      g_autoptr (JsonObject) object = answer_parse (answer);

      g_assert_cmpuint (answer->status, ==, 200);
      g_free (id);
      id = g_strdup (jump_json_get_string (object, "id", NULL));
      first = first == NULL ? g_strdup (id) : first;
      records_wait (records, i + 1);
      g_assert_cmpstr (((JumpExchangeRecord *) records->pdata[i])->session, ==, first);
    }
}

/* In the head of whole replies and behind the end of event streams, never among lines of JSON. */
static void
test_shown_credits (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) silent = NULL;

  for (Api api = 0; api < N_APIS; api++)
    {
      gboolean is_ollama = api == API_OLLAMA_CHAT || api == API_OLLAMA_GENERATE;
      g_autoptr (Answer) whole = api_ask (fixture, api, "gpt-4.1", "hello", FALSE);
      g_autoptr (Answer) stream = api_ask (fixture, api, "gpt-4.1", "hello", TRUE);
      const char *credits = answer_header (whole, "x-jumpseat-credits");
      const char *comment;
      char *end;
      const JumpExchangeRecord *record;

      records_wait (records, 2 * (api + 1));
      record = records->pdata[2 * api];
      g_assert_cmpint (record->usage.nano_aiu, >, 0);
      g_assert_cmpint (record->estimated_nano_aiu, ==, -1);
      g_assert_nonnull (credits);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (credits, NULL),
                                      (double) record->usage.nano_aiu / 1e9,
                                      1e-12);
      g_assert_null (answer_header (stream, "x-jumpseat-credits"));
      comment = g_strrstr (stream->body->str, COMMENT);
      g_assert_cmpint (comment != NULL, ==, !is_ollama);
      if (comment == NULL)
        continue;
      record = records->pdata[2 * api + 1];
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (comment + strlen (COMMENT), &end),
                                      (double) record->usage.nano_aiu / 1e9,
                                      1e-12);
      g_assert_cmpstr (end, ==, "\n");
    }
  fixture_set (fixture, "streams.credits", "false");
  silent = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  assert_silent (silent->body->str, "x-jumpseat-credits");
}

static gboolean
is_restored (gpointer data)
{
  JumpUsageSums sums;

  jump_usage_day_get_sums (jump_service_get_usage_day (data), &sums);
  return sums.n_requests == 2;
}

/* A new program on the same folders knows what the one before has spent. */
static void
test_restart (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  JumpServiceOptions options = { .paths = fixture->paths,
                                 .settings = fixture->settings,
                                 .clock = fixture->clock };
  g_autofree char *secret = key_create (fixture, "laptop", ",'daily_credits':" LITTLE);
  g_autoptr (Answer) answer = key_ask (fixture, secret, API_CHAT, "gpt-4.1");
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (JsonObject) key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (answer->status, ==, 200);
  spend (fixture, "gpt-5-mini");
  set_budget (fixture, "day", "'action':'refuse'");
  set_budget (fixture, "month%20key:laptop%20model:gpt-4*", "'action':'warn'");
  before = jump_budget_get_states (jump_service_get_budget (fixture->service));
  g_clear_object (&fixture->service);
  jump_clock_fake_advance (fixture->clock, 1000);
  fixture->service = jump_service_new (&options);
  jump_service_listen (fixture->service, &error);
  g_assert_no_error (error);
  turn_until (is_restored, fixture->service);
  after = jump_budget_get_states (jump_service_get_budget (fixture->service));
  g_assert_cmpuint (after->len, ==, 2);
  for (guint i = 0; i < after->len; i++)
    {
      g_assert_cmpfloat (g_array_index (after, JumpBudgetState, i).used, >, 0);
      g_assert_cmpfloat_with_epsilon (g_array_index (after, JumpBudgetState, i).used,
                                      g_array_index (before, JumpBudgetState, i).used,
                                      1e-9);
    }
  key = key_look (fixture, "laptop");
  g_assert_cmpfloat (jump_json_get_double (key, "credits_today", 0), >, 0);
}

static void
test_routes (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (Answer) list = NULL;
  g_autoptr (Answer) removed = NULL;
  g_autoptr (Answer) quota = NULL;
  g_autoptr (JsonObject) object = NULL;
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
    const char *says;
  } wrong[] = {
    { "PUT", "/api/budgets/week", "{\"credits\":1,\"action\":\"warn\"}", 400, "expected a period" },
    { "PUT", "/api/budgets/day", "{\"credits\":1,\"action\":\"stop\"}", 400, "one of warn" },
    { "PUT", "/api/budgets/day", "{\"credits\":-1,\"action\":\"warn\"}", 400, "above 0" },
    { "PUT", "/api/budgets/day", "{\"action\":\"warn\"}", 400, "credits: expected number" },
    { "PUT",
      "/api/budgets/day",
      "{\"credits\":1,\"action\":\"warn\",\"model\":\"m\"}",
      400,
      "only cheaper" },
    { "DELETE", "/api/budgets/day", NULL, 404, "no row day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (Answer) answer =
          control_ask (fixture, wrong[i].method, wrong[i].path, wrong[i].body);

      g_assert_cmpuint (answer->status, ==, wrong[i].status);
      assert_says (answer->body->str, wrong[i].says);
    }
  set_budget (fixture, "day", "'action':'warn'");
  spend (fixture, "gpt-4.1");
  list = control_ask (fixture, "GET", "/api/budgets", NULL);
  assert_says (list->body->str, "\"name\":\"day\",\"period\":\"day\",\"key\":null,\"model\":null");
  assert_says (list->body->str, "\"crossed\":100,\"since\":");
  removed = control_ask (fixture, "DELETE", "/api/budgets/day", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  quota = control_ask (fixture, "POST", "/api/quota/refresh", NULL);
  g_assert_cmpuint (quota->status, ==, 200);
  object = answer_parse (quota);
  g_assert_cmpstr (jump_json_get_string (object, "state", NULL), ==, "metered");
  g_assert_cmpfloat (jump_json_get_double (jump_json_get_object (object, "ours"), "credits", 0),
                     >,
                     0);
  g_assert_cmpfloat (jump_json_get_double (object, "difference", 0), >, 200);
  g_assert_cmpstr (jump_json_get_string (jump_json_get_object (object, "forecast"), "state", NULL),
                   ==,
                   "lasts");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/budgets/refuse", test_refuse);
  g_test_add_func ("/budgets/embeddings-and-counts", test_embeddings_and_counts);
  g_test_add_func ("/budgets/cheaper", test_cheaper);
  g_test_add_func ("/budgets/ask", test_ask);
  g_test_add_func ("/budgets/keys", test_keys);
  g_test_add_func ("/budgets/sessions", test_sessions);
  g_test_add_func ("/budgets/session-names", test_session_names);
  g_test_add_func ("/budgets/session-chain", test_session_chain);
  g_test_add_func ("/budgets/shown-credits", test_shown_credits);
  g_test_add_func ("/budgets/restart", test_restart);
  g_test_add_func ("/budgets/routes", test_routes);
  return g_test_run ();
}
