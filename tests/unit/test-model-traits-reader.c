/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/relay/claude-version.h"
#include "service/relay/model-traits-reader.h"

static void
test_known (void)
{
  g_autoptr (JsonNode) node = jump_json_parse (
      "{\"id\":\"some-claude\",\"vendor\":\"Anthropic\",\"capabilities\":{\"limits\":"
      "{\"max_context_window_tokens\":200000,\"max_prompt_tokens\":168000,"
      "\"max_output_tokens\":32000,\"vision\":{\"max_prompt_images\":5,\"max_prompt_image_size\":7}},"
      "\"supports\":{\"tool_calls\":true,\"vision\":true,\"adaptive_thinking\":\"unsupported\","
      "\"min_thinking_budget\":1024,\"max_thinking_budget\":32000,"
      "\"reasoning_effort\":[\"low\",\"high\"]}}}",
      -1,
      NULL);
  g_autoptr (JumpModel) model = jump_model_new_from_json (node);
  JumpModelTraits traits;

  jump_model_traits_read (&traits, "some-claude", model);
  g_assert_cmpstr (traits.id, ==, "some-claude");
  g_assert_true (traits.is_claude);
  g_assert_true (traits.is_known);
  g_assert_false (traits.is_reasoning);
  g_assert_true (traits.takes_tools);
  g_assert_true (traits.takes_images);
  g_assert_false (traits.takes_parallel_calls);
  g_assert_false (traits.takes_schema);
  g_assert_false (traits.thinks_adaptively);
  g_assert_cmpint (traits.min_thinking_budget, ==, 1024);
  g_assert_cmpint (traits.max_thinking_budget, ==, 32000);
  g_assert_cmpstr (traits.efforts[1], ==, "high");
  g_assert_cmpint (traits.context_window, ==, 200000);
  g_assert_cmpint (traits.max_prompt_tokens, ==, 168000);
  g_assert_cmpint (traits.max_output_tokens, ==, 32000);
  g_assert_cmpuint (traits.max_images, ==, 5);
  g_assert_cmpint (traits.max_image_bytes, ==, 7);
}

static void
test_unknown (void)
{
  JumpModelTraits traits;

  jump_model_traits_read (&traits, "claude-next", NULL);
  g_assert_true (traits.is_claude);
  g_assert_false (traits.is_known);
  g_assert_true (traits.takes_tools);
  g_assert_true (traits.takes_schema);
  g_assert_null (traits.efforts);
  jump_model_traits_read (&traits, "gpt-5.9", NULL);
  g_assert_false (traits.is_claude);
  g_assert_true (traits.is_reasoning);
}

static void
test_claude_version (void)
{
  static const struct
  {
    const char *id;
    gboolean is_from_4_7;
  } rows[] = {
    { "claude-opus-4.7", TRUE },
    { "claude-opus-4-8", TRUE },
    { "claude-opus-4.8-20260801", TRUE },
    { "claude-sonnet-5", TRUE },
    { "claude-sonnet-5-20260101", TRUE },
    { "claude-opus-4.10", TRUE },
    { "Claude-Fable-5", TRUE },
    { "claude-opus-4.6-1m", FALSE },
    { "claude-opus-4.6", FALSE },
    { "claude-sonnet-4", FALSE },
    { "claude-sonnet-4-20250514", FALSE },
    { "claude-3-5-sonnet-20241022", FALSE },
    { "claude-opus", FALSE },
    { "claude", FALSE },
    { "gpt-5", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].id);
      g_assert_cmpint (jump_claude_is_from (rows[i].id, 4, 7), ==, rows[i].is_from_4_7);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-traits-reader/known", test_known);
  g_test_add_func ("/model-traits-reader/unknown", test_unknown);
  g_test_add_func ("/model-traits-reader/claude-version", test_claude_version);
  return g_test_run ();
}
