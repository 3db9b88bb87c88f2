/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"
#include "service/dialects/upstream-failure.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/request-mend.h"
#include "service/relay/request-patch.h"
#include "service/simulator/chat-check.h"
#include "service/simulator/messages-check.h"
#include "service/simulator/responses-check.h"
#include "tests/unit/check-table.h"

/* What the simulated upstream refuses, and what it says to the same request after its patch. The simulator
 * knows nothing of the patches, so that both have to agree with the documents. */

#define VISION "Copilot-Vision-Request: true"
#define HI     "{\"role\":\"user\",\"content\":\"hi\"}"

/* Returns: (transfer full): @text as it would be sent */
static char *
patch (const JumpDialect *target, const char *text)
{
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("test", NULL);
  g_autoptr (JumpModelShelf) shelf =
      jump_model_shelf_new (scenario->models, jump_account_shape_get (scenario->kind)->plan);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpModel) model = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *id = NULL;
  g_auto (JumpChanges) changes = { NULL };
  JumpRequestFacts facts;
  JumpModelTraits traits;

  if (!target->scan (&facts, text, strlen (text), &error))
    g_error ("%s: %s", text, error->message);
  id = jump_json_span_dup_string (facts.model);
  g_assert_nonnull (jump_model_shelf_find (shelf, id));
  json_node_set_object (node, jump_model_shelf_find (shelf, id));
  model = jump_model_new_from_json (node);
  jump_model_traits_read (&traits, id, model);
  result = jump_request_patch (target, body, &facts, &traits, &changes, &error);
  if (result == NULL)
    g_error ("%s: %s", text, error->message);
  return g_strndup (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
}

static void
check (const JumpDialect *target, CheckFunc func, const char *const *bodies, guint n_bodies)
{
  for (guint i = 0; i < n_bodies; i++)
    {
      g_autofree char *patched = patch (target, bodies[i]);
      g_autoptr (JumpPlannedReply) before = check_body (func, "test", bodies[i], VISION);
      g_autoptr (JumpPlannedReply) after = check_body (func, "test", patched, VISION);

      if (before == NULL)
        g_error ("%s: accepted before the patch", bodies[i]);
      assert_checked (after, patched, NULL);
    }
}

/* What no patch can know beforehand: one refusal, one mend. */
static void
check_mend (const JumpDialect *target, CheckFunc func, const char *body)
{
  g_autofree char *text = patch (target, body);
  g_autoptr (JumpPlannedReply) refusal = check_body (func, "test", text, VISION);
  g_autoptr (JumpPlannedReply) after = NULL;
  g_autoptr (JumpFailure) failure = NULL;
  g_autoptr (GBytes) sent = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) next = NULL;
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  g_autofree char *mended = NULL;
  g_autofree char *name = NULL;

  if (refusal == NULL)
    g_error ("%s: accepted after the patch", text);
  failure = jump_upstream_failure_read (refusal->status, refusal->body);
  next = jump_request_mend (target, failure, sent, done, &name);
  if (next == NULL)
    g_error ("%s: no mend for %s", text, failure->message);
  mended = g_strndup (g_bytes_get_data (next, NULL), g_bytes_get_size (next));
  after = check_body (func, "test", mended, VISION);
  assert_checked (after, mended, NULL);
}

static void
test_chat (void)
{
#define GPT_4(rest)  "{\"model\":\"gpt-4.1\"," rest "}"
#define GPT_5(rest)  "{\"model\":\"gpt-5-mini\"," rest "}"
#define CLAUDE(rest) "{\"model\":\"claude-sonnet-4.6\"," rest "}"
#define SAY          "\"messages\":[" HI "]"
#define CALLER                                                                                     \
  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\"," \
  "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
#define RESULT(id) "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":\"ok\"}"
  static const char *const bodies[] = {
    GPT_5 ("\"temperature\":0.2," SAY),
    GPT_5 ("\"top_p\":0.9," SAY),
    GPT_5 ("\"max_tokens\":9," SAY),
    GPT_4 ("\"max_completion_tokens\":9," SAY),
    "{\"model\":\"gpt-4o\",\"max_tokens\":4097," SAY "}",
    GPT_4 ("\"store\":true," SAY),
    GPT_4 ("\"service_tier\":\"auto\"," SAY),
    GPT_5 ("\"reasoning_effort\":\"xhigh\"," SAY),
    GPT_4 ("\"reasoning_effort\":\"low\"," SAY),
    GPT_4 ("\"messages\":[{\"role\":\"developer\",\"content\":\"x\"}," HI "]"),
    GPT_4 ("\"messages\":[" HI "," RESULT ("c1") "]"),
    GPT_4 ("\"messages\":[" HI "," CALLER "," RESULT ("c2") "]"),
    GPT_4 ("\"messages\":[" HI "," CALLER "," HI "]"),
    GPT_4 ("\"messages\":[" HI "," CALLER ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":"
           "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}]"),
    CLAUDE ("\"messages\":[" HI ",{\"role\":\"assistant\",\"content\":\"So\"}]"),
    CLAUDE ("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"},"
            "{\"type\":\"text\",\"text\":\"a\"}]}]"),
    CLAUDE ("\"messages\":[" HI ",{\"role\":\"assistant\",\"content\":\"So\",\"reasoning_opaque\":"
            "\"jumpseat1.encrypted.gpt-5.x\"}," HI "]"),
  };

  check (&jump_dialect_chat, jump_chat_check, bodies, G_N_ELEMENTS (bodies));
