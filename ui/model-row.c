/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/model-row.h"

#include "ui/model-text.h"

struct _JumpModelRow
{
  GtkListBoxRow parent_instance;

  JumpModel *model; /* (owned) (nullable) */
  guint position;

  /* of the template */
  GtkLabel *name_label;
  GtkLabel *summary_label;
  GtkLabel *state_label;
  GtkLabel *price_label;
  GtkWidget *default_image;
  GtkWidget *tools_chip;
  GtkWidget *images_chip;
  GtkWidget *reasoning_chip;
};

G_DEFINE_FINAL_TYPE (JumpModelRow, jump_model_row, GTK_TYPE_LIST_BOX_ROW)

static void
jump_model_row_dispose (GObject *object)
{
  JumpModelRow *self = JUMP_MODEL_ROW (object);

  g_clear_object (&self->model);
  G_OBJECT_CLASS (jump_model_row_parent_class)->dispose (object);
}

static void
jump_model_row_class_init (JumpModelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_model_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/model-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, price_label);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, default_image);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, tools_chip);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, images_chip);
  gtk_widget_class_bind_template_child (widget_class, JumpModelRow, reasoning_chip);
}

static void
jump_model_row_init (JumpModelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_model_row_new:
 * @model: of the catalogue
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_model_row_new (JumpModel *model)
{
  JumpModelRow *self = g_object_new (JUMP_TYPE_MODEL_ROW, NULL);

  jump_model_row_set_model (self, model);
  return GTK_WIDGET (self);
}

JumpModel *
jump_model_row_get_model (JumpModelRow *self)
{
  return self->model;
}

/* What a screen reader says of the row: all that is in it. */
static void
tell (JumpModelRow *self, const char *summary, const char *state, const char *price)
{
  g_auto (GStrv) abilities = jump_model_text_abilities (self->model);
  g_autofree char *list = g_strjoinv (", ", abilities);
  g_autoptr (GString) text = g_string_new (jump_model_get_name (self->model));

  if (state != NULL)
    g_string_append_printf (text, ", %s", state);
  g_string_append_printf (text, ", %s", summary);
  if (price != NULL)
    g_string_append_printf (text, ", %s", price);
  if (list[0] != '\0')
    g_string_append_printf (text, ", %s", list);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), text->str);
}

/**
 * jump_model_row_set_model:
 * @self: a row
 * @model: what it shows from now on
 */
void
jump_model_row_set_model (JumpModelRow *self, JumpModel *model)
{
  g_autofree char *summary = NULL;
  g_autofree char *state = NULL;
  g_autofree char *price = NULL;

  if (!g_set_object (&self->model, model))
    return;
  summary = jump_model_text_summary (model);
  state = jump_model_text_state (model);
  gtk_label_set_text (self->name_label, jump_model_get_name (model));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), jump_model_get_id (model));
  price = jump_model_text_short_price (model);
  gtk_label_set_text (self->summary_label, summary);
  gtk_label_set_text (self->price_label, price == NULL ? "" : price);
  gtk_label_set_text (self->state_label, state == NULL ? "" : state);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), state != NULL);
  gtk_widget_set_visible (self->tools_chip, jump_model_get_supports (model, "tool_calls"));
  gtk_widget_set_visible (self->images_chip, jump_model_get_supports (model, "vision"));
  gtk_widget_set_visible (self->reasoning_chip, jump_model_text_reasons (model));
  tell (self, summary, state, price);
}

guint
jump_model_row_get_position (JumpModelRow *self)
{
  return self->position;
}

void
jump_model_row_set_position (JumpModelRow *self, guint position)
{
  self->position = position;
}

void
jump_model_row_set_is_default (JumpModelRow *self, gboolean is_default)
{
  gtk_widget_set_visible (self->default_image, is_default);
}
