/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/mapping-row.h"

#include "ui/focus-inside.h"

struct _JumpMappingRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *name_entry;
  GtkWidget *target_entry;
  GtkWidget *remove_button;
  GtkWidget *error_label;

  char *saved_name; /* (owned) (nullable) */
  guint idle;       /* looks where the focus went */
  gboolean is_dirty;
};

typedef enum
{
  SIGNAL_FINISHED,
  SIGNAL_REMOVED,
  N_SIGNALS,
} Signal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpMappingRow, jump_mapping_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_finished (JumpMappingRow *self)
{
  if (self->is_dirty)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static void
on_typed (JumpMappingRow *self)
{
  self->is_dirty = TRUE;
  jump_mapping_row_set_error (self, NULL);
}

static void
on_remove_clicked (JumpMappingRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static gboolean
on_focus_settled (gpointer user_data)
{
  JumpMappingRow *self = JUMP_MAPPING_ROW (user_data);

  self->idle = 0;
  if (gtk_container_get_focus_child (GTK_CONTAINER (self)) == NULL)
    on_finished (self);
  return G_SOURCE_REMOVE;
}

/* From one entry to the other is not leaving: half a row is no mistake yet. */
static gboolean
on_focus_left (JumpMappingRow *self)
{
  if (self->idle == 0 && self->is_dirty)
    self->idle = g_idle_add (on_focus_settled, self);
  return GDK_EVENT_PROPAGATE;
}

static void
jump_mapping_row_dispose (GObject *object)
{
  JumpMappingRow *self = JUMP_MAPPING_ROW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  self->is_dirty = FALSE;
  G_OBJECT_CLASS (jump_mapping_row_parent_class)->dispose (object);
}

static void
jump_mapping_row_finalize (GObject *object)
{
  JumpMappingRow *self = JUMP_MAPPING_ROW (object);

  g_clear_pointer (&self->saved_name, g_free);
  G_OBJECT_CLASS (jump_mapping_row_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name,
                       JUMP_TYPE_MAPPING_ROW,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       0);
}

static void
jump_mapping_row_class_init (JumpMappingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_mapping_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_mapping_row_finalize;
  signals[SIGNAL_FINISHED] = new_signal ("finished");
  signals[SIGNAL_REMOVED] = new_signal ("removed");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/mapping-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpMappingRow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingRow, target_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingRow, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_finished);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
jump_mapping_row_init (JumpMappingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jump_focus_inside (GTK_CONTAINER (self));
  g_signal_connect_swapped (self->name_entry, "focus-out-event", G_CALLBACK (on_focus_left), self);
  g_signal_connect_swapped (self->target_entry,
                            "focus-out-event",
                            G_CALLBACK (on_focus_left),
                            self);
}

/**
 * jump_mapping_row_new:
 * @pair: (nullable): a row of the table; NULL for one that is not there yet
 *
 * Returns: (transfer floating): a row for a list box
 */
GtkWidget *
jump_mapping_row_new (const JumpSettingPair *pair)
{
  JumpMappingRow *self = g_object_new (JUMP_TYPE_MAPPING_ROW, NULL);

  if (pair == NULL)
    return GTK_WIDGET (self);
  gtk_entry_set_text (GTK_ENTRY (self->name_entry), pair->name);
  gtk_entry_set_text (GTK_ENTRY (self->target_entry), pair->target);
  jump_mapping_row_set_saved (self);
  return GTK_WIDGET (self);
}

const char *
jump_mapping_row_get_saved_name (JumpMappingRow *self)
{
  return self->saved_name;
}

char *
jump_mapping_row_dup_name (JumpMappingRow *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->name_entry))));
}

char *
jump_mapping_row_dup_target (JumpMappingRow *self)
{
  return g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (self->target_entry))));
}

void
jump_mapping_row_set_saved (JumpMappingRow *self)
{
  g_free (self->saved_name);
  self->saved_name = jump_mapping_row_dup_name (self);
  self->is_dirty = FALSE;
}

/**
 * jump_mapping_row_set_error:
 * @self: a row
 * @text: (nullable): what is wrong with it, translated; NULL when nothing is
 */
void
jump_mapping_row_set_error (JumpMappingRow *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->error_label), text == NULL ? "" : text);
  gtk_widget_set_visible (self->error_label, text != NULL);
}

/**
 * jump_mapping_row_edit:
 * @self: a row
 *
 * Puts the focus where one begins to type.
 */
void
jump_mapping_row_edit (JumpMappingRow *self)
{
  gtk_widget_grab_focus (self->name_entry);
}
