/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/history-purge.h"

#include "ui/figure-text.h"
#include "ui/save-file.h"

#include <glib/gi18n-lib.h>

#define DAY_SECONDS (24 * 60 * 60)

struct _JumpHistoryPurge
{
  GtkDialog parent_instance;

  GtkWidget *widget;    /* (owned) (nullable): what was clicked */
  JumpService *service; /* (owned) (nullable) */
  JumpHistoryChangedFunc changed;
  gpointer user_data;

  /* of the template */
  GtkLabel *measure_label;
  GtkToggleButton *bodies_button;
  GtkComboBox *age_combo;
};

/* What is being deleted. */
typedef struct
{
  GtkWidget *widget; /* (owned) */
  JumpHistoryChangedFunc changed;
  gpointer user_data;
} PurgeJob;

G_DEFINE_FINAL_TYPE (JumpHistoryPurge, jump_history_purge, GTK_TYPE_DIALOG)

static void
on_purged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PurgeJob *job = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = jump_history_store_purge_finish (JUMP_HISTORY_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (n < 0)
    /* Translators: %s is a technical message in English */
    text = g_strdup_printf (_ ("The history could not be deleted: %s"), error->message);
  else
    text = g_strdup_printf (ngettext ("%d request deleted from the history",
                                      "%d requests deleted from the history",
                                      (gulong) n),
                            (int) n);
  jump_save_file_tell (job->widget, text);
  job->changed (job->user_data);
  g_object_unref (job->widget);
  g_free (job);
}

/* What is in memory goes, too: nobody who deletes wants to see it in the list. */
static void
clear_memory (JumpHistoryPurge *self, gboolean only_bodies)
{
  JumpHistoryRing *ring = jump_service_get_history (self->service);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (ring));

  if (!only_bodies)
    {
      jump_history_ring_clear (ring);
      return;
    }
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (ring), i);

      if (!jump_exchange_item_is_running (item))
        jump_exchange_item_drop_bodies (item);
    }
}

static void
purge (JumpHistoryPurge *self)
{
  const char *days = gtk_combo_box_get_active_id (self->age_combo);
  gint64 age = days != NULL ? g_ascii_strtoll (days, NULL, 10) : 0;
  gint64 now = jump_clock_get_wall_seconds (jump_service_get_clock (self->service));
  gboolean only_bodies = gtk_toggle_button_get_active (self->bodies_button);
  PurgeJob *job = g_new0 (PurgeJob, 1);

  job->widget = g_object_ref (self->widget);
  job->changed = self->changed;
  job->user_data = self->user_data;
  if (age == 0)
    clear_memory (self, only_bodies);
  jump_history_store_purge_async (jump_service_get_history_store (self->service),
                                  only_bodies,
                                  age > 0 ? now - age * DAY_SECONDS : 0,
                                  NULL,
                                  on_purged,
                                  job);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpHistoryPurge) self = user_data;
  JumpHistoryMeasure measure = { 0 };
  g_autofree char *count = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (!jump_history_store_measure_finish (JUMP_HISTORY_STORE (source), result, &measure, NULL) ||
      self->measure_label == NULL)
    return;
  count = jump_figure_text_count ((gint64) measure.n_records);
  size = jump_figure_text_bytes (measure.bytes);
  /* Translators: how many requests, and a size such as 1.2 MB */
  text = g_strdup_printf (ngettext ("%s request is kept, which takes %s.",
                                    "%s requests are kept, which takes %s.",
                                    (gulong) measure.n_records),
                          count,
                          size);
  gtk_label_set_text (self->measure_label, text);
}

static void
jump_history_purge_response (GtkDialog *dialog, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    purge (JUMP_HISTORY_PURGE (dialog));
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_history_purge_dispose (GObject *object)
{
  JumpHistoryPurge *self = JUMP_HISTORY_PURGE (object);

  self->measure_label = NULL;
  g_clear_object (&self->widget);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_history_purge_parent_class)->dispose (object);
}

static void
jump_history_purge_class_init (JumpHistoryPurgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_history_purge_dispose;
  GTK_DIALOG_CLASS (klass)->response = jump_history_purge_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/history-purge.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpHistoryPurge, measure_label);
  gtk_widget_class_bind_template_child (widget_class, JumpHistoryPurge, bodies_button);
  gtk_widget_class_bind_template_child (widget_class, JumpHistoryPurge, age_combo);
}

static void
jump_history_purge_init (JumpHistoryPurge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_CANCEL);
}

void
jump_history_purge_ask (GtkWidget *widget,
                        JumpService *service,
                        JumpHistoryChangedFunc changed,
                        gpointer user_data)
{
  JumpHistoryPurge *self = g_object_new (JUMP_TYPE_HISTORY_PURGE,
                                         "transient-for",
                                         gtk_widget_get_toplevel (widget),
                                         "use-header-bar",
                                         FALSE,
                                         NULL);

  self->widget = g_object_ref (widget);
  self->service = g_object_ref (service);
  self->changed = changed;
  self->user_data = user_data;
  jump_history_store_measure_async (jump_service_get_history_store (service),
                                    NULL,
                                    on_measured,
                                    g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
