/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* What upstream is told of a request beside its body: who asks, for what, and with pictures or not. */

#define PIXEL \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
#define DATA_URL "data:image/png;base64," PIXEL

static const char *const ways[] = { "POST /chat/completions",
                                    "POST /responses",
                                    "POST /v1/messages" };

/* Which way the last request took: the one whose body names its model's text. */
static const char *
find_way (Fixture *fixture)
{
  const char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (jump_simulator_count (fixture->simulator, ways[i]) > 0)
      {
        g_assert_null (found);
        found = ways[i];
      }
  g_assert_nonnull (found);
  return found;
}

static const char *
get_header (Fixture *fixture, const char *name)
{
  return jump_simulator_get_header (fixture->simulator, find_way (fixture), 0, name);
}

/* ---- who asks ---- */

typedef struct
{
  const char *path;
  const char *body; /* %s: the model */
  const char *initiator;
  const char *type; /* (nullable) */
  const char *header;
  const char *value;
} Turn;

#define CHAT_TOOL                                                                        \
  "'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'," \
  "'properties':{}}}}]"
#define MESSAGES_TOOL "'tools':[{'name':'look','input_schema':{'type':'object','properties':{}}}]"
#define RESPONSES_TOOL \
  "'tools':[{'type':'function','name':'look','parameters':{'type':'object','properties':{}}}]"

static const Turn turns[] = {
  { "/v1/chat/completions",
    "{'model':'%s','messages':[{'role':'user','content':'hi'}]}",
    "user",
    NULL,
    "X-Test",
    "1" },
  { "/v1/chat/completions",
    "{'model':'%s'," CHAT_TOOL ",'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
    "'tool_calls':[{'id':'call_1','type':'function','function':{'name':'look','arguments':'{}'}}]},"
    "{'role':'tool','tool_call_id':'call_1','content':'seen'}]}",
    "agent",
    NULL,
    "X-Test",
    "1" },
  { "/v1/chat/completions",
    "{'model':'%s','messages':[{'role':'user','content':'hi'}]}",
    "agent",
    "conversation-subagent",
    "x-parent-session-id",
    "ses_1" },
  { "/v1/responses", "{'model':'%s','input':'hi'}", "user", NULL, "X-Test", "1" },
  { "/v1/responses",
    "{'model':'%s'," RESPONSES_TOOL ",'input':[{'role':'user','content':'hi'},{'type':"
    "'function_call','call_id':'call_1','name':'look','arguments':'{}'},{'type':"
    "'function_call_output','call_id':'call_1','output':'seen'}]}",
    "agent",
    NULL,
    "X-Test",
    "1" },
  { "/v1/responses",
    "{'model':'%s','input':'hi'}",
    "agent",
    "conversation-subagent",
    "x-openai-subagent",
    "review" },
  { "/v1/responses",
    "{'model':'%s','input':'hi'}",
    "agent",
    "conversation-compaction",
    "x-openai-subagent",
    "compact" },
  { "/v1/responses",
    "{'model':'%s','input':[{'role':'user','content':'You are performing a CONTEXT CHECKPOINT "
    "COMPACTION. Sum it up.'}]}",
    "agent",
    "conversation-compaction",
    "X-Test",
    "1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500,'messages':[{'role':'user','content':'hi'}]}",
    "user",
    NULL,
    "X-Test",
    "1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500," MESSAGES_TOOL ",'messages':[{'role':'user','content':'hi'},"
    "{'role':'assistant','content':[{'type':'tool_use','id':'toolu_1','name':'look','input':{}}]},"
    "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':'seen'},"
    "{'type':'text','text':'<system-reminder>go on</system-reminder>'}]}]}",
    "agent",
    NULL,
    "X-Test",
    "1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500,'messages':[{'role':'user','content':'hi'}]}",
    "agent",
    "conversation-subagent",
    "x-claude-code-agent-id",
    "a1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500,'system':[{'type':'text','text':'x-anthropic-billing-header: "
    "cc_version=2; cc_is_subagent=true;'}],'messages':[{'role':'user','content':'hi'}]}",
    "agent",
    "conversation-subagent",
    "X-Test",
    "1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500,'messages':[{'role':'user','content':'hi'}]}",
    "agent",
    "conversation-compaction",
    "x-claude-code-compaction",
    "1" },
  { "/v1/messages",
    "{'model':'%s','max_tokens':500,'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
    "'content':'ho'},{'role':'user','content':'Your task is to create a detailed summary of the "
    "conversation so far'}]}",
    "agent",
    "conversation-compaction",
    "X-Test",
    "1" },
  { "/api/chat",
    "{'model':'%s','stream':false,'messages':[{'role':'user','content':'hi'}]}",
    "user",
    NULL,
    "X-Test",
    "1" },
  { "/api/chat",
    "{'model':'%s','stream':false," CHAT_TOOL ",'messages':[{'role':'user','content':'hi'},{'role':"
    "'assistant','content':'','tool_calls':[{'function':{'name':'look','arguments':{}}}]},"
    "{'role':'tool','tool_name':'look','content':'seen'}]}",
    "agent",
    NULL,
    "X-Test",
    "1" },
  { "/api/generate", "{'model':'%s','stream':false,'prompt':'hi'}", "user", NULL, "X-Test", "1" },
  { "/v1/completions", "{'model':'%s','prompt':'hi'}", "user", NULL, "X-Test", "1" },
};

