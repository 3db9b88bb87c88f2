/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* Requests that upstream refuses with a reason that can be mended: the client sees the answer to the second try,
 * and what was changed. */

#define SONNET "claude-sonnet-4.6"

typedef struct
{
  const char *name;
  const char *path; /* of the client */
  const char *body; /* of the client, ' for " */
  const char *upstream;
  guint status;
  const char *refusal; /* the reply to the first call, ' for ", or text */
  const char *change;
  const char *gone;  /* (nullable): not in the second body any more, but in the first */
  const char *there; /* (nullable): in the second body, not in the first */
  const char *then;  /* (nullable): what happens to the second call, a rule with a comma in front */
} Case;

static const Case cases[] = {
  { "chat/max-tokens-swapped",
    "/v1/chat/completions",
    "{'model':'gpt-4.1','max_tokens':50,'messages':[{'role':'user','content':'hello'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'Unsupported parameter: \\u0027max_tokens\\u0027 is not supported with this "
    "model. Use \\u0027max_completion_tokens\\u0027 instead.','code':'unsupported_parameter',"
    "'param':'max_tokens','type':'invalid_request_error'}}",
    "max-tokens-swapped",
    "\"max_tokens\"",
    "\"max_completion_tokens\":50",
    ",{'on':'POST /chat/completions','calls':'2','reply':{'status':200,'json':{'choices':[{'index':0,"
    "'message':{'role':'assistant','content':'swapped'},'finish_reason':'stop'}]}}}" },
  { "chat/max-tokens-clamped",
    "/v1/chat/completions",
    "{'model':'gpt-4.1','max_tokens':9000,'messages':[{'role':'user','content':'hello'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'The maximum tokens you requested exceeds the model limit of 4096',"
    "'code':'invalid_request_body'}}",
    "max-tokens-clamped",
    ":9000",
    ":4096" },
  { "chat/effort-dropped",
    "/v1/chat/completions",
    "{'model':'gpt-5-mini','reasoning_effort':'low','messages':[{'role':'user','content':'hello'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'reasoning effort low is not supported by this model',"
    "'code':'invalid_reasoning_effort'}}",
    "effort-dropped",
    "reasoning_effort",
    NULL },
  { "chat/top-p-dropped",
    "/v1/chat/completions",
    "{'model':'gpt-4.1','temperature':0.5,'top_p':0.9,'messages':[{'role':'user','content':'hi'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'`temperature` and `top_p` cannot both be specified for this model.'}}",
    "top-p-dropped",
    "top_p",
    NULL },
  { "chat/structured-outputs-dropped",
    "/v1/chat/completions",
    "{'model':'gpt-4.1','messages':[{'role':'user','content':'hi'}],'response_format':{'type':"
    "'json_schema','json_schema':{'name':'a','schema':{'type':'object','properties':{}}}}}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'response_format: json_schema is not supported with this model'}}",
    "structured-outputs-dropped",
    "response_format",
    NULL },
  { "chat/field-dropped",
    "/v1/chat/completions",
    "{'model':'gpt-4.1','logit_bias':{'50256':-100},'messages':[{'role':'user','content':'hi'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'Unrecognized request argument supplied: logit_bias'}}",
    "dropped:logit_bias",
    "logit_bias",
    NULL },
  { "chat/reasoning-dropped",
    "/v1/chat/completions",
    "{'model':'gemini-3.5-flash','messages':[{'role':'user','content':'hi'},{'role':'assistant',"
    "'content':'ho','reasoning_opaque':'c3RhdGU='},{'role':'user','content':'and now?'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'Invalid reasoning_opaque: signature verification failed'}}",
    "reasoning-dropped",
    "reasoning_opaque",
    NULL },
  { "responses/ids-of-another-connection",
    "/v1/responses",
    "{'model':'gpt-5.5','input':[{'role':'user','content':'hi'},{'type':'reasoning','id':'rs_1',"
    "'summary':[],'encrypted_content':'c3RhdGU='},{'type':'message','role':'assistant','content':"
    "[{'type':'output_text','text':'ho'}]},{'role':'user','content':'and now?'}]}",
    "POST /responses",
    401,
    "input item ID does not belong to this connection",
    "item-ids-dropped",
    "encrypted_content\":\"",
    NULL },
  { "responses/reasoning-dropped",
    "/v1/responses",
    "{'model':'gpt-5.5','input':[{'role':'user','content':'hi'},{'type':'reasoning',"
    "'summary':[],'encrypted_content':'c3RhdGU='},{'type':'message','role':'assistant','content':"
    "[{'type':'output_text','text':'ho'}]},{'role':'user','content':'and now?'}]}",
    "POST /responses",
    400,
    "{'error':{'message':'The encrypted content for item rs_1 could not be verified. Reason: "
    "Encrypted content could not be decrypted or parsed.','code':'invalid_encrypted_content'}}",
    "reasoning-dropped",
    "encrypted_content\":\"",
    NULL },
  { "responses/unreadable",
    "/v1/responses",
    "{'model':'gpt-5.5','input':[{'role':'user','content':'hi'},{'type':'reasoning',"
    "'summary':[],'encrypted_content':'c3RhdGU='},{'type':'message','role':'assistant','content':"
    "[{'type':'output_text','text':'ho'}]},{'role':'user','content':'and now?'}]}",
    "POST /responses",
    400,
    "{'error':{'message':'failed to parse request','code':'invalid_request_body'}}",
    "reasoning-dropped",
    "encrypted_content\":\"",
    NULL },
  { "responses/effort-dropped",
    "/v1/responses",
    "{'model':'gpt-5.5','reasoning':{'effort':'low'},'input':'hello'}",
    "POST /responses",
    400,
    "{'error':{'message':'Unsupported value: \\u0027low\\u0027 is not supported with this model.',"
    "'code':'unsupported_value','param':'reasoning.effort','type':'invalid_request_error'}}",
    "effort-dropped",
    "\"effort\"",
    NULL },
  { "responses/field-dropped",
    "/v1/responses",
    "{'model':'gpt-5.5','prompt_cache_key':'abc','input':'hello'}",
    "POST /responses",
    400,
    "{'error':{'message':'Unknown parameter: \\u0027prompt_cache_key\\u0027.','code':"
    "'unknown_parameter','param':'prompt_cache_key'}}",
    "dropped:prompt_cache_key",
    "prompt_cache_key",
    NULL },
  { "responses/hosted-tool-removed",
    "/v1/responses",
    "{'model':'gpt-5.5','tools':[{'type':'tool_search'}],'input':'hello'}",
    "POST /responses",
    400,
    "{'error':{'message':'The use of the tool search tool is not supported.',"
    "'code':'invalid_request_body'}}",
    "hosted-tool-removed:tool_search",
    "tool_search",
    NULL },
  { "messages/signature",
    "/v1/messages",
    "{'model':'" SONNET "','max_tokens':2000,'messages':[{'role':'user','content':'hi'},{'role':"
    "'assistant','content':[{'type':'thinking','thinking':'hm','signature':'c2lnbmVkIGJ5IG1l'},"
    "{'type':'text','text':'ho'}]},{'role':'user','content':'and now?'}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'messages.1.content.0: "
    "Invalid `signature` in `thinking` block'}}",
    "reasoning-dropped",
    "\"signature\"",
    NULL },
  { "messages/pairs",
    "/v1/messages",
    "{'model':'" SONNET "','max_tokens':2000,'tools':[{'name':'look','input_schema':{'type':"
    "'object'}}],'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':"
    "'tool_use','id':'toolu_01','name':'look','input':{}}]},{'role':'user','content':[{'type':"
    "'tool_result','tool_use_id':'toolu_01','content':'seen'},{'type':'text','text':'go on'}]}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'messages.1: `tool_use` ids "
    "were found without `tool_result` blocks immediately after: toolu_01.'}}",
    "tool-pairs-repaired",
    "toolu_01",
    NULL },
  { "messages/beta-dropped",
    "/v1/messages",
    "{'model':'" SONNET "','max_tokens':2000,'messages':[{'role':'user','content':'hi'}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'Unexpected value(s) "
    "`advanced-tool-use-2025-11-20` for the `anthropic-beta` header.'}}",
    "beta-dropped",
    NULL,
    NULL },
  { "messages/extra-inputs",
    "/v1/messages",
    "{'model':'" SONNET
    "','max_tokens':2000,'top_k':5,'messages':[{'role':'user','content':'hi'}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'top_k: Extra inputs are "
    "not permitted'}}",
    "dropped:top_k",
    "top_k",
    NULL },
  { "messages/structured-outputs-dropped",
    "/v1/messages",
    "{'model':'" SONNET
    "','max_tokens':2000,'output_config':{'format':{'type':'json_schema','schema'"
    ":{'type':'object','properties':{},'additionalProperties':false}}},"
    "'messages':[{'role':'user','content':'hi'}]}",
    "POST /v1/messages",
    400,
    "{'error':{'message':'{\\u0022status\\u0022:\\u0022FAILED_PRECONDITION\\u0022} "
    "vertexai.allowedPartnerModelFeatures denies structured outputs'}}",
    "structured-outputs-dropped",
    "json_schema",
    NULL },
  { "messages/system-as-user",
    "/v1/messages",
    "{'model':'claude-sonnet-5','max_tokens':2000,'messages':[{'role':'user','content':'hi'},"
    "{'role':'assistant','content':'ho'},{'role':'user','content':'and?'},{'role':'system','content':"
    "'be short'}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'messages.3.role: role "
    "system is not supported on this model'}}",
    "system-as-user",
    "\"role\":\"system\"",
    NULL },
  { "messages/thinking-dropped",
    "/v1/messages",
    "{'model':'" SONNET
    "','max_tokens':2000,'thinking':{'type':'adaptive'},'tools':[{'name':'look',"
    "'input_schema':{'type':'object'}}],'tool_choice':{'type':'auto'},"
    "'messages':[{'role':'user','content':'hi'}]}",
    "POST /v1/messages",
    400,
    "{'type':'error','error':{'type':'invalid_request_error','message':'Thinking may not be enabled "
    "when tool_choice forces tool use.'}}",
    "thinking-dropped",
    "\"thinking\"",
    NULL },
  { "translated/messages-to-responses",
    "/v1/messages",
    "{'model':'gpt-5.5','max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':1500},"
    "'messages':[{'role':'user','content':'hi'}]}",
    "POST /responses",
    400,
    "{'error':{'message':'Unsupported value: reasoning.effort is not supported','code':"
    "'invalid_reasoning_effort'}}",
    "effort-dropped",
    "\"effort\"",
    NULL },
  { "translated/ollama-to-chat",
    "/api/chat",
    "{'model':'gpt-4.1','stream':false,'options':{'temperature':0.5,'top_p':0.5},"
    "'messages':[{'role':'user','content':'hi'}]}",
    "POST /chat/completions",
    400,
    "{'error':{'message':'`temperature` and `top_p` cannot both be specified for this model.'}}",
    "top-p-dropped",
    "top_p",
    NULL },
};

