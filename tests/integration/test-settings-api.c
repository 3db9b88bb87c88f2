/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

/* Settings by way of the control API: read, changed as one, reset, and under the names of other tools. */

/* @body: (nullable): with ' for ". Returns: (transfer full): the answer, as JSON */
static JsonObject *
ask (Fixture *fixture, const char *method, const char *path, const char *body, guint status)
{
  g_autofree char *json = body == NULL ? NULL : quoted (body);
  g_autoptr (Answer) answer = control_ask (fixture, method, path, json);

  g_test_message ("%s %s: %.300s", method, body, answer->body->str);
  g_assert_cmpuint (answer->status, ==, status);
  return answer_parse (answer);
}

/* Returns: (transfer none) (nullable): that of a list of objects which has the name */
static JsonObject *
find_named (JsonObject *object, const char *list, const char *name)
{
  JsonArray *array = jump_json_get_array (object, list);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *item = jump_json_array_get_object (array, i);

      if (g_strcmp0 (jump_json_get_string (item, "name", NULL), name) == 0)
        return item;
    }
  return NULL;
}

static char *
read_file (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (jump_settings_get_path (fixture->settings), &text, NULL, NULL);
  return text;
}

static void
test_read (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) all = ask (fixture, "GET", "/api/settings", NULL, 200);
  JsonObject *port = find_named (all, "settings", "server.body_limit");

  g_assert_cmpuint (json_array_get_length (jump_json_get_array (all, "settings")), ==, JUMP_N_KEYS);
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (all, "tables")), ==, JUMP_N_TABLES);
  g_assert_cmpstr (jump_json_get_string (port, "type", NULL), ==, "integer");
  g_assert_cmpint (jump_json_get_int (port, "value", 0), ==, 33554432);
  g_assert_cmpint (jump_json_get_int (port, "default", 0), ==, 33554432);
  g_assert_cmpint (jump_json_get_int (port, "max", 0), >, 33554432);
  g_assert_cmpstr (jump_json_get_string (port, "source", NULL), ==, "default");
  g_assert_true (jump_json_has_value (port, "doc"));
  g_assert_true (jump_json_array_has_string (
      jump_json_get_array (find_named (all, "settings", "log.level"), "choices"),
      "debug"));
  g_assert_nonnull (find_named (find_named (all, "tables", "model_aliases"), "rows", "opus"));
}

/* Every mistake is told by name, and nothing is done. */
static void
test_mistakes (void)
{
  static const char *const bodies[] = {
    "{'streams.credits':false,'server.prot':1,'traffic.waiting':'many','log.level':['debug']}",
    "{'server.prot':1,'traffic.waiting':1.5,'log.level':{},'streams.credits':false,'save':false}",
    "{'server.prot':null,'traffic.waiting':true,'log.level':'loud'}",
  };
  static const char *const names[] = { "server.prot", "traffic.waiting", "log.level" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *before = read_file (fixture);
  g_autofree char *after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonObject) answer = ask (fixture, "PATCH", "/api/settings", bodies[i], 400);
      JsonObject *error = jump_json_get_object (answer, "error");

      g_assert_cmpstr (jump_json_get_string (error, "code", NULL), ==, "invalid_settings");
      g_assert_cmpuint (json_array_get_length (jump_json_get_array (error, "details")),
                        ==,
                        G_N_ELEMENTS (names));
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        g_assert_true (jump_json_has_value (find_named (error, "details", names[j]), "message"));
    }
  g_assert_true (jump_settings_get_boolean (fixture->settings, JUMP_KEY_STREAMS_CREDITS));
  after = read_file (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
    const char *words;
  } cases[] = {
    { "POST", "/api/settings", "{}", 400, "expected settings" },
    { "POST", "/api/settings", "{'save':true}", 400, "expected settings" },
    { "POST", "/api/settings", "{'save':1,'server.port':1}", 400, "save: expected" },
    { "POST", "/api/settings", "{'model_aliases':[]}", 400, "model_aliases: expected" },
    { "POST", "/api/settings", "{'model_aliases':{'a':null}}", 400, "model_aliases.a: expected" },
    { "POST", "/api/settings", "{'model_aliases.a':''}", 400, "model_aliases.a: expected" },
    { "POST", "/api/settings", "{'name':'server.prot','value':'1'}", 400, "server.port" },
    { "DELETE", "/api/settings/server.prot", NULL, 404, "did you mean server.port" },
    { "DELETE", "/api/settings/model_aliases.none", NULL, 404, "no row none" },
    { "DELETE", "/api/settings/model_aliases", NULL, 404, "unknown key" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) answer =
          ask (fixture, cases[i].method, cases[i].path, cases[i].body, cases[i].status);

      assert_says (jump_json_get_string (jump_json_get_object (answer, "error"), "message", ""),
                   cases[i].words);
    }
}

