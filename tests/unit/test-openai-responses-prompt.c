/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/dialect.h"

#include <string.h>

#define REASONING_TAIL "\"include\":[\"reasoning.encrypted_content\"],"
#define TAIL           "\"store\":false,\"stream\":false}"
#define HEAD           "{\"model\":\"gpt-5.5\","
#define INPUT                                                        \
  "\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[" \
  "{\"type\":\"input_text\",\"text\":\"x\"}]}],"

static const char *const efforts[] = { "low", "medium", "high", NULL };

/* Requests of this API through the common form and back. */
static const struct
{
  const char *request;
  gboolean is_reasoning;
  const char *written;
  const char *changes;
} rows[] = {
  { "{\"input\":\"x\"}", FALSE, HEAD INPUT TAIL, "" },
  { "{\"instructions\":\"be\",\"input\":[{\"role\":\"system\",\"content\":\"kind\"},"
    "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"now\"}]}",
    FALSE,
    HEAD "\"instructions\":\"be\\n\\nkind\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
         "\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]},{\"type\":\"message\","
         "\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"now\"}]}]," TAIL,
    "" },
  /* Without a turn there would be no input: the system text is that then. */
  { "{\"input\":[{\"role\":\"system\",\"content\":\"be\"}]}",
    FALSE,
    HEAD "\"input\":[{\"type\":\"message\",\"role\":\"developer\",\"content\":["
         "{\"type\":\"input_text\",\"text\":\"be\"}]}]," TAIL,
    "" },
  { "{\"input\":\"x\",\"max_output_tokens\":1}",
    FALSE,
    HEAD INPUT "\"max_output_tokens\":16," TAIL,
    "max-output-raised" },
  { "{\"input\":\"x\",\"max_output_tokens\":999999}",
    FALSE,
    HEAD INPUT "\"max_output_tokens\":64000," TAIL,
    "max-output-lowered" },
  { "{\"input\":\"x\",\"temperature\":0.5,\"top_p\":1}",
    FALSE,
    HEAD INPUT "\"temperature\":0.5,\"top_p\":1.0," TAIL,
    "" },
  { "{\"input\":\"x\",\"temperature\":0.5,\"top_p\":1}",
    TRUE,
    HEAD INPUT "\"top_p\":1.0," REASONING_TAIL TAIL,
    "dropped:temperature" },
  { "{\"input\":\"x\",\"reasoning\":{\"effort\":\"xhigh\",\"summary\":\"concise\"}}",
    TRUE,
    HEAD INPUT "\"reasoning\":{\"effort\":\"high\",\"summary\":\"concise\"}," REASONING_TAIL TAIL,
    "effort-clamped" },
  { "{\"input\":\"x\",\"reasoning\":{\"effort\":\"low\"}}",
    TRUE,
    HEAD INPUT "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}," REASONING_TAIL TAIL,
    "" },
  { "{\"input\":\"x\",\"reasoning\":{\"effort\":\"low\"}}",
    FALSE,
    HEAD INPUT TAIL,
    "effort-dropped" },
  { "{\"input\":\"x\",\"text\":{\"verbosity\":\"low\",\"format\":{\"type\":\"json_schema\","
    "\"name\":\"a b\",\"schema\":{\"type\":\"object\"},\"strict\":true}}}",
    FALSE,
    HEAD INPUT "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a_b\","
               "\"schema\":{\"type\":\"object\"},\"strict\":true},\"verbosity\":\"low\"}," TAIL,
    "" },
  { "{\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\"}}}",
    FALSE,
    HEAD INPUT "\"text\":{\"format\":{\"type\":\"json_object\"}}," TAIL,
    "" },
  { "{\"input\":\"x\",\"user\":\"u\",\"metadata\":{},\"client_metadata\":{},\"new\":1,"
    "\"nothing\":null,\"service_tier\":\"flex\",\"include\":[\"file_search_call.results\"]}",
    FALSE,
    HEAD INPUT TAIL,
    "dropped:user,dropped:metadata,dropped:client_metadata,dropped:new,dropped:service_tier,"
    "dropped:include" },
  { "{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"name\":\"f\"}],"
    "\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},\"parallel_tool_calls\":false}",
    FALSE,
    HEAD INPUT "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":"
               "{\"type\":\"object\",\"properties\":{}},\"strict\":false}],"
               "\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},"
               "\"parallel_tool_calls\":false," TAIL,
    "hosted-tool-removed:web_search" },
  { "{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}],\"tool_choice\":\"required\"}",
    FALSE,
    HEAD INPUT TAIL,
    "hosted-tool-removed:web_search" },
  { "{\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"strict\":true,"
    "\"parameters\":{}},{\"type\":\"function\",\"name\":\"g\"}],\"tool_choice\":"
    "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":"
    "[{\"type\":\"function\",\"name\":\"f\"}]}}",
    FALSE,
    HEAD INPUT "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{},"
               "\"strict\":true}],\"tool_choice\":\"required\"," TAIL,
    "" },
  { "{\"input\":[{\"type\":\"compaction\",\"id\":\"c\",\"encrypted_content\":\"e\"},"
    "{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"mystery\"}]}",
    FALSE,
    HEAD "\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"e\"},{\"type\":\"message\","
         "\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}]," TAIL,
    "dropped:mystery" },
  /* What other models made of their reasoning, and envelopes that nobody can read, stay here. */
  { "{\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
    "\"encrypted_content\":\"gAAA\"},{\"type\":\"reasoning\",\"summary\":[],"
    "\"encrypted_content\":\"jumpseat1.signature.claude.sig\"},{\"type\":\"reasoning\","
    "\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}],"
    "\"encrypted_content\":\"jumpseat9.x\"},{\"role\":\"user\",\"content\":\"x\"}]}",
    FALSE,
    HEAD "\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA\"},"
         "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
         "\"text\":\"x\"}]}]," TAIL,
    "reasoning-dropped,dropped:encrypted_content" },
};