static void
remember_record (JumpService *service, JumpExchangeRecord *record, gpointer user_data)
{
  JumpExchangeRecord **kept = user_data;

  g_clear_pointer (kept, jump_exchange_record_unref);
  *kept = jump_exchange_record_ref (record);
}

static Fixture *
new_refusing (const Case *row, const char *calls)
{
  g_autofree char *escaped = g_strescape (row->refusal, NULL);
  g_autofree char *rule = NULL;

  if (row->refusal[0] == '{')
    rule = g_strdup_printf ("{'on':'%s','calls':'%s','reply':{'status':%u,'json':%s}}%s",
                            row->upstream,
                            calls,
                            row->status,
                            row->refusal,
                            row->then != NULL ? row->then : "");
  else
    rule = g_strdup_printf ("{'on':'%s','calls':'%s','reply':{'status':%u,'text':'%s'}}",
                            row->upstream,
                            calls,
                            row->status,
                            escaped);
  return fixture_new_ruled (rule);
}

static Answer *
ask_with_beta (Fixture *fixture, const Case *row)
{
  g_autofree char *body = quoted (row->body);
  Answer *answer = fixture_start (fixture,
                                  "POST",
                                  row->path,
                                  body,
                                  "anthropic-beta",
                                  "advanced-tool-use-2025-11-20",
                                  NULL);

  answer_wait (answer);
  return answer;
}

