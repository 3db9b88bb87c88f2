/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/conversation-view.h"

#include "ui/conversation-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Put into the buffer at once: about a millisecond. */
#define PIECE 8192

/* One part as it is shown. */
typedef struct
{
  JumpTranscriptKind kind;
  char *heading; /* (owned) */
  char *text;    /* (owned) */
} Paragraph;

struct _JumpConversationView
{
  GtkStack parent_instance;

  JumpExchangeRecord *record; /* (owned) (nullable): of the exchange that is shown */
  GPtrArray *paragraphs; /* (owned) (nullable) (element-type Paragraph): what the buffer is for */
  guint n_fed;           /* of them, whose heading is in the buffer */
  gsize n_bytes;         /* of the last one's text that are */
  guint feed_source;
  GCancellable *reading; /* (owned) (nullable): a thread reads a record */
  gsize n_read;          /* what was read last of a reply that grows */

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *note_label;
};

G_DEFINE_FINAL_TYPE (JumpConversationView, jump_conversation_view, GTK_TYPE_STACK)

static void
paragraph_free (gpointer data)
{
  Paragraph *paragraph = data;

  g_free (paragraph->heading);
  g_free (paragraph->text);
  g_free (paragraph);
}

static const char *
get_body_tag (JumpTranscriptKind kind)
{
  switch (kind)
    {
    case JUMP_TRANSCRIPT_SYSTEM:
    case JUMP_TRANSCRIPT_IMAGE:
      return "system";
    case JUMP_TRANSCRIPT_THINKING:
      return "thinking";
    case JUMP_TRANSCRIPT_TOOL_CALL:
    case JUMP_TRANSCRIPT_TOOL_RESULT:
      return "tool";
    case JUMP_TRANSCRIPT_USER:
    case JUMP_TRANSCRIPT_ASSISTANT:
    case JUMP_TRANSCRIPT_ERROR:
      break;
    }
  return "plain";
}

static const char *
get_heading_tag (JumpTranscriptKind kind)
{
  switch (kind)
    {
    case JUMP_TRANSCRIPT_USER:
      return "user-heading";
    case JUMP_TRANSCRIPT_ASSISTANT:
      return "assistant-heading";
    case JUMP_TRANSCRIPT_ERROR:
      return "error-heading";
    case JUMP_TRANSCRIPT_SYSTEM:
    case JUMP_TRANSCRIPT_THINKING:
    case JUMP_TRANSCRIPT_TOOL_CALL:
    case JUMP_TRANSCRIPT_TOOL_RESULT:
    case JUMP_TRANSCRIPT_IMAGE:
      break;
    }
  return "other-heading";
}

static void
append (JumpConversationView *self, const char *text, gsize length, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (self->buffer, &end, text, (int) length, tag, NULL);
}

static void
append_heading (JumpConversationView *self, const Paragraph *paragraph)
{
  if (self->n_fed > 0)
    append (self, "\n", 1, "plain");
  append (self, paragraph->heading, strlen (paragraph->heading), get_heading_tag (paragraph->kind));
  append (self, "\n", 1, get_heading_tag (paragraph->kind));
}

/* Returns: how much of the current paragraph's text went in, up to @max. */
static gsize
append_text (JumpConversationView *self, const Paragraph *paragraph, gsize max)
{
  const char *start = paragraph->text + self->n_bytes;
  gsize length = strlen (start);

  if (length > max)
    {
      length = max;
      while (length > 0 && (start[length] & 0xc0) == 0x80)
        length--;
    }
  append (self, start, length, get_body_tag (paragraph->kind));
  self->n_bytes += length;
  return length;
}

static gboolean
on_feed_due (gpointer user_data)
{
  JumpConversationView *self = user_data;
  gsize left = PIECE;

  while (left > 3)
    {
      Paragraph *last =
          self->n_fed > 0 ? g_ptr_array_index (self->paragraphs, self->n_fed - 1) : NULL;

      if (last != NULL && last->text[self->n_bytes] != '\0')
        {
          left -= append_text (self, last, left);
          continue;
        }
      if (self->n_fed == self->paragraphs->len)
        {
          self->feed_source = 0;
          return G_SOURCE_REMOVE;
        }
      append_heading (self, g_ptr_array_index (self->paragraphs, self->n_fed));
      self->n_fed++;
      self->n_bytes = 0;
      left -= MIN (left, 256);
    }
  return G_SOURCE_CONTINUE;
}

static void
clear_buffer (JumpConversationView *self)
{
  gtk_text_buffer_set_text (self->buffer, "", 0);
  self->n_fed = 0;
  self->n_bytes = 0;
}

