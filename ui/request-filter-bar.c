/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-filter-bar.h"

#include <glib/gi18n-lib.h>

/* The first choice of a menu. No model and no client is called so: they have no name without a letter. */
#define ALL ""

enum
{
  COLUMN_ID,
  COLUMN_TEXT,
};

struct _JumpRequestFilterBar
{
  GtkBox parent_instance;

  JumpRequestNames *names; /* (owned) (nullable) */
  guint fill_source;
  gboolean is_setting; /* several widgets are being set: one change for all of them */

  GtkEntry *text_entry;
  GtkComboBox *model;
  GtkComboBox *client;
  GtkComboBox *outcome;
  GtkListStore *model_choices;
  GtkListStore *client_choices;
  GtkWidget *clear_button;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRequestFilterBar, jump_request_filter_bar, GTK_TYPE_BOX)

static void
tell_changed (JumpRequestFilterBar *self)
{
  g_autoptr (JumpRequestFilter) filter = jump_request_filter_bar_dup_filter (self);

  gtk_widget_set_sensitive (self->clear_button, !jump_request_filter_is_empty (filter));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_choice_changed (JumpRequestFilterBar *self)
{
  if (!self->is_setting)
    tell_changed (self);
}

static void
on_search_stopped (JumpRequestFilterBar *self)
{
  jump_request_filter_bar_clear (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
on_search_activated (JumpRequestFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
fill_choices (GtkComboBox *box, GtkListStore *store, const char *all, GPtrArray *names)
{
  g_autofree char *chosen = g_strdup (gtk_combo_box_get_active_id (box));

  gtk_list_store_clear (store);
  gtk_list_store_insert_with_values (store, NULL, -1, COLUMN_ID, ALL, COLUMN_TEXT, all, -1);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      gtk_list_store_insert_with_values (store, NULL, -1, COLUMN_ID, name, COLUMN_TEXT, name, -1);
    }
  if (chosen == NULL || !gtk_combo_box_set_active_id (box, chosen))
    gtk_combo_box_set_active_id (box, ALL);
}

static gboolean
is_open (GtkComboBox *box)
{
  gboolean is_shown = FALSE;

  g_object_get (box, "popup-shown", &is_shown, NULL);
  return is_shown;
}

static void
fill (JumpRequestFilterBar *self)
{
  g_autoptr (GPtrArray) models = jump_request_names_list_models (self->names);
  g_autoptr (GPtrArray) clients = jump_request_names_list_clients (self->names);

  self->is_setting = TRUE;
  fill_choices (self->model, self->model_choices, _("All models"), models);
  fill_choices (self->client, self->client_choices, _("All clients"), clients);
  self->is_setting = FALSE;
}

/* A menu that somebody reads stays as it is; it is filled when it closes. */
static gboolean
on_fill_due (gpointer user_data)
{
  JumpRequestFilterBar *self = user_data;

  self->fill_source = 0;
  if (!is_open (self->model) && !is_open (self->client))
    fill (self);
  return G_SOURCE_REMOVE;
}

/* Names come one by one when the list is read for the first time. */
static void
schedule_fill (JumpRequestFilterBar *self)
{
  if (self->fill_source == 0)
    self->fill_source = g_idle_add (on_fill_due, self);
}

static JumpRequestOutcome
read_outcome (JumpRequestFilterBar *self)
{
  static const struct
  {
    const char *id;
    JumpRequestOutcome outcome;
  } rows[] = {
    { "running", JUMP_REQUEST_RUNNING },
    { "succeeded", JUMP_REQUEST_SUCCEEDED },
    { "failed", JUMP_REQUEST_FAILED },
    { "cancelled", JUMP_REQUEST_CANCELLED },
  };
  const char *id = gtk_combo_box_get_active_id (self->outcome);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].id, id) == 0)
      return rows[i].outcome;
  return JUMP_REQUEST_ANY;
}

static char *
dup_choice (GtkComboBox *box)
{
  const char *id = gtk_combo_box_get_active_id (box);

  return g_strcmp0 (id, ALL) == 0 ? NULL : g_strdup (id);
}

static void
jump_request_filter_bar_dispose (GObject *object)
{
  JumpRequestFilterBar *self = JUMP_REQUEST_FILTER_BAR (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  if (self->names != NULL)
    g_signal_handlers_disconnect_by_data (self->names, self);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (jump_request_filter_bar_parent_class)->dispose (object);
}

static void
jump_request_filter_bar_class_init (JumpRequestFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_request_filter_bar_dispose;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/request-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, text_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, model);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, client);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, outcome);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, model_choices);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, client_choices);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestFilterBar, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, jump_request_filter_bar_clear);
}

static void
jump_request_filter_bar_init (JumpRequestFilterBar *self)
{
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_combo_box_set_active_id (self->outcome, "any");
  self->is_setting = FALSE;
  g_signal_connect_swapped (self->model, "notify::popup-shown", G_CALLBACK (schedule_fill), self);
  g_signal_connect_swapped (self->client, "notify::popup-shown", G_CALLBACK (schedule_fill), self);
}

/**
 * jump_request_filter_bar_set_names:
 * @names: referenced; set once
 */
void
jump_request_filter_bar_set_names (JumpRequestFilterBar *self, JumpRequestNames *names)
{
  g_return_if_fail (self->names == NULL);
  self->names = g_object_ref (names);
  g_signal_connect_swapped (names, "changed", G_CALLBACK (schedule_fill), self);
  fill (self);
}

/**
 * jump_request_filter_bar_dup_filter:
 *
 * Returns: (transfer full): what the widgets say now
 */
JumpRequestFilter *
jump_request_filter_bar_dup_filter (JumpRequestFilterBar *self)
{
  JumpRequestFilter *filter = jump_request_filter_new ();

  filter->text = g_strstrip (g_strdup (gtk_entry_get_text (self->text_entry)));
  filter->model = dup_choice (self->model);
  filter->client = dup_choice (self->client);
  filter->outcome = read_outcome (self);
  return filter;
}

void
jump_request_filter_bar_clear (JumpRequestFilterBar *self)
{
  self->is_setting = TRUE;
  gtk_entry_set_text (self->text_entry, "");
  gtk_combo_box_set_active_id (self->model, ALL);
  gtk_combo_box_set_active_id (self->client, ALL);
  gtk_combo_box_set_active_id (self->outcome, "any");
  self->is_setting = FALSE;
  tell_changed (self);
}

void
jump_request_filter_bar_focus (JumpRequestFilterBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_entry));
}

/**
 * jump_request_filter_bar_take_key:
 * @event: of a key that was pressed elsewhere
 *
 * Returns: whether it was a letter to search for; the entry has the focus then
 */
gboolean
jump_request_filter_bar_take_key (JumpRequestFilterBar *self, GdkEvent *event)
{
  if (gtk_search_entry_handle_event (GTK_SEARCH_ENTRY (self->text_entry), event) != GDK_EVENT_STOP)
    return FALSE;
  gtk_entry_grab_focus_without_selecting (self->text_entry);
  gtk_editable_set_position (GTK_EDITABLE (self->text_entry), -1);
  return TRUE;
}