static void
test_mended (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (Fixture) fixture = new_refusing (row, "1");
  g_autoptr (JumpExchangeRecord) record = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_signal_connect (fixture->service, "exchange-ended", G_CALLBACK (remember_record), &record);
  answer = ask_with_beta (fixture, row);
  first = upstream_body (fixture, row->upstream, 1);
  second = upstream_body (fixture, row->upstream, 0);
  g_test_message ("%s\n%s\n%u %s %s",
                  first,
                  second,
                  answer->status,
                  answer_header (answer, "x-jumpseat-changes"),
                  answer->body->str);
  g_assert_no_error (answer->error);
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
  g_assert_cmpuint (answer->status, ==, 200);
  assert_says (answer_header (answer, "x-jumpseat-changes"), row->change);
  assert_says (record->changes, row->change);
  g_assert_null (record->error);
  /* The header goes with the body that needed it. */
  if (g_str_equal (row->change, "beta-dropped"))
    {
      assert_says (
          jump_simulator_get_header (fixture->simulator, row->upstream, 1, "anthropic-beta"),
          "advanced-tool-use");
      g_assert_null (
          jump_simulator_get_header (fixture->simulator, row->upstream, 0, "anthropic-beta"));
    }
  if (row->gone != NULL)
    {
      assert_says (first, row->gone);
      assert_silent (second, row->gone);
    }
  if (row->there != NULL)
    {
      assert_silent (first, row->there);
      assert_says (second, row->there);
    }
}

