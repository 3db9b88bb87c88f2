/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/models/model.h"

static JumpModel *
read_model (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jump_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return jump_model_new_from_json (node);
}

static void
test_full (void)
{
  g_autoptr (JumpModel) model = read_model (
      "{\"id\":\"claude-sonnet-4.6\",\"name\":\"Claude Sonnet 4.6\",\"object\":\"model\","
      "\"vendor\":\"Anthropic\",\"version\":\"claude-sonnet-4.6\",\"preview\":true,"
      "\"is_chat_default\":true,\"created\":1750000000,"
      "\"supported_endpoints\":[\"/chat/completions\",\"/v1/messages\"],"
      "\"policy\":{\"state\":\"enabled\",\"terms\":\"…\"},"
      "\"capabilities\":{\"type\":\"chat\",\"family\":\"claude-sonnet-4.6\","
      "\"limits\":{\"max_context_window_tokens\":200000,\"max_prompt_tokens\":168000.0,"
      "\"max_output_tokens\":32000},"
      "\"supports\":{\"tool_calls\":true,\"vision\":true,\"reasoning_effort\":[\"low\"]}},"
      "\"unknown\":{\"kept\":1}}");

  g_assert_cmpstr (jump_model_get_id (model), ==, "claude-sonnet-4.6");
  g_assert_cmpstr (jump_model_get_name (model), ==, "Claude Sonnet 4.6");
  g_assert_cmpstr (jump_model_get_vendor (model), ==, "Anthropic");
  g_assert_cmpstr (jump_model_get_family (model), ==, "claude-sonnet-4.6");
  g_assert_cmpstr (jump_model_get_version (model), ==, "claude-sonnet-4.6");
  g_assert_cmpstr (jump_model_get_kind (model), ==, "chat");
  g_assert_cmpint (jump_model_get_endpoints (model),
                   ==,
                   JUMP_ENDPOINT_CHAT | JUMP_ENDPOINT_MESSAGES);
  g_assert_cmpint (jump_model_get_context_window (model), ==, 200000);
  g_assert_cmpint (jump_model_get_max_prompt_tokens (model), ==, 168000);
  g_assert_cmpint (jump_model_get_max_output_tokens (model), ==, 32000);
  g_assert_cmpint (jump_model_get_created (model), ==, 1750000000);
  g_assert_true (jump_model_get_is_preview (model));
  g_assert_true (jump_model_get_is_enabled (model));
  g_assert_true (jump_model_get_is_default (model));
  g_assert_true (
      json_object_has_member (json_node_get_object (jump_model_get_json (model)), "unknown"));
}

static void
test_bare (void)
{
  g_autoptr (JumpModel) model = read_model ("{\"id\":\"x\"}");

  g_assert_cmpstr (jump_model_get_name (model), ==, "x");
  g_assert_cmpstr (jump_model_get_vendor (model), ==, "unknown");
  g_assert_null (jump_model_get_family (model));
  g_assert_null (jump_model_get_version (model));
  g_assert_cmpstr (jump_model_get_kind (model), ==, "chat");
  g_assert_cmpint (jump_model_get_endpoints (model), ==, JUMP_ENDPOINT_CHAT);
  g_assert_cmpint (jump_model_get_context_window (model), ==, 0);
  g_assert_cmpint (jump_model_get_created (model), ==, 0);
  g_assert_false (jump_model_get_is_preview (model));
  g_assert_true (jump_model_get_is_enabled (model));
  g_assert_false (jump_model_get_is_default (model));
  g_assert_false (jump_model_get_supports (model, "tool_calls"));
}

static void
test_odd_types (void)
{
  g_autoptr (JumpModel) model = read_model (
      "{\"id\":\"x\",\"name\":7,\"vendor\":null,\"version\":[],\"preview\":\"no\","
      "\"supported_endpoints\":\"/responses\",\"policy\":\"disabled\",\"created\":\"soon\","
      "\"capabilities\":{\"type\":{},\"limits\":{\"max_context_window_tokens\":-5,"
      "\"max_prompt_tokens\":\"many\"},\"supports\":[1]}}");

  g_assert_cmpstr (jump_model_get_name (model), ==, "x");
  g_assert_cmpstr (jump_model_get_vendor (model), ==, "unknown");
  g_assert_null (jump_model_get_version (model));
  g_assert_cmpint (jump_model_get_endpoints (model), ==, JUMP_ENDPOINT_CHAT);
  g_assert_cmpint (jump_model_get_context_window (model), ==, 0);
  g_assert_cmpint (jump_model_get_max_prompt_tokens (model), ==, 0);
  g_assert_cmpint (jump_model_get_created (model), ==, 0);
  g_assert_false (jump_model_get_is_preview (model));
  g_assert_true (jump_model_get_is_enabled (model));
  g_assert_false (jump_model_get_supports (model, "vision"));
}