static void
test_change (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) saved = ask (fixture,
                                      "POST",
                                      "/api/settings",
                                      "{'streams.credits':false,'server.host_names':['a.b','c.d'],"
                                      "'model_aliases.fast':'gpt-5-mini','log.level':'debug'}",
                                      200);
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (JsonObject) reset = NULL;
  g_autofree char *text = read_file (fixture);

  g_assert_true (jump_json_get_boolean (saved, "saved", FALSE));
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (saved, "settings")), ==, 3);
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (saved, "tables")), ==, 1);
  g_assert_false (jump_settings_get_boolean (fixture->settings, JUMP_KEY_STREAMS_CREDITS));
  assert_says (text, "\nhost_names = a.b");

  kept = ask (fixture,
              "PATCH",
              "/api/settings",
              "{'traffic.waiting':7,'model_aliases':{'only':'o1'},'save':false}",
              200);
  g_assert_cmpstr (
      jump_json_get_string (find_named (kept, "settings", "traffic.waiting"), "source", NULL),
      ==,
      "session");
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES)->len,
                    ==,
                    1);
  g_free (text);
  text = read_file (fixture);
  assert_silent (text, "\nwaiting");

  reset = ask (fixture, "DELETE", "/api/settings/streams.credits", NULL, 200);
  g_assert_true (
      jump_json_get_boolean (find_named (reset, "settings", "streams.credits"), "value", FALSE));
}

/* It can be set, and is not shown. */
static void
test_proxy_password (void)
{
  static const char shown[] = "http://me:***@127.0.0.1:9";
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) set = ask (fixture,
                                    "POST",
                                    "/api/settings",
                                    "{'upstream.proxy':'http://me:se:cret@127.0.0.1:9'}",
                                    200);
  g_autoptr (JsonObject) all = ask (fixture, "GET", "/api/settings", NULL, 200);
  g_autoptr (JsonObject) back =
      ask (fixture, "POST", "/api/settings", "{'upstream.proxy':'http://me:***@127.0.0.1:9'}", 200);

  g_assert_cmpstr (
      jump_json_get_string (find_named (set, "settings", "upstream.proxy"), "value", NULL),
      ==,
      shown);
  g_assert_cmpstr (
      jump_json_get_string (find_named (all, "settings", "upstream.proxy"), "value", NULL),
      ==,
      shown);
  g_assert_null (find_named (back, "settings", "upstream.proxy")); /* nothing new */
  g_assert_cmpstr (jump_settings_get_string (fixture->settings, JUMP_KEY_UPSTREAM_PROXY),
                   ==,
                   "http://me:se:cret@127.0.0.1:9");
}

/* The older way to say it, one at a time. */
static void
test_single (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) answer =
      ask (fixture, "POST", "/api/settings", "{'name':'traffic.waiting','value':'9'}", 200);

  g_assert_cmpstr (jump_json_get_string (answer, "value", NULL), ==, "9");
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_TRAFFIC_WAITING), ==, 9);
}

