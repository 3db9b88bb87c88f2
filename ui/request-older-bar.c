/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-older-bar.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

struct _JumpRequestOlderBar
{
  GtkBox parent_instance;

  JumpRequestArchive *archive; /* (owned) (nullable) */
  char *text;                  /* (owned) (nullable) */

  /* of the template */
  GtkWidget *load_button;
  GtkToggleButton *full_button;
  GtkLabel *state_label;
  GtkSpinner *spinner;
};

enum
{
  SIGNAL_ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRequestOlderBar, jump_request_older_bar, GTK_TYPE_BOX)

/* Returns: (transfer full) */
static char *
describe (JumpRequestOlderBar *self)
{
  const GError *error = jump_request_archive_get_error (self->archive);
  guint n_older = jump_request_archive_get_n_older (self->archive);
  gboolean is_search = self->text != NULL;
  g_autofree char *count = jump_figure_text_count (n_older);

  if (error != NULL)
    /* Translators: %s is a technical message in English */
    return g_strdup_printf (_ ("The history cannot be read: %s"), error->message);
  if (jump_request_archive_is_loading (self->archive))
    return g_strdup (is_search ? _ ("Searching the history…") : _ ("Reading the history…"));
  if (n_older > 0)
    /* Translators: %s is how many */
    return g_strdup_printf (ngettext ("%s older request", "%s older requests", n_older), count);
  if (!jump_request_archive_has_more (self->archive))
    return g_strdup (is_search ? _ ("Nothing else in the history")
                               : _ ("No older requests are kept"));
  return g_strdup ("");
}

static void
update (JumpRequestOlderBar *self)
{
  gboolean is_loading = jump_request_archive_is_loading (self->archive);
  g_autofree char *state = describe (self);

  gtk_label_set_text (self->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->full_button), self->text != NULL);
  gtk_widget_set_sensitive (self->load_button,
                            !is_loading && jump_request_archive_has_more (self->archive));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_loading);
  g_object_set (self->spinner, "active", is_loading, NULL);
}

static void
on_load_clicked (JumpRequestOlderBar *self)
{
  g_signal_emit (self, signals[SIGNAL_ASKED], 0);
  jump_request_archive_load (self->archive);
}

static void
on_full_toggled (JumpRequestOlderBar *self)
{
  if (self->archive != NULL)
    jump_request_archive_search (self->archive,
                                 self->text,
                                 gtk_toggle_button_get_active (self->full_button));
}

static void
jump_request_older_bar_dispose (GObject *object)
{
  g_clear_object (&JUMP_REQUEST_OLDER_BAR (object)->archive);
  G_OBJECT_CLASS (jump_request_older_bar_parent_class)->dispose (object);
}

static void
jump_request_older_bar_finalize (GObject *object)
{
  g_free (JUMP_REQUEST_OLDER_BAR (object)->text);
  G_OBJECT_CLASS (jump_request_older_bar_parent_class)->finalize (object);
}

static void
jump_request_older_bar_class_init (JumpRequestOlderBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_request_older_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_request_older_bar_finalize;
  signals[SIGNAL_ASKED] = g_signal_new ("asked",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/request-older-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpRequestOlderBar, load_button);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestOlderBar, full_button);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestOlderBar, state_label);
  gtk_widget_class_bind_template_child (widget_class, JumpRequestOlderBar, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_load_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_full_toggled);
}

static void
jump_request_older_bar_init (JumpRequestOlderBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_request_older_bar_set_archive:
 * @self: a bar without one
 * @archive: referenced
 */
void
jump_request_older_bar_set_archive (JumpRequestOlderBar *self, JumpRequestArchive *archive)
{
  g_return_if_fail (self->archive == NULL);
  self->archive = g_object_ref (archive);
  g_signal_connect_object (archive, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
jump_request_older_bar_set_text (JumpRequestOlderBar *self, const char *text)
{
  g_free (self->text);
  self->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  jump_request_archive_search (self->archive,
                               self->text,
                               gtk_toggle_button_get_active (self->full_button));
  update (self);
}
