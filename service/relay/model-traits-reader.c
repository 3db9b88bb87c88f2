/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/model-traits-reader.h"

#include <string.h>

/* gpt-5, gpt-5.1-codex, gpt-6 …, but neither gpt-4.1 nor gpt-41-copilot nor gpt-35-turbo; o1, o3-mini. */
static gboolean
is_reasoning_name (const char *name)
{
  if (name == NULL)
    return FALSE;
  if (g_ascii_strncasecmp (name, "gpt-", 4) == 0)
    return name[4] >= '5' && name[4] <= '9' && !g_ascii_isdigit (name[5]);
  return g_ascii_tolower (name[0]) == 'o' && g_ascii_isdigit (name[1]) &&
         (name[2] == '\0' || name[2] == '-' || name[2] == '.');
}

static gboolean
is_claude_name (const char *name)
{
  return g_ascii_strncasecmp (name, "claude", strlen ("claude")) == 0;
}

/* Flags are absent rather than false (protocol 4.2), so what a known model does not claim it cannot do; of
 * an unknown one the best is hoped, upstream says no if it must. */
static void
read_entry (JumpModelTraits *traits, JumpModel *model)
{
  traits->takes_tools = jump_model_get_supports (model, "tool_calls");
  traits->takes_images = jump_model_get_supports (model, "vision");
  traits->takes_parallel_calls = jump_model_get_supports (model, "parallel_tool_calls");
  traits->takes_schema = jump_model_get_supports (model, "structured_outputs");
  traits->thinks_adaptively = jump_model_get_supports (model, "adaptive_thinking");
  traits->min_thinking_budget = jump_model_get_min_thinking_budget (model);
  traits->max_thinking_budget = jump_model_get_max_thinking_budget (model);
  traits->efforts = jump_model_get_efforts (model);
  traits->context_window = jump_model_get_context_window (model);
  traits->max_prompt_tokens = jump_model_get_max_prompt_tokens (model);
  traits->max_output_tokens = jump_model_get_max_output_tokens (model);
  traits->max_images = jump_model_get_max_images (model);
  traits->max_image_bytes = jump_model_get_max_image_bytes (model);
}

/**
 * jump_model_traits_read:
 * @traits: (out caller-allocates): all of it is set
 * @model_id: as sent upstream
 * @model: (nullable): the catalogue's entry of it
 *
 * Whether a model is OpenAI's reasoning kind is told by its name or its family's, because the catalogue
 * has no flag for it: they take other parameters than everything else (protocol 5.3).
 */
void
jump_model_traits_read (JumpModelTraits *traits, const char *model_id, JumpModel *model)
{
  const char *family = model == NULL ? NULL : jump_model_get_family (model);

  *traits = (JumpModelTraits){
    .id = model_id,
    .is_claude = is_claude_name (model_id),
    .is_reasoning = is_reasoning_name (model_id) || is_reasoning_name (family),
    .is_known = model != NULL,
    .takes_tools = TRUE,
    .takes_images = TRUE,
    .takes_parallel_calls = TRUE,
    .takes_schema = TRUE,
  };
  if (model == NULL)
    return;
  if (g_ascii_strcasecmp (jump_model_get_vendor (model), "Anthropic") == 0)
    traits->is_claude = TRUE;
  read_entry (traits, model);
}
