/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/dialects/anthropic-prompt.h"
#include "service/dialects/anthropic-request.h"

#include <string.h>

#define USER(content)      "{\"role\":\"user\",\"content\":" content "}"
#define ASSISTANT(content) "{\"role\":\"assistant\",\"content\":" content "}"
#define SYSTEM(content)    "{\"role\":\"system\",\"content\":" content "}"
#define TEXT(text)         "{\"type\":\"text\",\"text\":\"" text "\"}"
#define MARK               ",\"cache_control\":{\"type\":\"ephemeral\"}"
#define MARKED(text)       "{\"type\":\"text\",\"text\":\"" text "\"" MARK "}"
#define CALL(id)           "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"read\",\"input\":{}}"
#define RESULT(id, text) \
  "{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\",\"content\":[" TEXT (text) "]}"
#define NO_RESULT(id)                               \
  "{\"type\":\"tool_result\",\"tool_use_id\":\"" id \
  "\",\"content\":[" TEXT ("The call was interrupted, there is no result.") "],\"is_error\":true}"
#define THINKING "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"}"
#define FOREIGN                                               \
  "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":" \
  "\"jumpseat1.encrypted.gpt-5.abc\"}"
#define GO_ON TEXT ("Go on exactly where your last message ends, without repeating any of it.")
#define TOOLS \
  "\"tools\":[{\"name\":\"read\",\"input_schema\":{\"$schema\":\"x\",\"type\":\"object\"}" MARK "}]"
/* As TOOLS is written. */
#define TOOLS_OUT "\"tools\":[{\"name\":\"read\",\"input_schema\":{\"type\":\"object\"}" MARK "}]"

typedef struct
{
  const char *name;
  const char *members;  /* of the client's request, besides the messages; ends with a comma */
  const char *messages; /* its elements */
  const char *expected; /* of the request written: elements of messages */
  const char *changes;
} TurnCase;