static void
test_no_model (void)
{
  static const char *const rows[] = {
    "{}", "{\"id\":\"\"}", "{\"id\":4}", "{\"id\":null}", "[]", "\"gpt-4o\"", "null",
  };

  g_assert_null (jump_model_new_from_json (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_null (read_model (rows[i]));
}

static void
test_endpoints (void)
{
  static const struct
  {
    const char *json;
    JumpModelEndpoints endpoints;
  } rows[] = {
    { "\"supported_endpoints\":[\"/responses\",\"ws:/responses\"]", JUMP_ENDPOINT_RESPONSES },
    { "\"supported_endpoints\":[\"/v1/chat/completions\",\"/v1/responses\"]",
      JUMP_ENDPOINT_CHAT | JUMP_ENDPOINT_RESPONSES },
    { "\"supported_endpoints\":[\"chat/completions/\",\"/Messages\",3]",
      JUMP_ENDPOINT_CHAT | JUMP_ENDPOINT_MESSAGES },
    { "\"supported_endpoints\":[\"/v1/embeddings\"]", JUMP_ENDPOINT_EMBEDDINGS },
    { "\"supported_endpoints\":[]", JUMP_ENDPOINT_CHAT },
    { "\"supported_endpoints\":[\"/v3/thoughts\",\"ws:/responses\",\"\",\"/\"]", 0 },
    { "\"capabilities\":{\"type\":\"embeddings\"}", JUMP_ENDPOINT_EMBEDDINGS },
    { "\"capabilities\":{\"type\":\"completion\"}", 0 },
    { "\"capabilities\":{\"type\":\"embeddings\"},\"supported_endpoints\":[\"/responses\"]",
      JUMP_ENDPOINT_RESPONSES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"x\",%s}", rows[i].json);
      g_autoptr (JumpModel) model = read_model (json);

      g_test_message ("%s", json);
      g_assert_cmpint (jump_model_get_endpoints (model), ==, rows[i].endpoints);
    }
}

static void
test_supports (void)
{
  static const struct
  {
    const char *value;
    gboolean is_supported;
  } rows[] = {
    { "true", TRUE },
    { "false", FALSE },
    { "null", FALSE },
    { "\"unsupported\"", FALSE },
    { "\"Unsupported\"", FALSE },
    { "\"\"", FALSE },
    { "\"none\"", FALSE },
    { "\"supported\"", TRUE },
    { "1", TRUE },
    { "0", FALSE },
    { "1.5", TRUE },
    { "[]", FALSE },
    { "[\"low\"]", TRUE },
    { "{}", FALSE },
    { "{\"min\":1}", TRUE },
    { "{\"supported\":false,\"min\":1}", FALSE },
    { "{\"enabled\":true}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"id\":\"x\",\"capabilities\":{\"supports\":{\"thinking\":%s}}}",
                           rows[i].value);
      g_autoptr (JumpModel) model = read_model (json);

      g_test_message ("%s", rows[i].value);
      g_assert_cmpint (jump_model_get_supports (model, "thinking"), ==, rows[i].is_supported);
      g_assert_false (jump_model_get_supports (model, "vision"));
    }
}

static void
test_policy_and_dates (void)
{
  static const struct
  {
    const char *json;
    gboolean is_enabled;
    gint64 created;
  } rows[] = {
    { "\"policy\":{\"state\":\"enabled\"}", TRUE, 0 },
    { "\"policy\":{\"state\":\"disabled\"}", FALSE, 0 },
    { "\"policy\":{\"state\":\"unconfigured\"}", FALSE, 0 },
    { "\"policy\":{\"terms\":\"…\"}", TRUE, 0 },
    { "\"policy\":null", TRUE, 0 },
    { "\"created_at\":\"1970-01-02T00:00:00Z\"", TRUE, 86400 },
    { "\"created_at\":\"yesterday\"", TRUE, 0 },
    { "\"created_at\":12", TRUE, 12 },
    { "\"created\":-1", TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"id\":\"x\",%s}", rows[i].json);
      g_autoptr (JumpModel) model = read_model (json);

      g_test_message ("%s", json);
      g_assert_cmpint (jump_model_get_is_enabled (model), ==, rows[i].is_enabled);
      g_assert_cmpint (jump_model_get_created (model), ==, rows[i].created);
    }
}

static void
test_reasoning (void)
{
  g_autoptr (JumpModel) full = read_model (
      "{\"id\":\"x\",\"capabilities\":{\"limits\":{\"max_inputs\":512,"
      "\"vision\":{\"max_prompt_images\":5,\"max_prompt_image_size\":3145728}},\"supports\":{\"min_thinking_budget\":1024,"
      "\"max_thinking_budget\":32000,\"reasoning_effort\":[\"low\",1,\"max\"]}}}");
  g_autoptr (JumpModel) bare = read_model ("{\"id\":\"x\",\"capabilities\":{\"supports\":"
                                           "{\"reasoning_effort\":\"unsupported\"}}}");
  const char *const *efforts = jump_model_get_efforts (full);

  g_assert_cmpint (jump_model_get_min_thinking_budget (full), ==, 1024);
  g_assert_cmpint (jump_model_get_max_thinking_budget (full), ==, 32000);
  g_assert_cmpuint (jump_model_get_max_images (full), ==, 5);
  g_assert_cmpint (jump_model_get_max_image_bytes (full), ==, 3145728);
  g_assert_cmpuint (jump_model_get_max_inputs (full), ==, 512);
  g_assert_cmpuint (g_strv_length ((GStrv) efforts), ==, 2);
  g_assert_cmpstr (efforts[0], ==, "low");
  g_assert_cmpstr (efforts[1], ==, "max");
  g_assert_null (jump_model_get_efforts (bare));
  g_assert_cmpint (jump_model_get_max_thinking_budget (bare), ==, 0);
  g_assert_cmpuint (jump_model_get_max_images (bare), ==, 0);
  g_assert_cmpint (jump_model_get_max_image_bytes (bare), ==, 0);
  g_assert_cmpuint (jump_model_get_max_inputs (bare), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/full", test_full);
  g_test_add_func ("/model/bare", test_bare);
  g_test_add_func ("/model/odd-types", test_odd_types);
  g_test_add_func ("/model/no-model", test_no_model);
  g_test_add_func ("/model/endpoints", test_endpoints);
  g_test_add_func ("/model/supports", test_supports);
  g_test_add_func ("/model/policy-and-dates", test_policy_and_dates);
  g_test_add_func ("/model/reasoning", test_reasoning);
  return g_test_run ();
}
