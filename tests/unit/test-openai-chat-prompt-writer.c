/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/dialect.h"

#include <string.h>

static const char *const efforts[] = { "low", "medium", "high", NULL };

static const JumpModelTraits gpt4 = { .id = "gpt-4.1", .is_known = TRUE, .takes_schema = TRUE };
static const JumpModelTraits gpt5 = { .id = "gpt-5.1",
                                      .is_known = TRUE,
                                      .is_reasoning = TRUE,
                                      .takes_schema = TRUE,
                                      .takes_parallel_calls = TRUE,
                                      .max_output_tokens = 1000,
                                      .efforts = efforts };
static const JumpModelTraits claude = { .id = "claude-sonnet-4.5",
                                        .is_known = TRUE,
                                        .is_claude = TRUE,
                                        .min_thinking_budget = 1024,
                                        .max_thinking_budget = 32000 };
static const JumpModelTraits unknown = { .id = "new" };

#define USER(text) "{\"role\":\"user\",\"content\":\"" text "\"}"
#define ONE        "\"messages\":[" USER ("hi") "]"
#define TOOL(name) "{\"type\":\"function\",\"function\":{\"name\":\"" name "\"}}"
#define CALL(id)                                                           \
  "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"" id \
  "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
#define RESULT(id, text) "{\"role\":\"tool\",\"tool_call_id\":\"" id "\",\"content\":\"" text "\"}"
#define IMAGE            "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QQ==\"}}"

/* One repair each. */
typedef struct
{
  const JumpModelTraits *traits;
  const char *request;
  const char *has;     /* (nullable): stands in what is written */
  const char *has_not; /* (nullable) */
  const char *changes;
} Row;