static const TurnCase turn_cases[] = {
  { "merge",
    TOOLS ",",
    USER ("\"a\"") "," USER ("\"b\"") "," ASSISTANT ("\"c\"") "," ASSISTANT ("\"d\"") "," USER (
        "\"e\""),
    USER ("[" TEXT ("a") "," TEXT ("b") "]") "," ASSISTANT (
        "[" TEXT ("c") "," TEXT ("d") "]") "," USER ("[" TEXT ("e") "]"),
    "" },
  { "results-first",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("1") "," CALL ("2") "]") "," USER ("[" TEXT (
        "b") "]") "," USER ("[" RESULT ("2", "x") "," TEXT ("c") "," RESULT ("1", "y") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("1") "," CALL ("2") "]") "," USER (
        "[" RESULT ("2", "x") "," RESULT ("1", "y") "," TEXT ("b") "," TEXT ("c") "]"),
    "" },
  { "call-without-result",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("1") "," CALL ("2") "]") "," USER (
        "[" RESULT ("2", "x") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("1") "," CALL ("2") "]") "," USER (
        "[" RESULT ("2", "x") "," NO_RESULT ("1") "]"),
    "tool-pairs-repaired" },
  { "call-at-the-end",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("1") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("1") "]") "," USER ("[" NO_RESULT ("1") "]"),
    "tool-pairs-repaired" },
  { "late-result",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("1") "]") "," USER ("\"b\"") "," ASSISTANT (
        "\"c\"") "," USER ("[" RESULT ("1", "x") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("1") "]") "," USER (
        "[" RESULT ("1", "x") "," TEXT (
            "b") "]") "," ASSISTANT ("[" TEXT ("c") "]") "," USER ("[" GO_ON "]"),
    "tool-pairs-repaired,prefill-continued" },
  { "result-without-call",
    TOOLS ",",
    USER ("[" RESULT ("1", "x") "," TEXT ("a") "]"),
    USER (
        "[" TEXT ("[Result of a tool call that is no longer part of the conversation]\\nx") "," TEXT (
            "a") "]"),
    "tool-pairs-repaired" },
  { "result-twice",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("1") "]") "," USER (
        "[" RESULT ("1", "x") "," RESULT ("1", "y") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("1") "]") "," USER (
        "[" RESULT ("1", "x") "]"),
    "tool-pairs-repaired" },
  { "same-id-in-every-turn",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" CALL ("f.0") "]") "," USER ("[" RESULT (
        "f.0",
        "x") "]") "," ASSISTANT ("[" CALL ("f.0") "]") "," USER ("[" RESULT ("f.0", "y") "]"),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL ("f_0") "]") "," USER ("[" RESULT (
        "f_0",
        "x") "]") "," ASSISTANT ("[" CALL ("f_0_2") "]") "," USER ("[" RESULT ("f_0_2", "y") "]"),
    "" },
  { "system-folded",
    TOOLS ",\"system\":\"s\",",
    USER ("\"a\"") "," SYSTEM ("\"b\"") "," SYSTEM ("\"<system-reminder>c</system-reminder>\""),
    USER ("[" TEXT ("a") "," TEXT ("<system-reminder>\\nb\\n</system-reminder>") "," TEXT (
        "<system-reminder>c</system-reminder>") "]"),
    "system-folded" },
  { "only-system", TOOLS ",", SYSTEM ("\"a\""), USER ("[" TEXT ("a") "]"), "system-folded" },
  { "blank",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("\" \\n\"") "," USER ("[" TEXT ("") "," TEXT ("b") "]"),
    USER ("[" TEXT ("a") "," TEXT ("b") "]"),
    "" },
  { "prefill",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("\"{\""),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" TEXT ("{") "]") "," USER ("[" GO_ON "]"),
    "prefill-continued" },
  { "assistant-first",
    TOOLS ",",
    ASSISTANT ("\"a\"") "," USER ("\"b\""),
    USER ("[" TEXT ("(The conversation begins with your message.)") "]") "," ASSISTANT (
        "[" TEXT ("a") "]") "," USER ("[" TEXT ("b") "]"),
    "user-turn-added" },
  { "reasoning",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" THINKING "," TEXT ("b") "]") "," USER ("\"c\""),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" THINKING
                                             "," TEXT ("b") "]") "," USER ("[" TEXT ("c") "]"),
    "" },
  { "reasoning-that-led-nowhere",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" THINKING "]") "," USER ("\"c\""),
    USER ("[" TEXT ("a") "," TEXT ("c") "]"),
    "reasoning-dropped" },
  { "foreign-reasoning",
    TOOLS ",",
    USER ("\"a\"") "," ASSISTANT ("[" FOREIGN "," TEXT ("b") "]") "," USER ("\"c\""),
    USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" TEXT ("b") "]") "," USER ("[" TEXT ("c") "]"),
    "reasoning-dropped" },
  { "marks-limited",
    TOOLS ",\"system\":[" MARKED ("s") "],",
    USER ("[" MARKED ("a") "," MARKED ("b") "]") "," ASSISTANT ("[" MARKED ("c") "]") "," USER (
        "[" MARKED ("d") "]"),
    USER ("[" MARKED ("a") "," MARKED ("b") "]") "," ASSISTANT ("[" MARKED ("c") "]") "," USER (
        "[" MARKED ("d") "]"),
    "cache-markers-dropped" },
};

static JumpModelTraits
claude_traits (void)
{
  return (JumpModelTraits){
    .id = "claude-x",
    .is_claude = TRUE,
    .is_known = TRUE,
    .takes_tools = TRUE,
    .takes_images = TRUE,
    .max_thinking_budget = 32000,
    .max_output_tokens = 64000,
  };
}