/* Whether what is in the buffer is how @paragraphs begin: what grows at its end stays in place. */
static gboolean
is_continued_by (JumpConversationView *self, GPtrArray *paragraphs)
{
  if (self->paragraphs == NULL || self->n_fed > paragraphs->len)
    return FALSE;
  for (guint i = 0; i < self->n_fed; i++)
    {
      const Paragraph *old = g_ptr_array_index (self->paragraphs, i);
      const Paragraph *new = g_ptr_array_index (paragraphs, i);
      gboolean is_last = i + 1 == self->n_fed;

      if (old->kind != new->kind || strcmp (old->heading, new->heading) != 0)
        return FALSE;
      if (is_last ? strncmp (old->text, new->text, self->n_bytes) != 0
                  : strcmp (old->text, new->text) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
take_paragraphs (JumpConversationView *self, GPtrArray *paragraphs)
{
  g_clear_handle_id (&self->feed_source, g_source_remove);
  if (!is_continued_by (self, paragraphs))
    clear_buffer (self);
  g_clear_pointer (&self->paragraphs, g_ptr_array_unref);
  self->paragraphs = paragraphs;
  if (paragraphs->len == 0)
    {
      gtk_label_set_text (self->note_label, _("There is no conversation in this request."));
      gtk_stack_set_visible_child_name (GTK_STACK (self), "note");
      return;
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self), "text");
  if (on_feed_due (self))
    self->feed_source = g_idle_add (on_feed_due, self);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) parts = jump_transcript_new (task_data);
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (paragraph_free);

  for (guint i = 0; i < parts->len; i++)
    {
      const JumpTranscriptPart *part = g_ptr_array_index (parts, i);
      Paragraph *paragraph = g_new0 (Paragraph, 1);

      paragraph->kind = part->kind;
      paragraph->heading = jump_conversation_heading_new (part);
      paragraph->text = jump_conversation_text_new (part);
      g_ptr_array_add (paragraphs, paragraph);
    }
  g_task_return_pointer (task, paragraphs, (GDestroyNotify) g_ptr_array_unref);
}

/* What tells whether there is more of a record than there was. */
static gsize
measure (const JumpExchangeRecord *record)
{
  gsize size = record->reply_body != NULL ? record->reply_body->len : 0;

  return 2 * size + (record->state == JUMP_EXCHANGE_ENDED ? 2 : 1);
}

static void
start_reading (JumpConversationView *self, GAsyncReadyCallback on_read)
{
  g_autoptr (GTask) task = NULL;

  self->n_read = measure (self->record);
  self->reading = g_cancellable_new ();
  task = g_task_new (NULL, self->reading, on_read, g_object_ref (self));
  g_task_set_task_data (task,
                        jump_conversation_copy_record (self->record),
                        (GDestroyNotify) jump_exchange_record_unref);
  g_task_run_in_thread (task, read_in_thread);
}

static void
on_record_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpConversationView) self = JUMP_CONVERSATION_VIEW (user_data);
  g_autoptr (GPtrArray) paragraphs = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Somebody looks at another exchange by now. */
  if (g_task_get_cancellable (G_TASK (result)) != self->reading || self->record == NULL)
    return;
  g_clear_object (&self->reading);
  if (paragraphs != NULL)
    take_paragraphs (self, g_steal_pointer (&paragraphs));
  if (self->n_read != measure (self->record))
    start_reading (self, on_record_read);
}

static void
forget (JumpConversationView *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->feed_source, g_source_remove);
  g_clear_pointer (&self->paragraphs, g_ptr_array_unref);
  g_clear_pointer (&self->record, jump_exchange_record_unref);
  self->n_read = 0;
}

/* The theme's signal colours are made for areas: as text they need something of the text's colour. */
static double
mix (double colour, double text)
{
  return 0.55 * colour + 0.45 * text;
}

static void
set_colour (JumpConversationView *self, const char *tag_name, const char *colour_name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->view));
  GtkTextTag *tag =
      gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (self->buffer), tag_name);
  GdkRGBA colour;
  GdkRGBA text;

  if (!gtk_style_context_lookup_color (context, colour_name, &colour) ||
      !gtk_style_context_lookup_color (context, "theme_text_color", &text))
    return;
  colour.red = mix (colour.red, text.red);
  colour.green = mix (colour.green, text.green);
  colour.blue = mix (colour.blue, text.blue);
  g_object_set (tag, "foreground-rgba", &colour, NULL);
}

static void
on_style_updated (JumpConversationView *self)
{
  set_colour (self, "user-heading", "theme_selected_bg_color");
  set_colour (self, "assistant-heading", "success_color");
  set_colour (self, "error-heading", "error_color");
  set_colour (self, "thinking", "insensitive_fg_color");
  set_colour (self, "system", "insensitive_fg_color");
}

static void
add_tags (JumpConversationView *self)
{
  static const char *const headings[] = {
    "user-heading",
    "assistant-heading",
    "error-heading",
    "other-heading",
  };

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    gtk_text_buffer_create_tag (self->buffer,
                                headings[i],
                                "weight",
                                PANGO_WEIGHT_BOLD,
                                "pixels-above-lines",
                                12,
                                "pixels-below-lines",
                                3,
                                NULL);
  gtk_text_buffer_create_tag (self->buffer, "plain", NULL);
  gtk_text_buffer_create_tag (self->buffer, "system", NULL);
  gtk_text_buffer_create_tag (self->buffer, "thinking", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (self->buffer, "tool", "family", "monospace", "left-margin", 30, NULL);
}

static void
jump_conversation_view_dispose (GObject *object)
{
  forget (JUMP_CONVERSATION_VIEW (object));
  G_OBJECT_CLASS (jump_conversation_view_parent_class)->dispose (object);
}

static void
jump_conversation_view_class_init (JumpConversationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_conversation_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/conversation-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpConversationView, view);
  gtk_widget_class_bind_template_child (widget_class, JumpConversationView, buffer);
  gtk_widget_class_bind_template_child (widget_class, JumpConversationView, note_label);
  gtk_widget_class_bind_template_callback (widget_class, on_style_updated);
}

static void
jump_conversation_view_init (JumpConversationView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tags (self);
  on_style_updated (self);
}

/**
 * jump_conversation_view_set_record:
 * @record: referenced
 */
void
jump_conversation_view_set_record (JumpConversationView *self, JumpExchangeRecord *record)
{
  if (self->record != record)
    {
      forget (self);
      clear_buffer (self);
      self->record = jump_exchange_record_ref (record);
    }
  if (self->reading == NULL && self->n_read != measure (record))
    start_reading (self, on_record_read);
}

void
jump_conversation_view_set_note (JumpConversationView *self, const char *note)
{
  forget (self);
  clear_buffer (self);
  gtk_label_set_text (self->note_label, note);
  gtk_stack_set_visible_child_name (GTK_STACK (self), "note");
}