/* features.md B3: the same keys; a late mistake changes nothing. */
static void
test_runtime_config (void)
{
  static const char *const names[] = { "account_type",
                                       "vscode_version",
                                       "api_version",
                                       "copilot_version",
                                       "system_prompt_remove",
                                       "tool_result_suffix_remove",
                                       "system_prompt_add",
                                       "max_connection_retries",
                                       "auto_remove_encrypted_content_on_parse_error",
                                       "save_request_to_file",
                                       "disable_onedrive_access",
                                       "model_mappings",
                                       "upstream_read_timeout",
                                       "sse_keepalive_interval",
                                       "log_webiq_requests",
                                       "enable_auth",
                                       "anthropic_responses_compat_enabled",
                                       "anthropic_responses_wire_profile",
                                       "anthropic_responses_model_profiles",
                                       "chat_completions_model_support" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) config = ask (fixture, "GET", "/api/runtime-config", NULL, 200);
  g_autofree char *round = NULL;
  g_autoptr (Answer) again = control_ask (fixture, "GET", "/api/runtime-config", NULL);
  g_autoptr (JsonObject) changed = NULL;
  g_autoptr (JsonObject) back = NULL;
  JsonObject *after;

  g_assert_cmpuint (json_object_get_size (config), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (json_object_has_member (config, names[i]));
  g_assert_cmpstr (jump_json_get_string (config, "vscode_version", NULL), ==, "1.124.2");

  /* what was read can be sent back */
  back = ask (fixture, "POST", "/api/runtime-config", again->body->str, 200);
  changed = ask (fixture,
                 "POST",
                 "/api/runtime-config",
                 "{'vscode_version':'1.99.0','max_connection_retries':0,"
                 "'save_request_to_file':true,"
                 "'model_mappings':{'prefix':{'b-':'gpt-4.1','a-':'o1'}}}",
                 200);
  after = jump_json_get_object (changed, "config");
  g_assert_cmpstr (jump_json_get_string (after, "vscode_version", NULL), ==, "1.99.0");
  g_assert_cmpstr (jump_settings_get_string (fixture->settings, JUMP_KEY_IDENTITY_EDITOR_VERSION),
                   ==,
                   "vscode/1.99.0");
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_RETRIES_ATTEMPTS), ==, 1);
  g_assert_cmpstr (jump_settings_get_source (fixture->settings, JUMP_KEY_HISTORY_REQUEST_FILES),
                   ==,
                   "session");
  round = json_to_string (json_object_get_member (after, "model_mappings"), FALSE);
  g_assert_cmpstr (round, ==, "{\"exact\":{},\"prefix\":{\"b-\":\"gpt-4.1\",\"a-\":\"o1\"}}");
}

static void
test_runtime_config_problems (void)
{
  static const struct
  {
    const char *body;
    const char *error;
  } cases[] = {
    { "{'zeta':1,'api_version':5,'alpha':2}", "Unknown config key(s): zeta, alpha" },
    { "{'api_version':5}", "'api_version' must be a non-empty string of one line" },
    { "{'api_version':'x','max_connection_retries':true}",
      "'max_connection_retries' must be an integer from 0 to 9" },
    { "{'api_version':'x','max_connection_retries':10,'save':0}",
      "'max_connection_retries' must be an integer from 0 to 9; 'save' must be a boolean" },
    { "{'save_request_to_file':'yes'}", "'save_request_to_file' must be a boolean" },
    { "{'system_prompt_remove':['x']}",
      "'system_prompt_remove' must be left as it is: Jumpseat has no such choice" },
    { "{'enable_auth':true}",
      "'enable_auth' must be left as it is: it is the setting server.require_key" },
    { "{'model_mappings':{'exact':{'a':''}}}",
      "'model_mappings' must be an object with \"exact\" and \"prefix\", objects of non-empty "
      "strings" },
    { "{'model_mappings':{'exact':{'a':'b'},'other':{}}}",
      "'model_mappings' must be an object with \"exact\" and \"prefix\", objects of non-empty "
      "strings" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JsonObject) saved = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) answer =
          ask (fixture, "POST", "/api/runtime-config", cases[i].body, 400);

      g_assert_cmpstr (jump_json_get_string (answer, "error", NULL), ==, cases[i].error);
    }
  g_assert_true (jump_settings_is_default (fixture->settings, JUMP_KEY_IDENTITY_API_VERSION));
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_MAPPING)->len,
                    ==,
                    0);
  saved = ask (fixture,
               "POST",
               "/api/runtime-config",
               "{'sse_keepalive_interval':20,'save':true}",
               200);
  text = read_file (fixture);
  assert_says (text, "\nkeep_alive = 20\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings-api/read", test_read);
  g_test_add_func ("/settings-api/mistakes", test_mistakes);
  g_test_add_func ("/settings-api/refusals", test_refusals);
  g_test_add_func ("/settings-api/change", test_change);
  g_test_add_func ("/settings-api/proxy-password", test_proxy_password);
  g_test_add_func ("/settings-api/single", test_single);
  g_test_add_func ("/settings-api/runtime-config", test_runtime_config);
  g_test_add_func ("/settings-api/runtime-config/problems", test_runtime_config_problems);
  return g_test_run ();
}