static JumpPrompt *
read_prompt (const char *request)
{
  g_autoptr (GError) error = NULL;
  JumpRequestFacts facts;
  JumpPrompt *prompt;

  g_test_message ("%s", request);
  g_assert_true (jump_dialect_responses.scan (&facts, request, strlen (request), &error));
  g_assert_no_error (error);
  prompt = jump_dialect_responses.read_prompt (request, strlen (request), &error);
  g_assert_no_error (error);
  return prompt;
}

/* Returns: (transfer full): the body */
static char *
write_prompt (const JumpPrompt *prompt, gboolean is_reasoning, JumpChanges *changes)
{
  JumpModelTraits traits = { .id = "gpt-5.5",
                             .is_known = TRUE,
                             .is_reasoning = is_reasoning,
                             .efforts = is_reasoning ? efforts : NULL,
                             .max_output_tokens = 64000 };
  g_autoptr (JumpToolNames) names = jump_tool_names_new (prompt);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
      jump_dialect_responses.write_prompt (prompt, &traits, names, changes, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpPrompt) prompt = read_prompt (rows[i].request);
      g_auto (JumpChanges) changes = { NULL };
      g_autofree char *body = write_prompt (prompt, rows[i].is_reasoning, &changes);

      g_assert_cmpstr (body, ==, rows[i].written);
      g_assert_cmpstr (jump_changes_get (&changes), ==, rows[i].changes);
    }
}

/* What other dialects' clients ask and this one cannot. */
static void
test_foreign (void)
{
  g_autoptr (JumpPrompt) prompt = read_prompt ("{\"input\":\"x\"}");
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *body = NULL;

  g_ptr_array_add (prompt->stop, g_strdup ("END"));
  prompt->top_k = 5;
  prompt->seed = 7;
  prompt->frequency_penalty = 0;
  prompt->thinking = JUMP_THINKING_BUDGET;
  prompt->thinking_budget = 5000;
  body = write_prompt (prompt, TRUE, &changes);
  g_assert_cmpstr (
      body,
      ==,
      HEAD INPUT "\"reasoning\":{\"effort\":\"medium\",\"summary\":\"auto\"}," REASONING_TAIL TAIL);
  g_assert_cmpstr (jump_changes_get (&changes),
                   ==,
                   "dropped:stop,dropped:top_k,dropped:seed,dropped:frequency_penalty");
}

static void
test_alternatives (void)
{
  g_autoptr (JumpPrompt) prompt = read_prompt ("{\"input\":\"x\"}");
  g_autoptr (JumpToolNames) names = jump_tool_names_new (prompt);
  JumpModelTraits traits = { .id = "gpt-5.5" };
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) error = NULL;

  prompt->n = 2;
  g_assert_null (jump_dialect_responses.write_prompt (prompt, &traits, names, &changes, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_true (g_str_has_prefix (error->message, "n: "));
}

static JumpPart *
add_result (JumpPrompt *prompt, const char *id, const char *text, gboolean is_error)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_USER));
  JumpPart *result = jump_message_add (message, jump_part_new (JUMP_PART_TOOL_RESULT));

  result->call_id = g_strdup (id);
  result->is_error = is_error;
  result->content = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  g_ptr_array_add (result->content, jump_part_new_text (text));
  return result;
}

