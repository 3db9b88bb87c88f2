/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/problem-card.h"

#include "ui/error-text.h"
#include "ui/failure-text.h"

#include <glib/gi18n-lib.h>

#define N_LOOKED_AT        500 /* the newest exchanges, among which the last failure is looked for */
#define STATUS_CLIENT_LEFT 499

struct _JumpProblemCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkImage *icon;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (JumpProblemCard, jump_problem_card, GTK_TYPE_BOX)

static void
show (JumpProblemCard *self, const char *icon, const char *title, const char *text)
{
  gtk_image_set_from_icon_name (self->icon, icon, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->text_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), text[0] != '\0');
}

/* @action: (nullable): without one there is no button. @target: (nullable) */
static void
show_button (JumpProblemCard *self, const char *label, const char *action, const char *target)
{
  gtk_widget_set_visible (self->button, action != NULL);
  if (action == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button),
                                          target == NULL ? NULL : g_variant_new_string (target));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
}

static gboolean
has_failed (const JumpExchangeRecord *record)
{
  return record->state == JUMP_EXCHANGE_ENDED && record->status != STATUS_CLIENT_LEFT &&
         (record->status >= 400 || record->error != NULL);
}

/* Returns: (transfer full) (nullable) */
static JumpExchangeItem *
find_last_failure (JumpProblemCard *self)
{
  GListModel *list = G_LIST_MODEL (jump_service_get_history (self->service));
  guint n = g_list_model_get_n_items (list);

  for (guint i = n; i > 0 && n - i < N_LOOKED_AT; i--)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (list, i - 1);

      if (has_failed (jump_exchange_item_get_record (item)))
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* A button that helps, or one to the request. */
static void
show_failure (JumpProblemCard *self, const JumpExchangeRecord *record)
{
  const char *name = record->used_model != NULL ? record->used_model : record->asked_model;
  JumpModel *model = NULL;
  g_autoptr (JumpErrorText) text = NULL;

  if (name != NULL)
    model = jump_model_catalog_lookup (jump_service_get_catalog (self->service), name);
  text = jump_failure_text_new (record, model);
  show (self, "dialog-warning-symbolic", text->title, text->text);
  if (text->action != NULL)
    show_button (self, text->button, text->action, text->target);
  else
    show_button (self, _ ("Show _Request"), "app.show-request", record->id);
}

static void
jump_problem_card_dispose (GObject *object)
{
  JumpProblemCard *self = JUMP_PROBLEM_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_problem_card_parent_class)->dispose (object);
}

static void
jump_problem_card_class_init (JumpProblemCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_problem_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/problem-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpProblemCard, icon);
  gtk_widget_class_bind_template_child (widget_class, JumpProblemCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpProblemCard, text_label);
  gtk_widget_class_bind_template_child (widget_class, JumpProblemCard, button);
}

static void
jump_problem_card_init (JumpProblemCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_problem_card_set_service:
 * @self: a card
 * @service: whose problems are shown
 */
void
jump_problem_card_set_service (JumpProblemCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

/**
 * jump_problem_card_update:
 * @self: a card with a service
 *
 * What calls for attention comes first, then the last request that failed.
 */
void
jump_problem_card_update (JumpProblemCard *self)
{
  JumpAttention attention = JUMP_ATTENTION_NONE;
  g_autoptr (JumpExchangeItem) failure = NULL;

  jump_service_get_condition (self->service, &attention);
  if (attention != JUMP_ATTENTION_NONE)
    {
      g_autoptr (JumpProblem) problem = jump_service_dup_problem (self->service);
      g_autoptr (JumpErrorText) text =
          jump_error_text_new_for_attention (attention,
                                             problem,
                                             jump_service_get_listen_error (self->service));

      show (self,
            text->is_serious ? "dialog-error-symbolic" : "dialog-warning-symbolic",
            text->title,
            text->text);
      show_button (self, text->button, text->action, text->target);
      return;
    }
  failure = find_last_failure (self);
  if (failure != NULL)
    {
      show_failure (self, jump_exchange_item_get_record (failure));
      return;
    }
  show (self, "emblem-ok-symbolic", _ ("No problems since the start"), "");
  show_button (self, NULL, NULL, NULL);
}
