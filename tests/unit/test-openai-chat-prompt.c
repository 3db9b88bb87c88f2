/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"

#include <math.h>
#include <string.h>

#define ONE "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"

static JumpPrompt *
read_prompt (const char *text, GError **error)
{
  JumpRequestFacts facts;

  g_test_message ("%s", text);
  if (!jump_dialect_chat.scan (&facts, text, strlen (text), error))
    return NULL;
  return jump_dialect_chat.read_prompt (text, strlen (text), error);
}

static JumpPrompt *
need_prompt (const char *text)
{
  g_autoptr (GError) error = NULL;
  JumpPrompt *prompt = read_prompt (text, &error);

  g_assert_no_error (error);
  return prompt;
}

static JumpPart *
get_part (const JumpPrompt *prompt, guint message, guint part)
{
  const JumpMessage *found = g_ptr_array_index (prompt->messages, message);

  g_assert_cmpuint (part, <, found->parts->len);
  return g_ptr_array_index (found->parts, part);
}

/* Rows are the request and what the error says. */
static const struct
{
  const char *request;
  const char *error;
} refusals[] = {
  { "{" ONE ",\"temperature\":\"warm\"}", "temperature: expected number" },
  { "{" ONE ",\"max_tokens\":-1}", "max_tokens: expected integer of at least 0" },
  { "{" ONE ",\"max_tokens\":1.5}", "max_tokens: expected integer of at least 0" },
  { "{" ONE ",\"seed\":true}", "seed: expected integer" },
  { "{" ONE ",\"stop\":5}", "stop: expected string or array of strings" },
  { "{" ONE ",\"stop\":[\"a\",5]}", "stop: expected string or array of strings" },
  { "{" ONE ",\"user\":{}}", "user: expected string" },
  { "{" ONE ",\"metadata\":[]}", "metadata: expected object" },
  { "{" ONE ",\"parallel_tool_calls\":1}", "parallel_tool_calls: expected boolean" },
  { "{" ONE ",\"response_format\":\"json\"}", "response_format: expected object" },
  { "{" ONE ",\"response_format\":{\"type\":\"xml\"}}",
    "response_format.type: expected text, json_object or json_schema" },
  { "{" ONE ",\"response_format\":{\"type\":\"json_schema\"}}",
    "response_format.json_schema: expected object" },
  { "{" ONE ",\"tools\":[{\"type\":\"function\"}]}", "tools[0].name: expected string" },
  { "{" ONE ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"\"}}]}",
    "tools[0].function.name: expected string" },
  { "{" ONE ",\"tools\":[{\"function\":{\"name\":\"a\",\"parameters\":[]}}]}",
    "tools[0].function.parameters: expected object" },
  { "{" ONE ",\"tools\":[5]}", "tools[0].type: expected function" },
  { "{" ONE ",\"functions\":{}}", "functions: expected array" },
  { "{" ONE ",\"tool_choice\":\"sometimes\"}",
    "tool_choice: expected none, auto, required or object" },
  { "{" ONE ",\"tool_choice\":{\"function\":{}}}", "tool_choice.function.name: expected string" },
  { "{\"messages\":[{\"content\":\"x\"}]}", "messages[0].role: expected string" },
  { "{\"messages\":[{\"role\":\"chorus\"}]}",
    "messages[0].role: expected system, developer, user, assistant, tool or function" },
  { "{\"messages\":[{\"role\":\"user\",\"content\":5}]}",
    "messages[0].content: expected string or array" },
  { "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}",
    "messages[0].content[0].text: expected string" },
  { "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
    "messages[0].content[0].image_url.url: expected string" },
  { "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{}}]}]}",
    "messages[0].content[0].file: expected file_data or file_id" },
  { "{\"messages\":[{\"role\":\"user\",\"content\":[\"a\",{\"type\":\"input_audio\","
    "\"input_audio\":{\"data\":\"x\"}}]}]}",
    "messages[0].content[1].type: expected text, image_url or file, input_audio is not "
    "supported" },
  { "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":{}}]}",
    "messages[0].tool_calls: expected array" },
  { "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]}]}",
    "messages[0].tool_calls[0].function: expected object" },
  { "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":5,"
    "\"name\":\"f\"}}]}]}",
    "messages[0].tool_calls[0].function.arguments: expected string" },
  { "{\"messages\":[{\"role\":\"function\",\"content\":\"x\"}]}",
    "messages[0].name: expected string" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_prompt (refusals[i].request, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, refusals[i].error);
    }
}

