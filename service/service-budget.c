/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"

/* How the settings' budgets reach those who go by them. */

static void
on_spending_asked (gpointer source,
                   const JumpSpendingQuestion *question,
                   JumpSpendingVerdict *out_verdict)
{
  JumpService *self = source;

  jump_budget_check (self->budget, question, out_verdict);
}

static void
on_budget_crossed (JumpService *self, const char *name, guint percent)
{
  g_message ("%u %% of the budget \"%s\" are used", percent, name);
  jump_service_note_change (self);
}

/* ---- the cheaper model ---- */

/* What a token of input and one of output cost; by requests where there are no prices. Below 0: not known,
 * or no model to chat with. */
static double
get_cost (JumpModel *model)
{
  JumpModelPrices prices;

  if (g_strcmp0 (jump_model_get_kind (model), "chat") != 0 || !jump_model_get_is_enabled (model))
    return -1;
  if (!jump_model_get_prices (model, &prices))
    return -1;
  return MAX (prices.input, 0) + MAX (prices.output, 0);
}

/* Returns: (transfer none) (nullable) */
static const char *
find_cheapest (JumpService *self)
{
  GListModel *models = G_LIST_MODEL (self->catalog);
  const char *cheapest = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);
      double cost = get_cost (model);

      if (cost < 0 || cost >= least)
        continue;
      least = cost;
      cheapest = jump_model_get_id (model);
    }
  return cheapest;
}

static void
update_cheaper_model (JumpService *self)
{
  const char *model = jump_settings_get_string (self->settings, JUMP_KEY_BUDGET_CHEAPER_MODEL);

  if (*model == '\0')
    model = jump_settings_get_string (self->settings, JUMP_KEY_MODELS_SMALL);
  jump_budget_set_cheaper_model (self->budget, *model != '\0' ? model : find_cheapest (self));
}

/* ---- limits and keys ---- */

static void
apply_limits (JumpService *self)
{
  GPtrArray *rows = jump_settings_get_table (self->settings, JUMP_TABLE_BUDGETS);
  GPtrArray *limits = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_budget_limit_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const JumpSettingPair *row = rows->pdata[i];
      JumpBudgetLimit *limit = jump_budget_limit_parse (row->name, row->target, NULL);

      /* Settings take no others. */
      if (limit != NULL)
        g_ptr_array_add (limits, limit);
    }
  jump_budget_set_limits (self->budget, limits);
}

/* Names of keys that are gone stay: what they spent still counts for the one that has the name now. */
static void
name_keys (JumpService *self)
{
  GListModel *keys = G_LIST_MODEL (self->keys);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (keys, i);

      jump_budget_set_key_name (self->budget,
                                jump_client_key_get_id (key),
                                jump_client_key_get_name (key));
    }
}

void
jump_service_build_budget (JumpService *self)
{
  JumpSpendingGuard guard = { on_spending_asked, self };

  self->budget = jump_budget_new (self->clock);
  jump_relay_set_spending_guard (self->relay, &guard);
  g_signal_connect_object (self->budget,
                           "crossed",
                           G_CALLBACK (on_budget_crossed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * jump_service_watch_budget:
 * @self: a service whose layers are built
 *
 * Keys get other names, and catalogues other prices.
 */
void
jump_service_watch_budget (JumpService *self)
{
  g_signal_connect_object (self->keys,
                           "keys-changed",
                           G_CALLBACK (name_keys),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalog,
                           "items-changed",
                           G_CALLBACK (update_cheaper_model),
                           self,
                           G_CONNECT_SWAPPED);
}

void
jump_service_apply_budget (JumpService *self)
{
  apply_limits (self);
  update_cheaper_model (self);
}

JumpBudget *
jump_service_get_budget (JumpService *self)
{
  return self->budget;
}
