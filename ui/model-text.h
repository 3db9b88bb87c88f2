/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What there is to say of a model, in words. Pure. All return (transfer full) unless they say else. */

typedef enum
{
  JUMP_STANDING_READY,
  JUMP_STANDING_NEEDS_ENABLING, /* its terms have to be accepted first */
  JUMP_STANDING_DISABLED,       /* somebody said no */
} JumpModelStanding;

JumpModelStanding jump_model_text_get_standing (JumpModel *model);
/* "OpenAI · 128k context · 16.4k output" */
char *jump_model_text_summary (JumpModel *model);
/* (nullable): "×3", "300/1,500 credits": NULL where it is not known */
char *jump_model_text_short_price (JumpModel *model);
/* A sentence or two on what it costs. */
char *jump_model_text_price (JumpModel *model);
char *jump_model_text_limits (JumpModel *model);
/* (array zero-terminated=1): "Tools", "Images", "Reasoning: low, high" */
char **jump_model_text_abilities (JumpModel *model);
/* (nullable): a word on its state, NULL when there is nothing to say */
char *jump_model_text_state (JumpModel *model);
/* Upstream's words, of links the words alone. (nullable) */
char *jump_model_text_terms (const char *terms);
/* Upstream's words as Pango markup, its Markdown links as links. (nullable) */
char *jump_model_text_terms_markup (const char *terms);
/* @api, @way: as jump_route_summarise() says. */
const char *jump_model_text_get_api_name (const char *api);
char *jump_model_text_way (const char *way);
/* Whether it talks; FALSE for embeddings and the like. */
gboolean jump_model_text_is_chat (JumpModel *model);
gboolean jump_model_text_reasons (JumpModel *model);