static void
test_options (void)
{
  g_autoptr (JumpPrompt) prompt = need_prompt (
      "{" ONE ",\"model\":\"m\",\"temperature\":0.5,\"top_p\":1,\"frequency_penalty\":-1,"
      "\"presence_penalty\":2,\"top_k\":40,\"seed\":7,\"max_completion_tokens\":6,"
      "\"max_tokens\":5,\"n\":2,\"stop\":\"END\",\"user\":\"u\",\"safety_identifier\":\"s\","
      "\"prompt_cache_key\":\"k\",\"metadata\":{\"a\":\"b\"},\"parallel_tool_calls\":false,"
      "\"reasoning_effort\":\"low\",\"verbosity\":\"high\",\"stream\":true,"
      "\"stream_options\":{\"include_usage\":true}}");

  g_assert_cmpstr (prompt->model, ==, "m");
  g_assert_cmpfloat (prompt->temperature, ==, 0.5);
  g_assert_cmpfloat (prompt->top_p, ==, 1);
  g_assert_cmpfloat (prompt->frequency_penalty, ==, -1);
  g_assert_cmpfloat (prompt->presence_penalty, ==, 2);
  g_assert_cmpint (prompt->top_k, ==, 40);
  g_assert_cmpint (prompt->seed, ==, 7);
  g_assert_cmpint (prompt->max_tokens, ==, 6);
  g_assert_cmpint (prompt->n, ==, 2);
  g_assert_cmpuint (prompt->stop->len, ==, 1);
  g_assert_cmpstr (prompt->user, ==, "u");
  g_assert_cmpstr (prompt->cache_key, ==, "k");
  g_assert_cmpstr (prompt->metadata, ==, "{\"a\":\"b\"}");
  g_assert_cmpint (prompt->parallel_calls, ==, JUMP_FLAG_FALSE);
  g_assert_cmpstr (prompt->effort, ==, "low");
  g_assert_cmpstr (prompt->verbosity, ==, "high");
  g_assert_true (prompt->stream);
  g_assert_true (prompt->include_usage);
  g_assert_cmpuint (prompt->dropped->len, ==, 0);
}

/* Null is no value, 0 is no limit, whole doubles are integers, and -1 no seed. */
static void
test_absent (void)
{
  g_autoptr (JumpPrompt) prompt =
      need_prompt ("{" ONE ",\"temperature\":null,\"max_tokens\":0,\"max_completion_tokens\":null,"
                   "\"seed\":-1,\"stop\":[\"\"],\"user\":null,\"tools\":null,\"tool_choice\":null,"
                   "\"response_format\":null,\"thinking_budget\":0,\"top_k\":40.0}");

  g_assert_true (isnan (prompt->temperature));
  g_assert_cmpint (prompt->max_tokens, ==, -1);
  g_assert_cmpint (prompt->seed, ==, -1);
  g_assert_cmpuint (prompt->stop->len, ==, 0);
  g_assert_null (prompt->user);
  g_assert_cmpint (prompt->thinking, ==, JUMP_THINKING_OFF);
  g_assert_cmpint (prompt->top_k, ==, 40);
}