/* What helped nothing is told as it is, after a bounded number of tries. */
static void
test_refusal_stays (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (Fixture) fixture = new_refusing (row, "all");
  g_autoptr (Answer) answer = ask_with_beta (fixture, row);

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, row->status == 401 ? 400 : row->status);
  g_assert_cmpuint (upstream_calls (fixture), <=, 3);
  assert_says (answer_header (answer, "x-jumpseat-changes"), row->change);
  if (g_str_equal (row->path, "/api/chat"))
    assert_says (answer->body->str, "cannot both be specified");
}

/* Upstream that always finds something else is not asked for ever. */
static void
test_tries_are_bounded (void)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new ("{'model':'gpt-4.1','messages':[{'role':'user',"
                                           "'content':'hi'}]");
  g_autoptr (Fixture) fixture = NULL;
  g_autoptr (Answer) answer = NULL;

  for (guint i = 1; i <= 20; i++)
    {
      g_string_append_printf (rules,
                              "%s{'on':'POST /chat/completions','calls':'%u','reply':{'status':400,"
                              "'json':{'error':{'message':"
                              "'Unrecognized request argument supplied: field_%u'}}}}",
                              i > 1 ? "," : "",
                              i,
                              i);
      g_string_append_printf (body, ",'field_%u':1", i);
    }
  g_string_append (body, "}");
  fixture = fixture_new_ruled (rules->str);
  answer = ask_quoted (fixture, "/v1/chat/completions", body->str);
  g_assert_cmpuint (upstream_calls (fixture), ==, 6);
  api_assert_error (API_CHAT, answer, 400, NULL, "field_6");
}

/* A refusal for which there is no mend arrives in the words of upstream and the shape of the client. */
static void
test_passed_on (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /*','model':'*','calls':'all','reply':{'status':400,'json':{'error':"
      "{'message':'the moon is in the wrong phase','code':'moon_phase'}}}}");

  for (Api api = 0; api < N_APIS; api++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", stream == 1);
        guint calls = upstream_calls (fixture);

        api_assert_error (api, answer, 400, NULL, "the moon is in the wrong phase");
        g_assert_cmpuint (calls, ==, 2 * api + stream + 1);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mended = g_strconcat ("/mends/mended/", cases[i].name, NULL);
      g_autofree char *stays = g_strconcat ("/mends/stays/", cases[i].name, NULL);

      g_test_add_data_func (mended, &cases[i], test_mended);
      g_test_add_data_func (stays, &cases[i], test_refusal_stays);
    }
  g_test_add_func ("/mends/bounded", test_tries_are_bounded);
  g_test_add_func ("/mends/passed-on", test_passed_on);
  return g_test_run ();
}