static Answer *
ask_with (Fixture *fixture,
          const char *path,
          const char *model,
          const char *format,
          const char *header,
          const char *value)
{
  g_auto (GStrv) halves = g_strsplit (format, "%s", 2);
  g_autofree char *whole = g_strjoinv (model, halves);
  g_autofree char *body = quoted (whole);
  Answer *answer = fixture_start (fixture, "POST", path, body, header, value, NULL);

  answer_wait (answer);
  g_test_message ("%s: %u %s", body, answer->status, answer->body->str);
  g_assert_cmpuint (answer->status, ==, 200);
  return answer;
}

static void
test_initiator (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autoptr (Answer) answer = ask_with (fixture,
                                              turns[i].path,
                                              models[m],
                                              turns[i].body,
                                              turns[i].header,
                                              turns[i].value);

        g_assert_cmpstr (get_header (fixture, "X-Initiator"), ==, turns[i].initiator);
        g_assert_cmpstr (get_header (fixture, "X-Interaction-Type"), ==, turns[i].type);
        g_assert_cmpstr (get_header (fixture, "X-Request-Id"),
                         ==,
                         answer_header (answer, "x-request-id"));
      }
}

/* Also where the body had to be completed from what was said before. */
static void
test_initiator_goes_on (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) first = api_ask (fixture, API_RESPONSES, "gpt-5.5", "hi", FALSE);
  g_autoptr (JsonObject) object = answer_parse (first);
  g_autofree char *format =
      g_strdup_printf ("{'model':'%%s','previous_response_id':'%s','input':'and?'}",
                       jump_json_get_string (object, "id", NULL));
  g_autoptr (Answer) second G_GNUC_UNUSED =
      ask_with (fixture, "/v1/responses", "gpt-5.5", format, "x-openai-subagent", "review");

  g_assert_cmpstr (get_header (fixture, "X-Initiator"), ==, "agent");
  g_assert_cmpstr (get_header (fixture, "X-Interaction-Type"), ==, "conversation-subagent");
}

/* ---- which conversation ---- */

static void
test_interaction_id (void)
{
  static const struct
  {
    const char *path;
    const char *model;
    const char *session; /* %s */
  } cases[] = {
    { "/v1/messages",
      "claude-sonnet-4.6",
      "'max_tokens':500,'messages':[{'role':'user','content':'hi'}],'metadata':{'user_id':'%s'}" },
    { "/v1/messages",
      "gpt-5.5",
      "'max_tokens':500,'messages':[{'role':'user','content':'hi'}],'metadata':{'user_id':'%s'}" },
    { "/v1/responses", "gpt-5.5", "'input':'hi','prompt_cache_key':'%s'" },
    { "/v1/chat/completions",
      "gpt-4.1",
      "'messages':[{'role':'user','content':'hi'}],'user':'%s'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char *const sessions[] = { "user_a_session_1",
                                              "user_a_session_1",
                                              "user_a_session_2" };
      g_autoptr (Fixture) fixture = fixture_new ("test");
      g_autofree char *ids[3] = { NULL };

      for (guint n = 0; n < 3; n++)
        {
          g_auto (GStrv) halves = g_strsplit (cases[i].session, "%s", 2);
          g_autofree char *rest = g_strjoinv (sessions[n], halves);
          g_autofree char *body = g_strdup_printf ("{'model':'%s',%s}", cases[i].model, rest);
          g_autoptr (Answer) answer = ask_quoted (fixture, cases[i].path, body);

          g_assert_cmpuint (answer->status, ==, 200);
          ids[n] = g_strdup (get_header (fixture, "X-Interaction-Id"));
          g_assert_true (g_uuid_string_is_valid (ids[n]));
        }
      g_assert_cmpstr (ids[0], ==, ids[1]);
      g_assert_cmpstr (ids[0], !=, ids[2]);
      g_assert_null (strstr (ids[0], "session"));
      g_clear_pointer (&ids[1], g_free);
      g_clear_pointer (&ids[2], g_free);
    }
}

/* ---- Anthropic's own ---- */