static void
test_dropped (void)
{
  g_autoptr (JumpPrompt) prompt = need_prompt (
      "{" ONE ",\"logit_bias\":{\"1\":2},\"logprobs\":false,\"top_logprobs\":3,\"store\":false,"
      "\"service_tier\":\"auto\",\"prediction\":null,\"new_one\":1,\"modalities\":[\"text\"]}");
  g_autofree char *names = NULL;

  g_ptr_array_add (prompt->dropped, NULL);
  names = g_strjoinv (",", (GStrv) prompt->dropped->pdata);
  g_assert_cmpstr (names, ==, "logit_bias,top_logprobs,new_one,modalities");
}

static void
test_parts (void)
{
  g_autoptr (JumpPrompt) prompt = need_prompt (
      "{\"messages\":[{\"role\":\"user\",\"content\":[\"plain\",{\"text\":\"bare\"},"
      "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QQ==\","
      "\"detail\":\"low\"}},{\"type\":\"input_image\",\"image_url\":\"https://x/y.png\"},"
      "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/gif\","
      "\"data\":\"QQ==\"}},{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":"
      "\"data:application/pdf;base64,QQ==\"},\"cache_control\":{\"type\":\"ephemeral\"}}]}]}");

  g_assert_cmpstr (get_part (prompt, 0, 0)->text, ==, "plain");
  g_assert_cmpstr (get_part (prompt, 0, 1)->text, ==, "bare");
  g_assert_cmpstr (get_part (prompt, 0, 2)->media_type, ==, "image/png");
  g_assert_cmpstr (get_part (prompt, 0, 2)->data, ==, "QQ==");
  g_assert_cmpstr (get_part (prompt, 0, 2)->detail, ==, "low");
  g_assert_cmpstr (get_part (prompt, 0, 3)->url, ==, "https://x/y.png");
  g_assert_cmpstr (get_part (prompt, 0, 4)->media_type, ==, "image/gif");
  g_assert_cmpint (get_part (prompt, 0, 5)->kind, ==, JUMP_PART_FILE);
  g_assert_cmpstr (get_part (prompt, 0, 5)->file_name, ==, "a.pdf");
  g_assert_cmpstr (get_part (prompt, 0, 5)->media_type, ==, "application/pdf");
  g_assert_cmpstr (get_part (prompt, 0, 5)->cache_marker, ==, "{\"type\":\"ephemeral\"}");
}

/* Every name that visible reasoning has, and state as it comes and sealed. */
static void
test_reasoning (void)
{
  static const char *const names[] = { "reasoning_content", "reasoning_text", "reasoning" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"messages\":[{\"role\":\"assistant\",\"content\":\"7\",\"%s\":\"hm\","
                           "\"reasoning_opaque\":\"%s\"},{\"role\":\"user\",\"content\":\"?\"}]}",
                           names[i],
                           i == 0 ? "jumpseat1.signature.m.sig" : "bare==");
      g_autoptr (JumpPrompt) prompt = need_prompt (text);
      const JumpPart *part = get_part (prompt, 0, 0);

      g_assert_cmpint (part->kind, ==, JUMP_PART_REASONING);
      g_assert_cmpstr (part->text, ==, "hm");
      g_assert_cmpint (part->state.kind,
                       ==,
                       i == 0 ? JUMP_REASONING_SIGNATURE : JUMP_REASONING_OPAQUE);
      g_assert_cmpstr (part->state.data, ==, i == 0 ? "sig" : "bare==");
      g_assert_true (prompt->wants_state);
      g_assert_cmpstr (get_part (prompt, 0, 1)->text, ==, "7");
    }
}

