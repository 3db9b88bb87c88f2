/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/json-view.h"

#include "ui/figure-text.h"
#include "ui/json-text.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

/* What is set on the main loop takes less than a millisecond. */
#define MAX_ON_LOOP (32 * 1024)
/* What is shown of a body before somebody asks for more. */
#define MAX_SHOWN (1024 * 1024)
/* Strings are one line each, and a text view lays out whole lines: images in a request would stop it. */
#define MAX_TEXT        2000
#define MAX_TEXT_OF_ALL 20000
/* Put into the buffer at once: about a millisecond. */
#define PIECE 8192

struct _JumpJsonView
{
  GtkBox parent_instance;

  char *key;    /* (owned) (nullable): of what is shown */
  GBytes *body; /* (owned) (nullable): what is to be shown */
  char *text;   /* (owned) (nullable): what the buffer is being filled with */
  gsize n_fed;  /* bytes of it that are in the buffer */
  guint feed_source;
  GCancellable *setting; /* (owned) (nullable): a thread sets a body */
  gboolean is_stale;     /* and it has grown since */
  gboolean shows_all;

  GtkTextTag *stream_tag; /* (unowned): the buffer's */

  GtkSourceView *view;
  GtkSourceBuffer *buffer;
  GtkStack *stack;
  GtkLabel *note_label;
  GtkWidget *cut_box;
  GtkLabel *cut_label;
};

G_DEFINE_FINAL_TYPE (JumpJsonView, jump_json_view, GTK_TYPE_BOX)

typedef struct
{
  GBytes *body; /* (owned) */
  gsize length;
  gsize max_text;
} Setting;

static void
setting_free (Setting *setting)
{
  g_bytes_unref (setting->body);
  g_free (setting);
}

static char *
set_text (const Setting *setting)
{
  return jump_json_text_new (g_bytes_get_data (setting->body, NULL),
                             setting->length,
                             setting->max_text);
}

static Setting *
setting_new (JumpJsonView *self)
{
  Setting *setting = g_new0 (Setting, 1);
  gsize length = g_bytes_get_size (self->body);

  setting->body = g_bytes_ref (self->body);
  setting->length = self->shows_all ? length : MIN (length, MAX_SHOWN);
  setting->max_text = self->shows_all ? MAX_TEXT_OF_ALL : MAX_TEXT;
  return setting;
}

/* JSON knows no words in front of values, so the highlighting takes those of a stream for mistakes. */
static void
mark_stream_words (JumpJsonView *self, GtkTextIter *start, const char *text, gsize length)
{
  static const char *const words[] = { "data:", "event:", "id:", "retry:", ":" };
  const char *end = text + length;
  int line = gtk_text_iter_get_line (start);

  for (const char *at = text; at != NULL && at < end;
       at = memchr (at, '\n', (gsize) (end - at)), line++)
    {
      at += at > text ? 1 : 0;
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if ((gsize) (end - at) >= strlen (words[i]) && g_str_has_prefix (at, words[i]))
          {
            GtkTextIter from;
            GtkTextIter to;

            gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &from, line);
            to = from;
            if (i == 0 && !g_str_has_prefix (at, "data: [DONE]"))
              gtk_text_iter_forward_chars (&to, (int) strlen (words[i]));
            else
              gtk_text_iter_forward_to_line_end (&to);
            gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer),
                                       self->stream_tag,
                                       &from,
                                       &to);
            break;
          }
      if (at >= end)
        break;
    }
}

/* Up to the end of a line, where one is near. */
static gsize
measure_piece (const char *start)
{
  gsize length = strlen (start);
  const char *line_end;

  if (length <= PIECE)
    return length;
  line_end = g_strrstr_len (start, PIECE, "\n");
  if (line_end != NULL)
    return (gsize) (line_end - start) + 1;
  length = PIECE;
  while ((start[length] & 0xc0) == 0x80)
    length--;
  return length;
}

static gboolean
on_feed_due (gpointer user_data)
{
  JumpJsonView *self = user_data;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  const char *start = self->text + self->n_fed;
  gsize length = measure_piece (start);
  int offset = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_end_iter (buffer, &iter);
  gtk_text_buffer_insert (buffer, &iter, start, (int) length);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  mark_stream_words (self, &iter, start, length);
  self->n_fed += length;
  if (self->text[self->n_fed] != '\0')
    return G_SOURCE_CONTINUE;
  self->feed_source = 0;
  return G_SOURCE_REMOVE;
}

/* A body that grows keeps what stands already, and the place where somebody reads. */
static gsize
count_common (const char *a, gsize length, const char *b)
{
  gsize n = 0;

  while (n < length && a[n] == b[n])
    n++;
  while (n > 0 && (b[n] & 0xc0) == 0x80)
    n--;
  return n;
}

static void
feed (JumpJsonView *self, char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  gsize n_common = self->text != NULL ? count_common (self->text, self->n_fed, text) : 0;

  if (n_common < self->n_fed)
    {
      glong n_chars = g_utf8_strlen (text, (gssize) n_common);
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) n_chars);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
    }
  g_free (self->text);
  self->text = text;
  self->n_fed = n_common;
  g_clear_handle_id (&self->feed_source, g_source_remove);
  if (on_feed_due (self))
    self->feed_source = g_idle_add (on_feed_due, self);
}