#undef CLAUDE
#undef CALLER
#undef RESULT
}

#define START        "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":4000,"
#define OLDER        "{\"model\":\"claude-sonnet-4.5\",\"max_tokens\":4000,"
#define NEWER        "{\"model\":\"claude-sonnet-5\",\"max_tokens\":4000,"
#define HELLO        "\"messages\":[" HI "]}"
#define TALK(more)   START "\"messages\":[" more "]}"
#define BLOCK(block) TALK ("{\"role\":\"user\",\"content\":[" block "]}")
#define TOOLS(tools) START "\"tools\":[" tools "]," HELLO
#define SCHEMA       "\"input_schema\":{\"type\":\"object\"}"
#define TOOL(more)   "{\"name\":\"f\"," SCHEMA more "}"
#define TEXT(more)   "{\"type\":\"text\",\"text\":\"x\"" more "}"
#define MARK         ",\"cache_control\":{\"type\":\"ephemeral\"}"
#define CALLER(id)                                                                          \
  "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":" \
  "\"f\",\"input\":{}}]}"
#define RESULT(id) \
  "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\"}]}"
#define THINKS(more) "\"thinking\":{" more "}"

static void
test_messages_fields (void)
{
  static const char *const bodies[] = {
    "{\"model\":\"claude-sonnet-4.6\",\"max_tokens\":32001," HELLO,
    START "\"inference_geo\":\"eu\"," HELLO,
    START "\"fallbacks\":[]," HELLO,
    START "\"speed\":\"fast\"," HELLO,
    START "\"cache_control\":{\"type\":\"ephemeral\"}," HELLO,
    START THINKS ("\"type\":\"enabled\",\"budget_tokens\":1023") "," HELLO,
    START THINKS ("\"type\":\"enabled\",\"budget_tokens\":4000") "," HELLO,
    START THINKS ("\"type\":\"enabled\"") "," HELLO,
    "{\"model\":\"claude-haiku-4.5\",\"max_tokens\":64000," THINKS (
        "\"type\":\"enabled\",\"budget_tokens\":32001") "," HELLO,
    OLDER THINKS ("\"type\":\"adaptive\"") "," HELLO,
    NEWER THINKS ("\"type\":\"enabled\",\"budget_tokens\":1024") "," HELLO,
    START THINKS ("\"type\":\"adaptive\"") ",\"temperature\":0.2," HELLO,
    START THINKS ("\"type\":\"adaptive\"") ",\"top_k\":5," HELLO,
    START "\"output_config\":{\"effort\":\"max\"}," HELLO,
    TOOLS ("{\"name\":\"\"," SCHEMA "}," TOOL ("")),
    TOOLS (TOOL (",\"eager_input_streaming\":true")),
    TOOLS (TOOL (",\"defer_loading\":true")),
    TOOLS ("{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}"),
    TOOLS ("{\"type\":\"web_fetch_20250910\",\"name\":\"web_fetch\"}," TOOL ("")),
    TOOLS ("{\"type\":\"code_execution_20250825\",\"name\":\"code_execution\"}"),
    TOOLS ("{\"type\":\"mcp_toolset\",\"mcp_server_name\":\"x\"}"),
    START "\"tool_choice\":{\"type\":\"any\"}," HELLO,
    START "\"tools\":[" TOOL ("") "],\"tool_choice\":{\"type\":\"any\"}," THINKS (
        "\"type\":\"adaptive\"") "," HELLO,
    START "\"system\":\"\"," HELLO,
    START "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: v\"}]," HELLO,
    START "\"system\":[" TEXT (
        ",\"cache_control\":{\"type\":\"ephemeral\",\"scope\":\"global\"}") "]," HELLO,
    START
    "\"system\":[" TEXT (",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}") "]," HELLO,
  };

  check (&jump_dialect_messages, jump_messages_check, bodies, G_N_ELEMENTS (bodies));
}

