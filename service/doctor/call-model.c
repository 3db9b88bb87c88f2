/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/call-model.h"

#include <math.h>

/* Prices are for so many tokens. */
#define BATCH 1000000.0
/* What is not priced comes behind all that is. */
#define UNKNOWN 1e6

/* Credits for a million tokens of each kind; where billing is by requests, how much of one a turn costs. */
static double
get_weight (JumpModel *model)
{
  JumpModelPrices prices;
  double multiplier = jump_model_get_multiplier (model);

  if (jump_model_get_prices (model, &prices) && prices.input >= 0 && prices.output >= 0)
    return prices.input + prices.output;
  return multiplier >= 0 ? multiplier * 1000 : UNKNOWN;
}

static gboolean
fits (JumpModel *model, JumpModelEndpoints endpoint)
{
  const char *kind = jump_model_get_kind (model);
  gboolean is_for_embeddings = g_str_equal (kind, "embeddings");

  if (!jump_model_get_is_enabled (model) || jump_model_get_is_retiring (model))
    return FALSE;
  if (endpoint == JUMP_ENDPOINT_EMBEDDINGS)
    return is_for_embeddings;
  return g_str_equal (kind, "chat") && (jump_model_get_endpoints (model) & endpoint) != 0;
}

/**
 * jump_call_model_choose:
 * @models: (element-type JumpModel): in upstream's order, which decides between equals
 * @endpoint: that reaches it directly
 */
JumpModel *
jump_call_model_choose (GListModel *models, JumpModelEndpoints endpoint)
{
  JumpModel *best = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);

      if (fits (model, endpoint) && (best == NULL || get_weight (model) < get_weight (best)))
        g_set_object (&best, model);
    }
  return best;
}

/**
 * jump_call_model_describe_cost:
 * @model: that is asked
 * @n_in: tokens of the question
 * @n_out: tokens of the longest answer
 */
char *
jump_call_model_describe_cost (JumpModel *model, guint n_in, guint n_out)
{
  JumpModelPrices prices;
  double multiplier = jump_model_get_multiplier (model);

  if (jump_model_get_prices (model, &prices) && prices.input >= 0 && prices.output >= 0)
    {
      double credits = (prices.input * n_in + prices.output * n_out) / BATCH;

      if (credits <= 0)
        return g_strdup ("free");
      return credits < 0.001 ? g_strdup ("below 0.001 credits")
                             : g_strdup_printf ("about %.3f credits", credits);
    }
  if (multiplier >= 0 && multiplier < 0.001)
    return g_strdup ("free");
  if (multiplier > 0)
    return g_strdup_printf ("%g premium requests", multiplier);
  return g_strdup ("price unknown");
}
