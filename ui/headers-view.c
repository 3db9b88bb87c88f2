/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/headers-view.h"

#include "ui/json-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _JumpHeadersView
{
  GtkScrolledWindow parent_instance;

  char *shown; /* (owned) (nullable): what the buffer says */

  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (JumpHeadersView, jump_headers_view, GTK_TYPE_SCROLLED_WINDOW)

/* @lines: (nullable). Returns: (transfer full): without the secrets that have no header of their own. */
static char *
dup_lines (const char *lines, const char *otherwise)
{
  g_autofree char *redacted = NULL;

  if (lines == NULL || *lines == '\0')
    return g_strdup (otherwise);
  redacted = jump_redact (lines);
  return jump_plain_text_new (redacted, strlen (redacted));
}

static void
append (JumpHeadersView *self, const char *text, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (self->buffer, &end, text, -1, tag, NULL);
}

static void
append_section (JumpHeadersView *self, const char *heading, const char *first, const char *lines)
{
  append (self, heading, "heading");
  append (self, "\n", "heading");
  append (self, first, "plain");
  append (self, "\n", "plain");
  append (self, lines, "plain");
  append (self, g_str_has_suffix (lines, "\n") ? "" : "\n", "plain");
}

static void
jump_headers_view_finalize (GObject *object)
{
  g_free (JUMP_HEADERS_VIEW (object)->shown);
  G_OBJECT_CLASS (jump_headers_view_parent_class)->finalize (object);
}

static void
jump_headers_view_class_init (JumpHeadersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jump_headers_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/headers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpHeadersView, buffer);
}

static void
jump_headers_view_init (JumpHeadersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_buffer_create_tag (self->buffer,
                              "heading",
                              "weight",
                              PANGO_WEIGHT_BOLD,
                              "pixels-above-lines",
                              12,
                              "pixels-below-lines",
                              3,
                              NULL);
  gtk_text_buffer_create_tag (self->buffer, "plain", NULL);
}

void
jump_headers_view_set_record (JumpHeadersView *self, const JumpExchangeRecord *record)
{
  gboolean has_reply = record->status != 0 || record->reply_headers != NULL;
  g_autofree char *request = dup_lines (record->request_headers, _("The headers were not kept."));
  g_autofree char *reply = dup_lines (record->reply_headers,
                                      has_reply
                                      ? _("The headers were not kept.")
                                      : _("There is no response yet."));
  g_autofree char *first = g_strdup_printf ("%s %s", record->method, record->path);
  g_autofree char *status =
      record->status != 0 ? g_strdup_printf ("HTTP %u", record->status) : g_strdup ("");
  g_autofree char *all = g_strjoin ("\n", first, request, status, reply, NULL);

  if (g_strcmp0 (self->shown, all) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&all);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  append_section (self, _("Request"), first, request);
  append_section (self, _("Response"), status, reply);
}