static void
test_results (void)
{
  g_autofree char *long_id = g_strnfill (100, 'i');
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *body = NULL;
  JumpPart *image;

  add_result (prompt, "a", "no such file", TRUE);
  add_result (prompt, "b", "<tool_use_error>no</tool_use_error>", TRUE);
  add_result (prompt, long_id, "x", FALSE);
  image = jump_part_new (JUMP_PART_IMAGE);
  jump_part_set_address (image, "data:image/png;base64,AA==");
  g_ptr_array_add (add_result (prompt, "c", "seen", TRUE)->content, image);
  body = write_prompt (prompt, FALSE, &changes);
  g_assert_cmpstr (
      body,
      ==,
      HEAD "\"input\":["
           "{\"type\":\"function_call_output\",\"call_id\":\"a\","
           "\"output\":\"Error: no such file\"},"
           "{\"type\":\"function_call_output\",\"call_id\":\"b\","
           "\"output\":\"<tool_use_error>no</tool_use_error>\"},"
           "{\"type\":\"function_call_output\","
           "\"call_id\":\"call_0815cac9b85e543ab023aafd465af99b2dc20acb\",\"output\":\"x\"},"
           "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":["
           "{\"type\":\"input_text\",\"text\":\"Error:\"},"
           "{\"type\":\"input_text\",\"text\":\"seen\"},"
           "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AA==\","
           "\"detail\":\"auto\"}]}]," TAIL);
}

static const struct
{
  const char *request;
  const char *message;
} errors[] = {
  { "{\"input\":[{\"role\":\"boss\"}]}",
    "input[0].role: expected user, assistant, developer or system" },
  { "{\"input\":[{\"content\":\"x\"}]}", "input[0].type: expected string" },
  { "{\"input\":[{\"role\":\"user\",\"content\":5}]}",
    "input[0].content: expected string or array" },
  { "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]}",
    "input[0].content[0].text: expected string" },
  { "{\"input\":[{\"role\":\"user\",\"content\":[\"a\",{\"type\":\"input_image\"}]}]}",
    "input[0].content[1].image_url: expected string" },
  { "{\"input\":[{\"type\":\"function_call\"}]}", "input[0].name: expected string" },
  { "{\"input\":[{\"type\":\"item_reference\",\"id\":\"a\"}]}",
    "input[0].type: expected the item itself, references are not kept" },
  { "{\"input\":\"x\",\"instructions\":[]}", "instructions: expected string" },
  { "{\"input\":\"x\",\"temperature\":\"hot\"}", "temperature: expected number" },
  { "{\"input\":\"x\",\"max_output_tokens\":0}",
    "max_output_tokens: expected integer of at least 1" },
  { "{\"input\":\"x\",\"tools\":[{\"type\":\"function\"}]}",
    "tools[0].name: expected string that is not empty" },
  { "{\"input\":\"x\",\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{}]}]}",
    "tools[0].tools[0].type: expected string" },
  { "{\"input\":\"x\",\"tool_choice\":\"maybe\"}",
    "tool_choice: expected auto, none, required or an object" },
  { "{\"input\":\"x\",\"text\":{\"format\":{\"type\":\"xml\"}}}",
    "text.format.type: expected text, json_object or json_schema" },
  { "{\"input\":\"x\",\"conversation\":\"c\"}",
    "conversation: expected the items themselves in input, conversations are not kept" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_dialect_responses.read_prompt (errors[i].request,
                                                         strlen (errors[i].request),
                                                         &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

static void
test_echo (void)
{
  g_autoptr (JumpPrompt) prompt =
      read_prompt ("{\"instructions\":\"be\",\"input\":\"x\",\"temperature\":0.5,\"tools\":"
                   "[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\n\"a\":\n1}}],"
                   "\"metadata\":{\"k\":\n\"v\"},\"reasoning\":{\"effort\":\"low\"}}");
  g_autofree char *echo = jump_dialect_responses.make_echo (prompt);

  g_assert_cmpstr (echo,
                   ==,
                   "\"instructions\":\"be\",\"metadata\":{\"k\": \"v\"},"
                   "\"reasoning\":{\"effort\":\"low\",\"summary\":null},\"temperature\":0.5,"
                   "\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\","
                   "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{ \"a\": 1},"
                   "\"strict\":false}]");
}

static void
test_long_echo (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *request = g_strdup_printf ("{\"instructions\":\"%s\",\"input\":\"x\"}", text);
  g_autoptr (JumpPrompt) prompt = read_prompt (request);
  g_autofree char *echo = jump_dialect_responses.make_echo (prompt);

  g_assert_null (strstr (echo, "instructions"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-responses-prompt/rows", test_rows);
  g_test_add_func ("/openai-responses-prompt/foreign", test_foreign);
  g_test_add_func ("/openai-responses-prompt/alternatives", test_alternatives);
  g_test_add_func ("/openai-responses-prompt/results", test_results);
  g_test_add_func ("/openai-responses-prompt/errors", test_errors);
  g_test_add_func ("/openai-responses-prompt/echo", test_echo);
  g_test_add_func ("/openai-responses-prompt/long-echo", test_long_echo);
  return g_test_run ();
}
