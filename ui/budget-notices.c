/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-notices.h"

#include "ui/budget-words.h"
#include "ui/desk-notice.h"

#include <glib/gi18n-lib.h>

#define FULL 100

struct _JumpBudgetNotices
{
  GObject parent_instance;

  GApplication *application; /* (unowned): outlives us */
  JumpService *service;      /* (owned) */
  JumpBudget *budget;        /* (owned) */
  GHashTable *shown;         /* (owned) (element-type utf8): ids of notifications */
};

G_DEFINE_FINAL_TYPE (JumpBudgetNotices, jump_budget_notices, G_TYPE_OBJECT)

/* Returns: (nullable): how that limit stands */
static const JumpBudgetState *
find_state (GArray *states, const char *name)
{
  for (guint i = 0; i < states->len; i++)
    {
      const JumpBudgetState *state = &g_array_index (states, JumpBudgetState, i);

      if (g_strcmp0 (state->limit->name, name) == 0)
        return state;
    }
  return NULL;
}

/* The notice of the next mark takes the place of the one before. */
static void
on_crossed (JumpBudget *budget, const char *name, guint percent, gpointer user_data)
{
  JumpBudgetNotices *self = user_data;
  JumpSettings *settings = jump_service_get_settings (self->service);
  g_autoptr (GArray) states = jump_budget_get_states (budget);
  const JumpBudgetState *state = find_state (states, name);
  g_autofree char *id = g_strconcat ("budget-", name, NULL);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JumpDeskNotice) notice = NULL;

  if (state == NULL || !jump_settings_get_boolean (settings, JUMP_KEY_SCREEN_NOTIFICATIONS))
    return;
  title = jump_budget_words_notice_title (percent);
  body = jump_budget_words_notice_body (state);
  notice = jump_desk_notice_new (title, body, "app.show-page", g_variant_new_string ("usage"));
  if (percent >= FULL)
    jump_desk_notice_set_priority (notice, G_NOTIFICATION_PRIORITY_HIGH);
  jump_desk_notice_add_button (notice,
                               _ ("Show Usage"), "app.show-page", g_variant_new_string ("usage"));
  jump_desk_notice_send (notice, self->application, id);
  g_hash_table_add (self->shown, g_steal_pointer (&id));
}

static void
jump_budget_notices_dispose (GObject *object)
{
  JumpBudgetNotices *self = JUMP_BUDGET_NOTICES (object);
  GHashTableIter iter;
  gpointer id;

  if (self->shown != NULL)
    {
      g_hash_table_iter_init (&iter, self->shown);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        jump_desk_notice_withdraw (self->application, id);
    }
  if (self->budget != NULL)
    g_signal_handlers_disconnect_by_data (self->budget, self);
  g_clear_object (&self->budget);
  g_clear_object (&self->service);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  G_OBJECT_CLASS (jump_budget_notices_parent_class)->dispose (object);
}

static void
jump_budget_notices_class_init (JumpBudgetNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_budget_notices_dispose;
}

static void
jump_budget_notices_init (JumpBudgetNotices *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * jump_budget_notices_new:
 * @application: has the action "show-page"; outlives the notices
 * @service: whose budgets
 *
 * Returns: (transfer full)
 */
JumpBudgetNotices *
jump_budget_notices_new (GApplication *application, JumpService *service)
{
  JumpBudgetNotices *self = g_object_new (JUMP_TYPE_BUDGET_NOTICES, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  self->budget = g_object_ref (jump_service_get_budget (service));
  g_signal_connect (self->budget, "crossed", G_CALLBACK (on_crossed), self);
  return self;
}
