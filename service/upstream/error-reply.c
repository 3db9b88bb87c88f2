/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/error-reply.h"

/* Real ones have some KiB; a gateway's HTML page some hundred. */
#define MAX_BODY (1024 * 1024)

static void
on_header_found (const char *name, const char *value, gpointer user_data)
{
  GPtrArray *headers = user_data;

  g_ptr_array_add (headers, g_strdup (name));
  g_ptr_array_add (headers, g_strdup (value));
}

/**
 * jump_error_reply_new:
 * @transfer: whose headers have come
 * @status: its status
 *
 * Returns: (transfer full): without a body
 */
JumpErrorReply *
jump_error_reply_new (JumpHttpTransfer *transfer, guint status)
{
  JumpErrorReply *self = g_new0 (JumpErrorReply, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->body = g_byte_array_new ();
  jump_http_transfer_foreach_header (transfer, on_header_found, self->headers);
  return self;
}

/**
 * jump_error_reply_free:
 * @self: (transfer full): the reply
 */
void
jump_error_reply_free (JumpErrorReply *self)
{
  g_ptr_array_unref (self->headers);
  g_byte_array_unref (self->body);
  g_free (self);
}

/**
 * jump_error_reply_append:
 * @self: the reply
 * @data: the next bytes of its body
 * @length: how many
 *
 * Returns: whether there is room for more; the limit is 1 MiB
 */
gboolean
jump_error_reply_append (JumpErrorReply *self, const char *data, gsize length)
{
  gsize room = MAX_BODY - self->body->len;

  g_byte_array_append (self->body, (const guint8 *) data, (guint) MIN (room, length));
  return self->body->len < MAX_BODY;
}

/**
 * jump_error_reply_get_header:
 * @self: the reply
 * @name: in any case
 *
 * Returns: (nullable): the value, the last one if repeated
 */
const char *
jump_error_reply_get_header (const JumpErrorReply *self, const char *name)
{
  for (guint i = self->headers->len; i >= 2; i -= 2)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (self->headers, i - 2), name) == 0)
        return g_ptr_array_index (self->headers, i - 1);
    }
  return NULL;
}
