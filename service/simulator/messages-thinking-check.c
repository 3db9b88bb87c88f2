/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-thinking-check.h"

#include "service/base/json-read.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/messages-refusal.h"
#include "service/simulator/model-shelf.h"

#define MIN_BUDGET 1024

static JumpPlannedReply *
check_budget (JsonObject *body, JsonObject *thinking, JsonObject *model)
{
  static const char *const members[] = { "type", "budget_tokens", "display", NULL };
  gint64 budget = jump_json_get_int (thinking, "budget_tokens", -1);

  if (!jump_model_takes_budget (model))
    return jump_messages_refuse (
        model,
        jump_model_thinks_adaptively (model)
            ? "\"thinking.type.enabled\" is not supported for this model. Use "
              "\"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior."
            : "\"thinking.type.enabled\" is not supported for this model.");
  if (budget < 0)
    return jump_messages_refuse (model, "thinking.enabled.budget_tokens: Field required");
  if (budget < MIN_BUDGET)
    return jump_messages_refuse (
        model,
        "thinking.enabled.budget_tokens: Input should be greater than or equal to %d",
        MIN_BUDGET);
  if (json_object_has_member (body, "max_tokens") &&
      budget >= jump_json_get_int (body, "max_tokens", 0))
    return jump_messages_refuse (
        model,
        "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our "
        "documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking"
        "#max-tokens-and-context-window-size");
  if (budget > jump_model_get_support (model, "max_thinking_budget"))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "thinking budget of %" G_GINT64_FORMAT
                                         " exceeds the maximum of %" G_GINT64_FORMAT,
                                         budget,
                                         jump_model_get_support (model, "max_thinking_budget"));
  return jump_messages_check_members (model, thinking, "thinking.enabled", members);
}

static JumpPlannedReply *
check_adaptive (JsonObject *thinking, JsonObject *model)
{
  static const char *const members[] = { "type", "display", NULL };

  if (!jump_model_thinks_adaptively (model))
    return jump_messages_refuse (model, "adaptive thinking is not supported on this model");
  return jump_messages_check_members (model, thinking, "thinking.adaptive", members);
}

/* Who thinks does not sample. */
static JumpPlannedReply *
check_sampling (JsonObject *body, JsonObject *model)
{
  if (json_object_has_member (body, "temperature") &&
      (jump_json_get_double (body, "temperature", 1) < 1 ||
       jump_json_get_double (body, "temperature", 1) > 1))
    return jump_messages_refuse (
        model,
        "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.");
  if (json_object_has_member (body, "top_k"))
    return jump_messages_refuse (model, "`top_k` must be unset when thinking is enabled.");
  if (jump_json_get_double (body, "top_p", 1) < 0.95)
    return jump_messages_refuse (model,
                                 "`top_p` must be greater than or equal to 0.95 or unset when "
                                 "thinking is enabled.");
  return NULL;
}

static JumpPlannedReply *
check_thinking (JsonObject *body, JsonObject *model)
{
  JsonObject *thinking = jump_json_get_object (body, "thinking");
  const char *type = thinking == NULL ? "disabled" : jump_json_get_string (thinking, "type", "");
  JumpPlannedReply *reply;

  if (g_str_equal (type, "disabled"))
    return NULL;
  if (g_str_equal (type, "enabled"))
    reply = check_budget (body, thinking, model);
  else if (g_str_equal (type, "adaptive"))
    reply = check_adaptive (thinking, model);
  else
    return jump_messages_refuse (
        model,
        "thinking: Input tag '%s' found using 'type' does not match any of "
        "the expected tags: 'adaptive', 'disabled', 'enabled'",
        type);
  return reply == NULL ? check_sampling (body, model) : reply;
}

static JumpPlannedReply *
check_config (JsonObject *body, JsonObject *model)
{
  static const char *const members[] = { "effort", "format", NULL };
  JsonObject *config = jump_json_get_object (body, "output_config");
  const char *effort = config == NULL ? NULL : jump_json_get_string (config, "effort", NULL);

  if (config == NULL)
    return NULL;
  if (effort != NULL && !jump_model_takes_effort (model, effort))
    return jump_planned_reply_new_error (400,
                                         "invalid_reasoning_effort",
                                         "output_config.effort",
                                         "reasoning effort \"%s\" is not supported by model %s",
                                         effort,
                                         jump_json_get_string (model, "id", ""));
  if (json_object_has_member (config, "format") && jump_model_is_at_vertex (model))
    return jump_messages_refuse_feature ();
  return jump_messages_check_members (model, config, "output_config", members);
}

/**
 * jump_messages_thinking_check:
 */
JumpPlannedReply *
jump_messages_thinking_check (JsonObject *body, JsonObject *model)
{
  JumpPlannedReply *reply = check_thinking (body, model);

  return reply == NULL ? check_config (body, model) : reply;
}