static void
test_messages_talk (void)
{
  static const char *const bodies[] = {
    BLOCK ("{\"type\":\"text\",\"text\":\"\"}," TEXT ("")),
    BLOCK ("{\"type\":\"text\",\"text\":\" \"}," TEXT ("")),
    TALK (HI ",{\"role\":\"user\",\"content\":\"\"}"),
    BLOCK (TEXT (MARK) "," TEXT (MARK) "," TEXT (MARK) "," TEXT (MARK) "," TEXT (MARK)),
    TALK (HI ",{\"role\":\"system\",\"content\":\"x\"}," HI),
    TALK (HI ",{\"role\":\"assistant\",\"content\":\"So\"}"),
    TALK ("{\"role\":\"assistant\",\"content\":\"So\"}," HI),
    TALK (HI "," CALLER ("t1") "," HI),
    TALK (HI "," CALLER ("t1")),
    TALK (RESULT ("t1") "," HI),
    TALK (HI "," CALLER ("t1") "," RESULT ("t2")),
    TALK (HI "," CALLER ("call:1") "," RESULT ("call:1")),
    TALK (HI
          ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}," TEXT (
              "") "]}," HI),
    TALK (HI ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\","
             "\"signature\":\"jumpseat1.encrypted.gpt-5.x\"}," TEXT ("") "]}," HI),
  };

  check (&jump_dialect_messages, jump_messages_check, bodies, G_N_ELEMENTS (bodies));
}

static void
test_responses (void)
{
#define GPT(rest)    "{\"model\":\"gpt-5.5\"," rest "}"
#define ASK          "\"input\":\"Hello\""
#define INPUT(items) GPT ("\"input\":[" items "]")
#define CALL         "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}"
#define OUTPUT(id)   "{\"type\":\"function_call_output\",\"call_id\":\"" id "\",\"output\":\"ok\"}"
#define CUSTOM       "{\"type\":\"custom_tool_call\",\"call_id\":\"c1\",\"name\":\"f\",\"input\":\"x\"}"
  static const char *const bodies[] = {
    GPT ("\"store\":true," ASK),
    GPT ("\"service_tier\":\"auto\"," ASK),
    GPT ("\"previous_response_id\":\"resp_1\"," ASK),
    GPT ("\"max_output_tokens\":15," ASK),
    GPT ("\"max_output_tokens\":128001," ASK),
    GPT ("\"temperature\":0.5," ASK),
    GPT ("\"top_p\":0.5," ASK),
    GPT ("\"reasoning\":{\"effort\":\"max\"}," ASK),
    INPUT (HI "," OUTPUT ("c1")),
    INPUT (OUTPUT ("c1") "," CALL),
    INPUT (CALL),
    INPUT (CALL "," OUTPUT ("c2")),
    INPUT (CUSTOM "," HI),
    INPUT (
        "{\"role\":\"user\",\"content\":\"x\",\"internal_chat_message_metadata_passthrough\":{}}"),
    INPUT ("{\"role\":\"assistant\",\"content\":\"x\",\"id\":\"msg_1\"}"),
    INPUT (HI ",{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":"
              "\"jumpseat1.signature.claude.x\"}"),
    GPT (
        "\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"description\":\"\",\"tools\":[]}]," ASK),
    GPT ("\"tools\":[{\"type\":\"web_search\"}]," ASK),
    GPT ("\"tools\":[{\"type\":\"image_generation\"}]," ASK),
    GPT ("\"tool_choice\":{\"type\":\"image_generation\"}," ASK),
  };

  check (&jump_dialect_responses, jump_responses_check, bodies, G_N_ELEMENTS (bodies));
}

static void
test_mends (void)
{
  static const struct
  {
    const JumpDialect *target;
    CheckFunc func;
    const char *body;
  } rows[] = {
    { &jump_dialect_chat,
      jump_chat_check,
      "{\"model\":\"claude-sonnet-4.6\",\"messages\":[" HI
      ",{\"role\":\"assistant\",\"content\":\"So\","
      "\"reasoning_opaque\":\"forged\"}," HI "]}" },
    { &jump_dialect_messages,
      jump_messages_check,
      OLDER "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}," HELLO },
    { &jump_dialect_messages, jump_messages_check, BLOCK (TEXT (",\"foo\":1")) },
    { &jump_dialect_messages,
      jump_messages_check,
      TALK (HI ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\","
               "\"signature\":\"forged\"}," TEXT ("") "]}," HI) },
    { &jump_dialect_messages,
      jump_messages_check,
      OLDER THINKS ("\"type\":\"enabled\",\"budget_tokens\":1024") ",\"messages\":[" HI "," CALLER (
          "t1") "," RESULT ("t1") "]}" },
    { &jump_dialect_responses, jump_responses_check, GPT ("\"reasoning\":{\"budget\":1}," ASK) },
    { &jump_dialect_responses,
      jump_responses_check,
      INPUT (HI
             ",{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"c2lnbmF0dXJl\"}") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_mend (rows[i].target, rows[i].func, rows[i].body);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patch-upstream/chat", test_chat);
  g_test_add_func ("/patch-upstream/messages-fields", test_messages_fields);
  g_test_add_func ("/patch-upstream/messages-talk", test_messages_talk);
  g_test_add_func ("/patch-upstream/responses", test_responses);
  g_test_add_func ("/patch-upstream/mends", test_mends);
  return g_test_run ();
}