static const Row rows[] = {
  { &gpt4,
    "{" ONE "}",
    "{\"model\":\"gpt-4.1\",\"stream\":false,\"messages\":[" USER ("hi") "]}",
    NULL,
    "" },
  { &gpt4,
    "{" ONE ",\"stream\":true}",
    "\"stream\":true,\"stream_options\":{\"include_usage\":true}",
    NULL,
    "" },
  /* limits and sampling */
  { &gpt4,
    "{" ONE ",\"max_completion_tokens\":5}",
    "\"max_tokens\":5",
    "max_completion_tokens",
    "" },
  { &gpt5, "{" ONE ",\"max_tokens\":5}", "\"max_completion_tokens\":5", "\"max_tokens\"", "" },
  { &gpt5,
    "{" ONE ",\"max_tokens\":5000}",
    "\"max_completion_tokens\":1000",
    NULL,
    "max-tokens-clamped" },
  { &gpt4,
    "{" ONE ",\"temperature\":0.5,\"top_p\":0.25}",
    "\"temperature\":0.5,\"top_p\":0.25",
    NULL,
    "" },
  { &gpt5,
    "{" ONE ",\"temperature\":0.5,\"top_p\":0.25}",
    NULL,
    "temperature",
    "temperature-dropped,top-p-dropped" },
  { &gpt5, "{" ONE ",\"temperature\":1,\"top_p\":1.0}", NULL, "temperature", "" },
  { &gpt5,
    "{" ONE ",\"presence_penalty\":0.5,\"frequency_penalty\":0}",
    NULL,
    "penalty",
    "dropped:presence_penalty" },
  { &gpt4,
    "{" ONE ",\"stop\":[\"a\",\"b\"],\"seed\":7,\"user\":\"u\"}",
    "\"stop\":[\"a\",\"b\"],\"seed\":7,\"user\":\"u\"",
    NULL,
    "" },
  { &gpt4,
    "{" ONE
    ",\"n\":3,\"top_k\":5,\"verbosity\":\"low\",\"metadata\":{},\"prompt_cache_key\":\"k\",\"logit_bias\":{}}",
    NULL,
    "top_k",
    "dropped:n,dropped:top_k,dropped:verbosity,dropped:metadata,dropped:prompt_cache_key,dropped:logit_bias" },
  /* thinking */
  { &gpt5, "{" ONE ",\"reasoning_effort\":\"high\"}", "\"reasoning_effort\":\"high\"", NULL, "" },
  { &gpt5,
    "{" ONE ",\"reasoning_effort\":\"xhigh\"}",
    "\"reasoning_effort\":\"high\"",
    NULL,
    "effort-clamped" },
  { &gpt5,
    "{" ONE ",\"thinking_budget\":2000}",
    "\"reasoning_effort\":\"low\"",
    "thinking_budget",
    "" },
  { &gpt4, "{" ONE ",\"reasoning_effort\":\"high\"}", NULL, "reasoning_effort", "effort-dropped" },
  { &unknown, "{" ONE ",\"reasoning_effort\":\"none\"}", NULL, "reasoning_effort", "" },
  { &claude,
    "{" ONE ",\"thinking_budget\":2000}",
    "\"thinking_budget\":2000",
    "reasoning_effort",
    "" },
  { &claude, "{" ONE ",\"thinking_budget\":90000}", "\"thinking_budget\":32000", NULL, "" },
  { &claude,
    "{" ONE ",\"reasoning_effort\":\"low\",\"temperature\":0.5}",
    "\"thinking_budget\":2048",
    "temperature",
    "temperature-dropped" },
  { &claude,
    "{" ONE ",\"reasoning_effort\":\"high\",\"max_tokens\":3000}",
    "\"thinking_budget\":2999",
    NULL,
    "" },
  { &claude,
    "{" ONE ",\"reasoning_effort\":\"high\",\"max_tokens\":500}",
    NULL,
    "thinking_budget",
    "thinking-dropped" },
  { &claude, "{" ONE ",\"reasoning_effort\":\"none\"}", NULL, "thinking_budget", "" },
  /* answers after a schema */
  { &gpt4,
    "{" ONE ",\"response_format\":{\"type\":\"json_object\"}}",
    "\"response_format\":{\"type\":\"json_object\"}",
    NULL,
    "" },
  { &gpt4,
    "{" ONE
    ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"a\":1},\"strict\":true}}}",
    "\"json_schema\":{\"name\":\"answer\",\"schema\":{\"a\":1},\"strict\":true}",
    NULL,
    "" },
  { &claude,
    "{" ONE
    ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"a\":1}}}}",
    "schema:\\n{\\\"a\\\":1}\"}," USER ("hi"),
    "response_format",
    "schema-as-text" },
  /* roles */
  { &gpt4,
    "{\"messages\":[{\"role\":\"developer\",\"content\":\"d\"}," USER ("hi") "]}",
    "{\"role\":\"system\",\"content\":\"d\"}",
    "developer",
    "developer-as-system" },
  { &gpt5,
    "{\"messages\":[{\"role\":\"developer\",\"content\":\"d\"}," USER ("hi") "]}",
    "{\"role\":\"developer\",\"content\":\"d\"}",
    NULL,
    "" },
  { &gpt4,
    "{\"messages\":[{\"role\":\"system\",\"content\":[\"a\",\"b\"]},{\"role\":\"system\",\"content\":\"\"}," USER (
        "hi") "]}",
    "[{\"role\":\"system\",\"content\":\"a\\n\\nb\"},{\"role\":\"user\"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[{\"role\":\"user\",\"content\":[\"a\",\" \\n\",\"\"]}]}",
    "{\"role\":\"user\",\"content\":\"a\"}",
    NULL,
    "" },
  { &gpt4,
    "{\"messages\":[{\"role\":\"user\",\"name\":\"ann\",\"content\":[\"a\"," IMAGE "]}]}",
    "{\"role\":\"user\",\"name\":\"ann\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}," IMAGE
    "]}",
    NULL,
    "" },
  { &gpt4,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"content\":\"b \"}," USER ("c") "]}",
    "\"content\":\"b \"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"content\":\"b \\n\"}," USER ("c") "]}",
    "\"content\":\"b\"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"content\":\"b\"}]}",
    "\"content\":\"b\"}," USER ("Continue exactly where you stopped.") "]",
    NULL,
    "prefill-continued" },
  { &gpt4,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"assistant\",\"content\":\"c\"}," USER (
        "d") "]}",
    "{\"role\":\"assistant\",\"content\":\"bc\"}",
    NULL,
    "" },
  { &gpt4,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"refusal\":\"no\"}," USER ("d") "]}",
    "\"content\":null,\"refusal\":\"no\"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[" USER ("a") ",{\"role\":\"assistant\",\"refusal\":\"no\"}," USER ("d") "]}",
    "\"content\":\"no\"",
    "refusal",
    "" },
  /* calls and results */
  { &gpt4,
    "{\"messages\":[" CALL ("c1") "," USER ("x") "," RESULT ("c1", "r") "]}",
    "]}," RESULT ("c1", "r") "," USER ("x") "]",
    NULL,
    "" },
  { &gpt4,
    "{\"messages\":[" CALL ("c1") "," USER ("x") "]}",
    RESULT ("c1", "(the tool was not run)"),
    NULL,
    "missing-results-filled" },
  { &gpt4,
    "{\"messages\":[" RESULT ("c9", "r") "]}",
    "Result of the tool call c9: r",
    "tool_call_id",
    "orphan-results-as-text" },
  { &gpt4,
    "{\"messages\":[" CALL ("c1") "," CALL ("c1") "," RESULT ("c1", "a") "," RESULT ("c1",
                                                                                     "b") "]}",
    RESULT ("c1", "a") "," RESULT ("c1", "b"),
    NULL,
    "" },
  { &claude,
    "{\"messages\":[" CALL ("c1") "," RESULT ("c1", "") "]}",
    RESULT ("c1", "(no output)"),
    NULL,
    "" },
  { &gpt4, "{\"messages\":[" CALL ("c1") "," RESULT ("c1", "") "]}", RESULT ("c1", ""), NULL, "" },
  { &gpt4,
    "{\"messages\":[" CALL ("c1") ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[" IMAGE
                                  "]}]}",
    RESULT (
        "c1",
        "(see the next message)") ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Returned by the tool call c1:\"}," IMAGE
                                  "]}",
    NULL,
    "tool-images-moved" },
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}]}," RESULT (
        "c1",
        "r") "]}",
    "\"arguments\":\"{}\"",
    NULL,
    "arguments-repaired" },
  { &gpt4,
    "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"input\":\"a\\nb\"}}]}," RESULT (
        "c1",
        "r") "]}",
    "\"function\":{\"name\":\"p\",\"arguments\":\"{\\\"input\\\":\\\"a\\\\nb\\\"}\"}",
    "custom",
    "" },
  /* reasoning */
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_content\":\"h\",\"reasoning_opaque\":\"s=\"}," USER (
        "x") "]}",
    "\"reasoning_text\":\"h\",\"reasoning_opaque\":\"s=\"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_content\":\"h\",\"reasoning_opaque\":\"jumpseat1.opaque.claude-sonnet-4%2E5.s=\"}," USER (
        "x") "]}",
    "\"reasoning_text\":\"h\",\"reasoning_opaque\":\"s=\"",
    NULL,
    "" },
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_content\":\"h\",\"reasoning_opaque\":\"jumpseat1.opaque.other.s=\"}," USER (
        "x") "]}",
    NULL,
    "reasoning",
    "reasoning-dropped" },
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_content\":\"h\",\"reasoning_opaque\":\"jumpseat1.signature.claude-sonnet-4%2E5.s=\"}," USER (
        "x") "]}",
    NULL,
    "reasoning",
    "reasoning-dropped" },
  { &claude,
    "{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"reasoning_content\":\"h\"}," USER (
        "x") "]}",
    NULL,
    "reasoning",
    "reasoning-dropped" },
  /* tools */
  { &gpt4,
    "{" ONE ",\"tools\":[" TOOL ("f") "]}",
    "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]",
    NULL,
    "" },
  { &gpt4,
    "{" ONE
    ",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"code_interpreter\"}],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true}",
    NULL,
    "tool",
    "hosted-tool-removed:web_search,hosted-tool-removed:code_interpreter" },
  { &gpt5,
    "{" ONE ",\"tools\":[" TOOL ("f") "],\"parallel_tool_calls\":false}",
    "\"parallel_tool_calls\":false",
    NULL,
    "" },
  { &gpt4,
    "{" ONE ",\"tools\":[" TOOL ("f") "],\"parallel_tool_calls\":false}",
    NULL,
    "parallel_tool_calls",
    "dropped:parallel_tool_calls" },
  { &gpt4,
    "{" ONE ",\"tools\":[" TOOL (
        "a.b") "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"a.b\"}}}",
    "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"a_b_",
    "a.b",
    "tools-renamed" },
  { &gpt4,
    "{" ONE ",\"tools\":[" TOOL (
        "f") "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"gone\"}}}",
    NULL,
    "tool_choice",
    "dropped:tool_choice" },
  { &gpt4,
    "{" ONE
    ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"description\":\"d\",\"format\":{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"lark\",\"definition\":\"start: A\"}}}}]}",
    "\"description\":\"d\\n\\nTakes free text in the argument \\\"input\\\".\\n\\nThe input has to follow this grammar:\\nstart: A\"",
    NULL,
    "custom-tool-as-function" },
  { &gpt4,
    "{" ONE
    ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true},\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]}",
    "\"strict\":true},\"copilot_cache_control\":{\"type\":\"ephemeral\"}}",
    "ttl",
    "" },
  { &claude,
    "{" ONE ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]}",
    NULL,
    "strict",
    "" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpPrompt) prompt =
      jump_dialect_chat.read_prompt (row->request, strlen (row->request), &error);
  g_autoptr (JumpToolNames) names = NULL;
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  names = jump_tool_names_new (prompt);
  body = jump_dialect_chat.write_prompt (prompt, row->traits, names, &changes, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_test_message ("%s\n%s", row->request, text);
  g_assert_true (jump_json_validate (text, strlen (text), JUMP_LIMIT_JSON_DEPTH, NULL));
  if (row->has != NULL)
    g_assert_nonnull (strstr (text, row->has));
  if (row->has_not != NULL)
    g_assert_null (strstr (text, row->has_not));
  g_assert_cmpstr (jump_changes_get (&changes), ==, row->changes);
}

static void
test_too_many_tools (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_autoptr (JumpToolNames) names = NULL;
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) error = NULL;

  names = jump_tool_names_new (prompt);
  g_assert_null (jump_dialect_chat.write_prompt (prompt, &gpt4, names, &changes, &error));
  g_assert_cmpstr (error->message, ==, "messages: expected at least one");
  g_clear_error (&error);
  jump_message_add (jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_USER)),
                    jump_part_new_text ("hi"));
  for (int i = 0; i < 129; i++)
    {
      JumpTool *tool = jump_tool_new (JUMP_TOOL_FUNCTION);

      tool->name = g_strdup_printf ("t%d", i);
      g_ptr_array_add (prompt->tools, tool);
    }
  g_assert_null (jump_dialect_chat.write_prompt (prompt, &gpt4, names, &changes, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "tools: 129 given, at most 128 are possible");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/openai-chat-prompt-writer/repair/%u", i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/openai-chat-prompt-writer/too-many-tools", test_too_many_tools);
  return g_test_run ();
}