/* Returns: (transfer full) (nullable) */
static char *
write_body (const char *body, const JumpModelTraits *traits, char **out_changes, GError **error)
{
  g_autoptr (JumpPrompt) prompt = NULL;
  g_autoptr (JumpToolNames) names = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) local = NULL;

  g_assert_true (jump_json_validate (body, strlen (body), 100, &local));
  g_assert_no_error (local);
  prompt = jump_anthropic_prompt_read (body, strlen (body), &local);
  g_assert_no_error (local);
  names = jump_tool_names_new (prompt);
  bytes = jump_anthropic_request_write (prompt, traits, names, &changes, error);
  *out_changes = jump_changes_steal (&changes);
  if (bytes == NULL)
    return NULL;
  g_assert_true (
      jump_json_validate (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 100, &local));
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_turns (gconstpointer data)
{
  const TurnCase *self = data;
  JumpModelTraits traits = claude_traits ();
  g_autofree char *body = g_strdup_printf ("{%s\"messages\":[%s]}", self->members, self->messages);
  g_autofree char *expected = g_strdup_printf ("[%s]", self->expected);
  g_autofree char *changes = NULL;
  g_autofree char *messages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = write_body (body, &traits, &changes, &error);
  JumpJsonSpan span;

  g_assert_no_error (error);
  span = jump_json_find_member ((JumpJsonSpan){ request, strlen (request) }, "messages");
  messages = g_strndup (span.start, span.length);
  g_assert_cmpstr (messages, ==, expected);
  g_assert_cmpstr (changes, ==, self->changes);
}

#define HEAD     "{\"model\":\"claude-x\",\"max_tokens\":32000,"
#define TAIL     "\"stream\":false}"
#define ASK      "\"messages\":[" USER ("\"a\"") "]}"
#define ASKED    "\"messages\":[" USER ("[" MARKED ("a") "]") "],"
#define UNMARKED "\"messages\":[" USER ("[" TEXT ("a") "]") "],"
#define LOOP(first)                                                                   \
  "\"messages\":[" USER ("\"a\"") "," ASSISTANT ("[" first CALL ("1") "]") "," USER ( \
      "[" RESULT ("1", "x") "]") "]}"
#define LOOPED(first)                                                                            \
  "\"messages\":[" USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" first CALL ("1") "]") "," USER ( \
      "[" RESULT ("1", "x") "]") "],"

