/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* One entry of the upstream catalogue (protocol 4.2). Every field of it is optional; flags are
 * absent rather than false. Immutable. */

typedef enum
{
  JUMP_ENDPOINT_CHAT = 1 << 0, /* /chat/completions; also when supported_endpoints is absent */
  JUMP_ENDPOINT_RESPONSES = 1 << 1,
  JUMP_ENDPOINT_MESSAGES = 1 << 2,
  JUMP_ENDPOINT_EMBEDDINGS = 1 << 3,
} JumpModelEndpoints;

#define JUMP_TYPE_MODEL (jump_model_get_type ())
G_DECLARE_FINAL_TYPE (JumpModel, jump_model, JUMP, MODEL, GObject)

JumpModel *jump_model_new_from_json (JsonNode *node); /* NULL without an id */

const char *jump_model_get_id (JumpModel *self);
const char *jump_model_get_name (JumpModel *self);
const char *jump_model_get_vendor (JumpModel *self);
const char *jump_model_get_family (JumpModel *self);  /* (nullable) */
const char *jump_model_get_version (JumpModel *self); /* (nullable) */
const char *jump_model_get_kind (JumpModel *self);    /* chat, embeddings, completion */
JumpModelEndpoints jump_model_get_endpoints (JumpModel *self);
gint64 jump_model_get_context_window (JumpModel *self); /* tokens, 0 unknown */
gint64 jump_model_get_max_prompt_tokens (JumpModel *self);
gint64 jump_model_get_max_output_tokens (JumpModel *self);
gint64 jump_model_get_min_thinking_budget (JumpModel *self);
gint64 jump_model_get_max_thinking_budget (JumpModel *self);
guint jump_model_get_max_images (JumpModel *self);           /* 0 unknown */
gint64 jump_model_get_max_image_bytes (JumpModel *self);     /* of each, 0 unknown */
guint jump_model_get_max_inputs (JumpModel *self);           /* of one embedding call, 0 unknown */
const char *const *jump_model_get_efforts (JumpModel *self); /* (nullable) */
gboolean jump_model_get_supports (JumpModel *self,
                                  const char *feature); /* tool_calls, vision, … read loosely */
gboolean jump_model_get_is_preview (JumpModel *self);
gboolean jump_model_get_is_enabled (JumpModel *self); /* policy.state absent or enabled */
gboolean jump_model_get_is_default (JumpModel *self);
gint64 jump_model_get_created (JumpModel *self); /* seconds; 0 when upstream does not say */

/* What somebody has to know before using it (protocol 4.2, 4.5): model-offer.c. */
typedef enum
{
  JUMP_MODEL_POLICY_NONE, /* no terms to accept */
  JUMP_MODEL_POLICY_ENABLED,
  JUMP_MODEL_POLICY_UNCONFIGURED, /* nobody has decided yet: ask, then enable */
  JUMP_MODEL_POLICY_DISABLED,     /* somebody said no; may be enabled all the same */
} JumpModelPolicy;

/* Credits (cents) for a million tokens, -1 unknown. */
typedef struct
{
  double input;
  double cache_read;
  double cache_write;
  double output;
} JumpModelPrices;

JumpModelPolicy jump_model_get_policy (JumpModel *self);
const char *jump_model_get_policy_state (JumpModel *self); /* (nullable) as upstream spells it */
const char *jump_model_get_terms (JumpModel *self);        /* (nullable) with links as Markdown */
double jump_model_get_multiplier (JumpModel *self);        /* premium requests a turn, -1 unknown */
gboolean jump_model_get_prices (JumpModel *self, JumpModelPrices *out_prices);
/* Returns: (transfer full) (nullable) (array zero-terminated=1): texts for people, NULL for none. */
char **jump_model_get_warnings (JumpModel *self);
/* Whether a warning says that it is going away. */
gboolean jump_model_get_is_retiring (JumpModel *self);
/* Returns: (transfer full) (nullable): the date named by that warning, as "2026-12-31". */
char *jump_model_get_retires_on (JumpModel *self);

JsonNode *jump_model_get_json (JumpModel *self); /* (transfer none): the entry as it came */
