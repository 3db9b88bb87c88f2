/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/finding-row.h"

#include <glib/gi18n-lib.h>

struct _JumpFindingRow
{
  GtkListBoxRow parent_instance;

  /* of the template */
  GtkImage *icon;
  GtkLabel *title_label;
  GtkLabel *found_label;
  GtkLabel *remedy_label;
};

G_DEFINE_FINAL_TYPE (JumpFindingRow, jump_finding_row, GTK_TYPE_LIST_BOX_ROW)

typedef struct
{
  JumpVerdictState state;
  const char *icon;
  const char *style; /* class of style.css */
  const char *name;  /* for those who hear it */
} Sign;

static const Sign signs[] = {
  { JUMP_VERDICT_OK, "emblem-ok-symbolic", "finding-fine", N_ ("Fine") },
    { JUMP_VERDICT_WARNING, "dialog-warning-symbolic", "finding-warning", N_ ("Warning") },
      { JUMP_VERDICT_FAILED, "dialog-error-symbolic", "finding-failed", N_ ("Failed") },
        { JUMP_VERDICT_SKIPPED, "list-remove-symbolic", "dim-label", N_ ("Not checked") },
      };

static const Sign *
find_sign (JumpVerdictState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (signs[i].state == state)
        return &signs[i];
    }
  return &signs[G_N_ELEMENTS (signs) - 1];
}

/* What a screen reader says of the row: all that is in it, how it went first. */
static void
name_row (JumpFindingRow *self, const char *state, const JumpFinding *finding)
{
  g_autoptr (GString) text = g_string_new (state);

  g_string_append_printf (text, ": %s, %s", _ (finding->title), finding->verdict->found);
  if (finding->verdict->remedy != NULL)
    g_string_append_printf (text,
                            g_str_has_suffix (text->str, ".") ? " %s" : ". %s",
                            finding->verdict->remedy);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), text->str);
}

static void
jump_finding_row_class_init (JumpFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, JumpFindingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpFindingRow, found_label);
  gtk_widget_class_bind_template_child (widget_class, JumpFindingRow, remedy_label);
}

static void
jump_finding_row_init (JumpFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_finding_row_new:
 * @finding: copied
 *
 * Its title is one of those that the command line translates.
 *
 * Returns: (transfer none): floating
 */
GtkWidget *
jump_finding_row_new (const JumpFinding *finding)
{
  JumpFindingRow *self = g_object_new (JUMP_TYPE_FINDING_ROW, NULL);
  const Sign *sign = find_sign (finding->verdict->state);

  gtk_image_set_from_icon_name (self->icon, sign->icon, GTK_ICON_SIZE_BUTTON);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->icon)), sign->style);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->icon)), _ (sign->name));
  name_row (self, _ (sign->name), finding);
  gtk_label_set_text (self->title_label, _ (finding->title));
  gtk_label_set_text (self->found_label, finding->verdict->found);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy_label), finding->verdict->remedy != NULL);
  if (finding->verdict->remedy != NULL)
    gtk_label_set_text (self->remedy_label, finding->verdict->remedy);
  return GTK_WIDGET (self);
}