static const struct
{
  const char *body;
  const char *expected;
  const char *changes;
  gboolean is_adaptive;
  gboolean takes_schema;
} rows[] = {
  { "{" ASK, HEAD ASKED TAIL, "cache-marked", FALSE, FALSE },
  { "{\"max_tokens\":99999,\"stream\":true," ASK,
    "{\"model\":\"claude-x\",\"max_tokens\":64000," ASKED "\"stream\":true}",
    "max-tokens-lowered,cache-marked",
    FALSE,
    FALSE },
  { "{\"system\":\"s\"," ASK,
    HEAD "\"system\":[" MARKED ("s") "]," ASKED TAIL,
    "cache-marked",
    FALSE,
    FALSE },
  { "{" TOOLS ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"read\",\"disable_parallel_tool_use\":"
    "true}," ASK,
    HEAD TOOLS_OUT ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"read\","
                   "\"disable_parallel_tool_use\":true}," UNMARKED TAIL,
    "",
    FALSE,
    FALSE },
  { "{" TOOLS ",\"tool_choice\":{\"type\":\"any\"},\"thinking\":{\"type\":\"enabled\","
    "\"budget_tokens\":2000}," ASK,
    HEAD TOOLS_OUT ",\"tool_choice\":{\"type\":\"any\"}," UNMARKED TAIL,
    "thinking-dropped",
    FALSE,
    FALSE },
  { "{\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],\"tool_choice\":"
    "{\"type\":\"any\"}," ASK,
    HEAD ASKED TAIL,
    "cache-marked,hosted-tool-removed:web_search_20250305",
    FALSE,
    FALSE },
  { "{\"tools\":[{\"name\":\"read\",\"input_schema\":{}},{\"type\":\"bash_20250124\",\"name\":\"bash\","
    "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}],\"tool_choice\":{\"type\":\"tool\","
    "\"name\":\"gone\"}," ASK,
    HEAD "\"tools\":[{\"name\":\"read\",\"input_schema\":{\"type\":\"object\"}},{\"type\":"
         "\"bash_20250124\",\"name\":\"bash\"" MARK
         "}],\"tool_choice\":{\"type\":\"auto\"}," UNMARKED TAIL,
    "dropped:tool_choice",
    FALSE,
    FALSE },
  { "{" LOOP (""),
    HEAD
    "\"tools\":[{\"name\":\"read\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}],"
    "\"tool_choice\":{\"type\":\"none\"},\"messages\":[" USER ("[" TEXT ("a") "]") "," ASSISTANT ("[" CALL (
        "1") "]") "," USER ("[{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":[" TEXT ("x") "]" MARK
                                                                                                        "}]") "]," TAIL,
    "cache-marked,tools-restated",
    FALSE,
    FALSE },
  { "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"temperature\":0.5,\"top_p\":0.9,"
    "\"top_k\":3," ASK,
    HEAD ASKED "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}," TAIL,
    "cache-marked,dropped:temperature,dropped:top_p,dropped:top_k",
    FALSE,
    FALSE },
  { "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}," TOOLS "," LOOP (""),
    HEAD TOOLS_OUT "," LOOPED ("") TAIL,
    "thinking-dropped",
    FALSE,
    FALSE },
  { "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}," TOOLS "," LOOP (THINKING ","),
    HEAD TOOLS_OUT
    "," LOOPED (THINKING ",") "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}," TAIL,
    "",
    FALSE,
    FALSE },
  { "{\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}," TOOLS "," LOOP (""),
    HEAD TOOLS_OUT
    "," LOOPED ("") "\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}," TAIL,
    "",
    TRUE,
    FALSE },
  { "{\"temperature\":1.5,\"top_p\":0.5,\"stop_sequences\":[\"E\",\" \"],"
    "\"metadata\":{\"user_id\":\"u\",\"team\":\"x\"},"
    "\"service_tier\":\"auto\"," ASK,
    HEAD ASKED
    "\"temperature\":1.0,\"stop_sequences\":[\"E\"],\"metadata\":{\"user_id\":\"u\"}," TAIL,
    "cache-marked,temperature-lowered,dropped:top_p,dropped:stop,dropped:service_tier,dropped:metadata",
    FALSE,
    FALSE },
  { "{\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}," ASK,
    HEAD ASKED
    "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}," TAIL,
    "cache-marked",
    FALSE,
    TRUE },
  { "{\"output_format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}," ASK,
    HEAD "\"system\":[" MARKED (
        "Answer with nothing but one JSON object, without a code fence around "
        "it, that fits this JSON schema:\\n{\\\"type\\\":\\\"object\\\"}") "]," ASKED TAIL,
    "cache-marked,schema-as-instruction",
    FALSE,
    FALSE },
};

static void
test_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const char *const efforts[] = { "low", "high", NULL };
      JumpModelTraits traits = claude_traits ();
      g_autofree char *changes = NULL;
      g_autofree char *request = NULL;
      g_autoptr (GError) error = NULL;

      traits.thinks_adaptively = rows[i].is_adaptive;
      traits.efforts = rows[i].is_adaptive ? efforts : NULL;
      traits.takes_schema = rows[i].takes_schema;
      request = write_body (rows[i].body, &traits, &changes, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (request, ==, rows[i].expected);
      g_assert_cmpstr (changes, ==, rows[i].changes);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    const char *message;
  } refused[] = {
    { "{\"messages\":[" USER (
          "[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y\"}}"
          "]") "]}",
      "messages: expected an image as base64 data instead of \"https://x/y\", this model takes no "
      "addresses" },
    { "{\"messages\":[" USER (
          "[{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f1\"}}"
          "]") "]}",
      "messages: expected a file as base64 data instead of \"f1\", this model takes no addresses" },
    { "{\"messages\":[" USER ("\" \"") "]}",
      "messages: expected at least one that says something" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      JumpModelTraits traits = claude_traits ();
      g_autofree char *changes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (write_body (refused[i].body, &traits, &changes, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (turn_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/anthropic-request/turns/", turn_cases[i].name, NULL);

      g_test_add_data_func (path, &turn_cases[i], test_turns);
    }
  g_test_add_func ("/anthropic-request/requests", test_requests);
  g_test_add_func ("/anthropic-request/refused", test_refused);
  return g_test_run ();
}
