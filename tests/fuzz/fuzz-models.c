/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-models.h"

#include "service/base/json-read.h"

#include <string.h>

#define ENTRY(id, vendor, limits, supports)                                  \
  "{\"id\":\"" id "\",\"vendor\":\"" vendor "\",\"capabilities\":{\"type\":" \
  "\"chat\",\"limits\":{" limits "},\"supports\":{\"streaming\":true" supports "}}}"
#define TOOLS ",\"tool_calls\":true,\"parallel_tool_calls\":true"

static const char *const entries[FUZZ_N_MODELS] = {
  /* thinks adaptively */
  ENTRY ("claude-sonnet-4.6",
         "Anthropic",
         "\"max_output_tokens\":32000,\"vision\":{\"max_prompt_images\":5}",
         TOOLS ",\"vision\":true,\"adaptive_thinking\":true,\"reasoning_effort\":[\"low\","
               "\"medium\",\"high\"],\"structured_outputs\":true"),
  /* thinks with a budget */
  ENTRY ("claude-haiku-4.5",
         "Anthropic",
         "\"max_output_tokens\":64000,\"vision\":{\"max_prompt_images\":1}",
         TOOLS ",\"vision\":true,\"min_thinking_budget\":1024,\"max_thinking_budget\":32000"),
  ENTRY ("gpt-5.5",
         "OpenAI",
         "\"max_output_tokens\":128000",
         TOOLS ",\"vision\":true,\"reasoning_effort\":[\"low\",\"high\",\"xhigh\"],"
               "\"structured_outputs\":true"),
  ENTRY ("gpt-4o",
         "Azure OpenAI",
         "\"max_output_tokens\":4096,\"vision\":{\"max_prompt_images\":1}",
         TOOLS ",\"vision\":true,\"structured_outputs\":true"),
  /* takes next to nothing */
  ENTRY ("plain", "Nobody", "", ""),
  NULL,
};

void
fuzz_models_init (FuzzModel *models)
{
  for (guint i = 0; i < FUZZ_N_MODELS; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (JsonObject) object = NULL;
      g_autoptr (GError) error = NULL;

      models[i] = (FuzzModel){ "unheard-of", NULL };
      if (entries[i] == NULL)
        continue;
      object = jump_json_parse_object (entries[i], (gssize) strlen (entries[i]), &error);
      g_assert_no_error (error);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, object);
      models[i].model = jump_model_new_from_json (node);
      g_assert_nonnull (models[i].model);
      models[i].id = jump_model_get_id (models[i].model);
    }
}

void
fuzz_models_clear (FuzzModel *models)
{
  for (guint i = 0; i < FUZZ_N_MODELS; i++)
    g_clear_object (&models[i].model);
}