static void
test_calls (void)
{
  g_autoptr (JumpPrompt) prompt = need_prompt (
      "{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
      "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},"
      "{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":{\"x\":1},"
      "\"thought_signature\":\"sig\"}},"
      "{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"input\":\"***\"}}]},"
      "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"done\"}]}");

  g_assert_cmpstr (get_part (prompt, 0, 0)->arguments, ==, "{}");
  g_assert_cmpstr (get_part (prompt, 0, 1)->arguments, ==, "{\"x\":1}");
  g_assert_cmpstr (get_part (prompt, 0, 1)->call_state, ==, "sig");
  g_assert_cmpint (get_part (prompt, 0, 2)->tool_kind, ==, JUMP_TOOL_CUSTOM);
  g_assert_cmpstr (get_part (prompt, 0, 2)->arguments, ==, "***");
  g_assert_cmpstr (get_part (prompt, 1, 0)->name, ==, "p");
  g_assert_cmpint (get_part (prompt, 1, 0)->tool_kind, ==, JUMP_TOOL_CUSTOM);
}

static void
test_choices (void)
{
  static const struct
  {
    const char *choice;
    JumpChoice expected;
    const char *name;
  } rows[] = {
    { "\"auto\"", JUMP_CHOICE_AUTO, NULL },
    { "\"none\"", JUMP_CHOICE_NONE, NULL },
    { "\"required\"", JUMP_CHOICE_REQUIRED, NULL },
    { "\"any\"", JUMP_CHOICE_REQUIRED, NULL },
    { "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", JUMP_CHOICE_NAMED, "f" },
    { "{\"type\":\"custom\",\"custom\":{\"name\":\"p\"}}", JUMP_CHOICE_NAMED, "p" },
    { "{\"type\":\"function\",\"name\":\"f\"}", JUMP_CHOICE_NAMED, "f" },
    { "{\"type\":\"web_search\"}", JUMP_CHOICE_UNSET, NULL },
    { "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[]}}",
      JUMP_CHOICE_REQUIRED,
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{" ONE ",\"tool_choice\":%s}", rows[i].choice);
      g_autoptr (JumpPrompt) prompt = need_prompt (text);

      g_assert_cmpint (prompt->choice, ==, rows[i].expected);
      g_assert_cmpstr (prompt->choice_name, ==, rows[i].name);
    }
}

static void
test_tools (void)
{
  g_autoptr (JumpPrompt) prompt =
      need_prompt ("{" ONE ",\"tools\":[{\"type\":\"function\",\"name\":\"flat\",\"strict\":true},"
                   "{\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"description\":\"d\"}},"
                   "{\"type\":\"web_search\",\"filters\":{}}]}");
  const JumpTool *flat = g_ptr_array_index (prompt->tools, 0);
  const JumpTool *custom = g_ptr_array_index (prompt->tools, 1);
  const JumpTool *hosted = g_ptr_array_index (prompt->tools, 2);

  g_assert_cmpstr (flat->name, ==, "flat");
  g_assert_cmpint (flat->is_strict, ==, JUMP_FLAG_TRUE);
  g_assert_cmpint (custom->kind, ==, JUMP_TOOL_CUSTOM);
  g_assert_cmpstr (custom->description, ==, "d");
  g_assert_nonnull (custom->json);
  g_assert_cmpint (hosted->kind, ==, JUMP_TOOL_HOSTED);
  g_assert_cmpstr (hosted->type, ==, "web_search");
  g_assert_cmpstr (hosted->json, ==, "{\"type\":\"web_search\",\"filters\":{}}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-chat-prompt/refusals", test_refusals);
  g_test_add_func ("/openai-chat-prompt/options", test_options);
  g_test_add_func ("/openai-chat-prompt/absent", test_absent);
  g_test_add_func ("/openai-chat-prompt/dropped", test_dropped);
  g_test_add_func ("/openai-chat-prompt/parts", test_parts);
  g_test_add_func ("/openai-chat-prompt/reasoning", test_reasoning);
  g_test_add_func ("/openai-chat-prompt/calls", test_calls);
  g_test_add_func ("/openai-chat-prompt/choices", test_choices);
  g_test_add_func ("/openai-chat-prompt/tools", test_tools);
  return g_test_run ();
}
