/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/example-card.h"

#include "ui/example-text.h"
#include "ui/window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What examples name before the service listens: the address that it most likely will have. */
#define URL_TO_COME "http://127.0.0.1:%d"

struct _JumpExampleCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkComboBox *chooser;
  GtkTextView *text_view;
  GtkLabel *hint_label;
};

G_DEFINE_FINAL_TYPE (JumpExampleCard, jump_example_card, GTK_TYPE_BOX)

static const char *
get_hint (JumpExample example)
{
  switch (example)
    {
    case JUMP_EXAMPLE_CURL:
      return _ ("Paste it into a terminal. The answer appears as it is written, and the request in "
                "the list of requests.");
    case JUMP_EXAMPLE_PYTHON:
      return _ ("Needs the package “openai”: pip install openai.");
    case JUMP_EXAMPLE_NODE:
      return _ ("Save it as hello.mjs. Needs the package “openai”: npm install openai.");
    case JUMP_EXAMPLE_CLAUDE_CODE:
      return _ ("Paste it into a terminal. Every model of your account will do.");
    case JUMP_EXAMPLE_CODEX:
      return _ ("Put it at the beginning of the file, then start codex.");
    case JUMP_N_EXAMPLES:
      break;
    }
  return "";
}

static void
show_example (JumpExampleCard *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  JumpExample example = (JumpExample) MAX (gtk_combo_box_get_active (self->chooser), 0);
  const char *url = jump_service_get_url (self->service);
  JumpSettings *settings = jump_service_get_settings (self->service);
  const char *model = jump_settings_get_string (settings, JUMP_KEY_MODELS_DEFAULT);
  g_autofree char *later =
      g_strdup_printf (URL_TO_COME, (int) jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT));
  g_autofree char *text = jump_example_new (example, url == NULL ? later : url, model);
  g_autofree char *shown = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  /* What somebody has selected stays selected. */
  if (strcmp (shown, g_strchomp (text)) != 0)
    gtk_text_buffer_set_text (buffer, text, -1);
  gtk_label_set_text (self->hint_label, get_hint (example));
}

static void
on_chooser_changed (GtkComboBox *chooser, JumpExampleCard *self)
{
  if (self->service != NULL)
    show_example (self);
}

static void
on_copy_clicked (GtkButton *button, JumpExampleCard *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD),
                          text,
                          -1);
  if (JUMP_IS_WINDOW (window))
    jump_window_tell (JUMP_WINDOW (window), _ ("Example copied"));
}

static void
jump_example_card_dispose (GObject *object)
{
  JumpExampleCard *self = JUMP_EXAMPLE_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_example_card_parent_class)->dispose (object);
}

static void
jump_example_card_class_init (JumpExampleCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_example_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/example-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpExampleCard, chooser);
  gtk_widget_class_bind_template_child (widget_class, JumpExampleCard, text_view);
  gtk_widget_class_bind_template_child (widget_class, JumpExampleCard, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, on_chooser_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
jump_example_card_init (JumpExampleCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < JUMP_N_EXAMPLES; i++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (self->chooser), jump_example_get_name (i));
  gtk_combo_box_set_active (self->chooser, JUMP_EXAMPLE_CURL);
}

/**
 * jump_example_card_set_service:
 * @self: a card
 * @service: whose address and model the examples name
 */
void
jump_example_card_set_service (JumpExampleCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_example_card_update (JumpExampleCard *self)
{
  show_example (self);
}