static void
update_cut_box (JumpJsonView *self)
{
  gsize length = g_bytes_get_size (self->body);
  g_autofree char *shown = jump_figure_text_bytes (MAX_SHOWN);
  g_autofree char *all = jump_figure_text_bytes (length);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->cut_box, !self->shows_all && length > MAX_SHOWN);
  /* Translators: how much of a request or a response is shown, as in "1 MB of 5 MB" */
  text = g_strdup_printf (_("The first %s of %s are shown."), shown, all);
  gtk_label_set_text (self->cut_label, text);
}

static void
set_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, set_text (task_data), g_free);
}

static void
start_setting (JumpJsonView *self, GAsyncReadyCallback on_set)
{
  g_autoptr (GTask) task = NULL;

  self->is_stale = FALSE;
  self->setting = g_cancellable_new ();
  task = g_task_new (NULL, self->setting, on_set, g_object_ref (self));
  g_task_set_task_data (task, setting_new (self), (GDestroyNotify) setting_free);
  g_task_run_in_thread (task, set_in_thread);
}

static void
on_text_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpJsonView) self = JUMP_JSON_VIEW (user_data);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Somebody looks at another body by now. */
  if (g_task_get_cancellable (G_TASK (result)) != self->setting || self->body == NULL)
    return;
  g_clear_object (&self->setting);
  if (text != NULL)
    feed (self, g_steal_pointer (&text));
  if (self->is_stale)
    start_setting (self, on_text_set);
}

static void
update (JumpJsonView *self)
{
  update_cut_box (self);
  gtk_stack_set_visible_child_name (self->stack, "text");
  if (self->setting != NULL)
    {
      self->is_stale = TRUE;
    }
  else if (g_bytes_get_size (self->body) <= MAX_ON_LOOP)
    {
      Setting *setting = setting_new (self);

      feed (self, set_text (setting));
      setting_free (setting);
    }
  else
    {
      start_setting (self, on_text_set);
    }
}

static void
forget (JumpJsonView *self)
{
  if (self->setting != NULL)
    g_cancellable_cancel (self->setting);
  g_clear_object (&self->setting);
  g_clear_handle_id (&self->feed_source, g_source_remove);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->text, g_free);
  self->n_fed = 0;
  self->is_stale = FALSE;
  self->shows_all = FALSE;
}

static void
on_all_clicked (JumpJsonView *self)
{
  self->shows_all = TRUE;
  if (self->body != NULL)
    update (self);
}

/* Hides what the scheme does to mistakes. */
static void
colour_stream_words (JumpJsonView *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA background;
  GdkRGBA colour;

  if (gtk_style_context_lookup_color (context, "insensitive_fg_color", &colour))
    g_object_set (self->stream_tag, "foreground-rgba", &colour, NULL);
  g_object_set (self->stream_tag,
                "weight",
                PANGO_WEIGHT_NORMAL,
                "underline",
                PANGO_UNDERLINE_NONE,
                NULL);
  if (gtk_style_context_lookup_color (context, "theme_base_color", &background))
    g_object_set (self->stream_tag, "background-rgba", &background, NULL);
}

/* The scheme's colours must fit the theme's background, which style.css keeps. */
static void
on_style_updated (JumpJsonView *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  GdkRGBA colour = { 0 };
  gboolean is_dark;

  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &colour);
  is_dark = colour.red + colour.green + colour.blue > 1.5;
  gtk_source_buffer_set_style_scheme (
      self->buffer,
      gtk_source_style_scheme_manager_get_scheme (manager, is_dark ? "oblivion" : "kate"));
  colour_stream_words (self);
}

static void
jump_json_view_dispose (GObject *object)
{
  forget (JUMP_JSON_VIEW (object));
  G_OBJECT_CLASS (jump_json_view_parent_class)->dispose (object);
}

static void
jump_json_view_class_init (JumpJsonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_json_view_dispose;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/json-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, view);
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, buffer);
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, stack);
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, note_label);
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, cut_box);
  gtk_widget_class_bind_template_child (widget_class, JumpJsonView, cut_label);
  gtk_widget_class_bind_template_callback (widget_class, on_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_style_updated);
}

static void
jump_json_view_init (JumpJsonView *self)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->stream_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, NULL);
  gtk_source_buffer_set_language (self->buffer,
                                  gtk_source_language_manager_get_language (manager, "json"));
  on_style_updated (self);
}

/**
 * jump_json_view_set_body:
 * @key: the same for the same body, however far it has grown
 * @body: referenced
 */
void
jump_json_view_set_body (JumpJsonView *self, const char *key, GBytes *body)
{
  if (g_strcmp0 (self->key, key) != 0)
    {
      forget (self);
      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
      self->key = g_strdup (key);
    }
  else if (self->body != NULL && g_bytes_get_size (self->body) == g_bytes_get_size (body))
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_ref (body);
  update (self);
}

void
jump_json_view_set_note (JumpJsonView *self, const char *note)
{
  forget (self);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  gtk_widget_hide (self->cut_box);
  gtk_label_set_text (self->note_label, note);
  gtk_stack_set_visible_child_name (self->stack, "note");
}