static void
test_anthropic_headers (void)
{
  g_autoptr (Fixture) native = fixture_new ("test");
  g_autoptr (Fixture) foreign = fixture_new ("test");
  g_autofree char *body = api_write (API_MESSAGES, "claude-sonnet-4.6", "hi", FALSE, NULL);
  g_autofree char *other = api_write (API_MESSAGES, "gpt-5.5", "hi", FALSE, NULL);
  const char *betas = "claude-code-20250219,advanced-tool-use-2025-11-20,prompt-caching-scope-2026";
  g_autoptr (Answer) first = fixture_start (native,
                                            "POST",
                                            "/v1/messages?beta=true",
                                            body,
                                            "anthropic-version",
                                            "2099-01-01",
                                            "anthropic-beta",
                                            betas,
                                            "x-api-key",
                                            "sk-ant-secret",
                                            NULL);
  g_autoptr (Answer) second =
      fixture_start (foreign, "POST", "/v1/messages", other, "anthropic-beta", betas, NULL);

  answer_wait (first);
  answer_wait (second);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (get_header (native, "anthropic-version"), ==, "2023-06-01");
  g_assert_cmpstr (get_header (native, "anthropic-beta"), ==, "advanced-tool-use-2025-11-20");
  g_assert_null (get_header (native, "x-api-key"));
  assert_says (answer_header (first, "x-jumpseat-changes"), "beta-dropped:claude-code-20250219");
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_null (get_header (foreign, "anthropic-version"));
  g_assert_null (get_header (foreign, "anthropic-beta"));
}

/* ---- pictures ---- */

static void
test_vision (void)
{
  static const Turn cases[] = {
    { "/v1/chat/completions",
      "{'model':'%s','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'" DATA_URL
      "'}}]},{'role':'assistant','content':'nice'},{'role':'user','content':'and?'}]}" },
    { "/v1/chat/completions",
      "{'model':'%s'," CHAT_TOOL ",'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
      "'tool_calls':[{'id':'call_1','type':'function','function':{'name':'look','arguments':'{}'}}]}"
      ",{'role':'tool','tool_call_id':'call_1','content':[{'type':'image_url','image_url':{'url':'" DATA_URL
      "'}}]}]}" },
    { "/v1/responses",
      "{'model':'%s','input':[{'role':'user','content':[{'type':'input_image','image_url':'" DATA_URL
      "'}]},{'role':'assistant','content':'nice'},{'role':'user','content':'and?'}]}" },
    { "/v1/responses",
      "{'model':'%s'," RESPONSES_TOOL ",'input':[{'role':'user','content':'hi'},{'type':"
      "'function_call','call_id':'call_1','name':'look','arguments':'{}'},{'type':"
      "'function_call_output','call_id':'call_1','output':[{'type':'input_image','image_url':'" DATA_URL
      "'}]}]}" },
    { "/v1/messages",
      "{'model':'%s','max_tokens':500,'messages':[{'role':'user','content':[{'type':'image',"
      "'source':{'type':'base64','media_type':'image/png','data':'" PIXEL
      "'}}]},{'role':'assistant',"
      "'content':'nice'},{'role':'user','content':'and?'}]}" },
    { "/v1/messages",
      "{'model':'%s','max_tokens':500," MESSAGES_TOOL ",'messages':[{'role':'user','content':'hi'},"
      "{'role':'assistant','content':[{'type':'tool_use','id':'toolu_1','name':'look','input':{}}]},"
      "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':[{'type':"
      "'image','source':{'type':'base64','media_type':'image/png','data':'" PIXEL "'}}]}]}]}" },
    { "/api/chat",
      "{'model':'%s','stream':false,'messages':[{'role':'user','content':'hi','images':['" PIXEL
      "']},{'role':'assistant','content':'nice'},{'role':'user','content':'and?'}]}" },
    { "/api/generate", "{'model':'%s','stream':false,'prompt':'hi','images':['" PIXEL "']}" },
  };
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autoptr (Answer) answer G_GNUC_UNUSED =
            ask_with (fixture, cases[i].path, models[m], cases[i].body, "X-Test", "1");

        g_assert_cmpstr (get_header (fixture, "Copilot-Vision-Request"), ==, "true");
        g_assert_cmpuint (upstream_calls (fixture), ==, 1);
      }
}

static void
test_no_vision (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new ("test");
      g_autoptr (Answer) answer =
          api_ask (fixture, api, "gpt-4.1", "image_url data:image/png;base64,AAAA", FALSE);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_null (get_header (fixture, "Copilot-Vision-Request"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meta-headers/initiator", test_initiator);
  g_test_add_func ("/meta-headers/initiator/goes-on", test_initiator_goes_on);
  g_test_add_func ("/meta-headers/interaction-id", test_interaction_id);
  g_test_add_func ("/meta-headers/anthropic", test_anthropic_headers);
  g_test_add_func ("/meta-headers/vision", test_vision);
  g_test_add_func ("/meta-headers/no-vision", test_no_vision);
  return g_test_run ();
}
