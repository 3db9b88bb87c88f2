/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/planned-reply.h"

#include "service/base/json-write.h"

#include <libsoup/soup.h>

/**
 * jump_planned_reply_new:
 * @status: the HTTP status
 *
 * Returns: (transfer full): a reply without a body
 */
JumpPlannedReply *
jump_planned_reply_new (guint status)
{
  JumpPlannedReply *self = g_new0 (JumpPlannedReply, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->cut_after_bytes = -1;
  self->stall_after = -1;
  return self;
}

/**
 * jump_planned_reply_new_text:
 * @status: the HTTP status
 * @content_type: as sent
 * @text: the body
 */
JumpPlannedReply *
jump_planned_reply_new_text (guint status, const char *content_type, const char *text)
{
  JumpPlannedReply *self = jump_planned_reply_new (status);

  self->content_type = g_strdup (content_type);
  self->body = g_bytes_new (text, strlen (text));
  return self;
}

/**
 * jump_planned_reply_new_json:
 * @status: the HTTP status
 * @json: (transfer full): the body
 */
JumpPlannedReply *
jump_planned_reply_new_json (guint status, char *json)
{
  JumpPlannedReply *self = jump_planned_reply_new (status);

  self->content_type = g_strdup ("application/json; charset=utf-8");
  self->body = g_bytes_new_take (json, strlen (json));
  return self;
}

/**
 * jump_planned_reply_new_error:
 * @status: the HTTP status
 * @code: (nullable): the error code; empty string when NULL, as Copilot does
 * @param: (nullable): the body field at fault
 * @format: the message, as printf
 *
 * Copilot declares its JSON errors as plain text and forbids sniffing (protocol 5.5).
 */
JumpPlannedReply *
jump_planned_reply_new_error (guint status,
                              const char *code,
                              const char *param,
                              const char *format,
                              ...)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *message = NULL;
  g_autofree char *json = NULL;
  JumpPlannedReply *self;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "message", message);
  jump_json_writer_member_string (&writer, "code", code == NULL ? "" : code);
  if (param != NULL)
    jump_json_writer_member_string (&writer, "param", param);
  if (status == 400)
    jump_json_writer_member_string (&writer, "type", "invalid_request_error");
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  json = jump_json_writer_finish (&writer);

  self = jump_planned_reply_new_text (status, "text/plain; charset=utf-8", json);
  jump_planned_reply_add_header (self, "X-Content-Type-Options", "nosniff");
  return self;
}

/**
 * jump_planned_reply_new_stream:
 *
 * Returns: (transfer full): an event stream without a piece yet
 */
JumpPlannedReply *
jump_planned_reply_new_stream (void)
{
  JumpPlannedReply *self = jump_planned_reply_new (200);

  self->content_type = g_strdup ("text/event-stream");
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

/**
 * jump_planned_reply_free:
 * @self: (transfer full): a reply
 */
void
jump_planned_reply_free (JumpPlannedReply *self)
{
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_free (self);
}

void
jump_planned_reply_set_date (JumpPlannedReply *self, gint64 wall)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall);
  g_autofree char *text = soup_date_time_to_string (time, SOUP_DATE_HTTP);

  jump_planned_reply_add_header (self, "Date", text);
}

/**
 * jump_planned_reply_hold:
 *
 * It takes as long as before until the last byte.
 */
void
jump_planned_reply_hold (JumpPlannedReply *self)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  if (self->pieces == NULL || self->pieces->len == 0)
    return;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (self->pieces->pdata[i], &length);

      g_byte_array_append (all, data, (guint) length);
    }
  self->delay_ms += self->gap_ms * (self->pieces->len - 1);
  g_ptr_array_set_size (self->pieces, 0);
  g_ptr_array_add (self->pieces, g_byte_array_free_to_bytes (g_steal_pointer (&all)));
}

/**
 * jump_planned_reply_add_header:
 */
void
jump_planned_reply_add_header (JumpPlannedReply *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/**
 * jump_planned_reply_add_data:
 * @self: a stream
 * @data: one line
 */
void
jump_planned_reply_add_data (JumpPlannedReply *self, const char *data)
{
  g_autofree char *piece = g_strconcat ("data: ", data, "\n\n", NULL);

  jump_planned_reply_add_piece (self, piece);
}

/**
 * jump_planned_reply_add_event:
 * @self: a stream
 * @event: its name
 * @data: one line
 */
void
jump_planned_reply_add_event (JumpPlannedReply *self, const char *event, const char *data)
{
  g_autofree char *piece = g_strconcat ("event: ", event, "\ndata: ", data, "\n\n", NULL);

  jump_planned_reply_add_piece (self, piece);
}

/**
 * jump_planned_reply_add_piece:
 * @self: a stream
 * @bytes: written as they are, in one write
 */
void
jump_planned_reply_add_piece (JumpPlannedReply *self, const char *bytes)
{
  g_ptr_array_add (self->pieces, g_bytes_new (bytes, strlen (bytes)));
}
