/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/update-card.h"

#include "ui/update-text.h"

struct _JumpUpdateCard
{
  GtkBox parent_instance;

  JumpUpdateWatch *updates;  /* (owned) */
  GActionGroup *app_actions; /* (owned) */
  GtkLabel *title_label;
  GtkExpander *notes_expander;
  GtkLabel *notes_label;
};

G_DEFINE_FINAL_TYPE (JumpUpdateCard, jump_update_card, GTK_TYPE_BOX)

static void
update (JumpUpdateCard *self)
{
  const JumpRelease *release = jump_update_watch_get_release (self->updates);
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), release != NULL);
  if (release == NULL)
    return;
  title = jump_update_text_title (release);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->notes_label, release->notes);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_expander), *release->notes != '\0');
}

static void
on_page_clicked (GtkButton *button, JumpUpdateCard *self)
{
  const JumpRelease *release = jump_update_watch_get_release (self->updates);

  if (release != NULL)
    g_action_group_activate_action (self->app_actions,
                                    "open-uri",
                                    g_variant_new_string (release->url));
}

static void
jump_update_card_dispose (GObject *object)
{
  JumpUpdateCard *self = JUMP_UPDATE_CARD (object);

  g_clear_object (&self->updates);
  g_clear_object (&self->app_actions);
  G_OBJECT_CLASS (jump_update_card_parent_class)->dispose (object);
}

static void
jump_update_card_class_init (JumpUpdateCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_update_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/update-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpUpdateCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpUpdateCard, notes_expander);
  gtk_widget_class_bind_template_child (widget_class, JumpUpdateCard, notes_label);
  gtk_widget_class_bind_template_callback (widget_class, on_page_clicked);
}

static void
jump_update_card_init (JumpUpdateCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_update_card_new:
 * @service: looks for newer versions
 * @app_actions: has "open-uri"
 *
 * Returns: (transfer full): a card that follows what is known
 */
GtkWidget *
jump_update_card_new (JumpService *service, GActionGroup *app_actions)
{
  JumpUpdateCard *self = g_object_new (JUMP_TYPE_UPDATE_CARD, NULL);

  self->updates = g_object_ref (jump_service_get_updates (service));
  self->app_actions = g_object_ref (app_actions);
  g_signal_connect_object (self->updates, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
