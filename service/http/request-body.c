/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/request-body.h"

#include "service/base/limits.h"

#include <string.h>

/* Read at once, on the stack, where bytes have to be looked at before they are kept. */
#define READ_SIZE (16 * 1024)
/* Set aside for a body before its bytes are here; pages that are not written cost nothing. */
#define FIRST_BUFFER (4 * 1024 * 1024)

static void
make_room (JumpRequestBody *self, gsize wanted)
{
  if (wanted <= self->room)
    return;
  self->data = g_realloc (self->data, wanted);
  self->room = wanted;
}

/* There is room for them. FALSE: the bodies of all together are too large. */
static gboolean
count_bytes (JumpRequestBody *self, gsize length)
{
  if (!jump_connection_budget_take_bytes (self->budget, length))
    return FALSE;
  self->counted += length;
  self->length += length;
  return TRUE;
}

static gboolean
append (JumpRequestBody *self, const char *data, gsize length)
{
  if (length > 0) /* else there may be no memory either */
    memcpy (self->data + self->length, data, length);
  return count_bytes (self, length);
}

static JumpBodyStep
take_chunks (JumpRequestBody *self, JumpClientSocket *socket, const char *data, gsize length)
{
  while (length > 0)
    {
      const char *piece = NULL;
      gsize piece_length = 0;
      gsize used = 0;
      JumpChunkStep step =
          jump_chunk_decoder_take (&self->chunks, data, length, &used, &piece, &piece_length);

      if (step == JUMP_CHUNKS_BROKEN)
        return JUMP_BODY_BROKEN;
      if (piece_length > self->limit - self->length)
        return JUMP_BODY_TOO_LARGE;
      if (self->length + piece_length > self->room)
        make_room (self, MAX (2 * self->room, self->length + piece_length));
      if (!append (self, piece, piece_length))
        return JUMP_BODY_NO_ROOM;
      data += used;
      length -= used;
      if (step == JUMP_CHUNKS_END)
        {
          jump_client_socket_unread (socket, data, length);
          return JUMP_BODY_WHOLE;
        }
    }
  return JUMP_BODY_GO_ON;
}

static JumpBodyStep
read_chunks (JumpRequestBody *self, JumpClientSocket *socket)
{
  char buffer[READ_SIZE];
  JumpBodyStep step = JUMP_BODY_GO_ON;

  while (step == JUMP_BODY_GO_ON)
    {
      gssize n_read = jump_client_socket_receive (socket, buffer, sizeof buffer);

      if (n_read < 0)
        return JUMP_BODY_GO_ON;
      if (n_read == 0)
        return JUMP_BODY_LOST;
      step = take_chunks (self, socket, buffer, (gsize) n_read);
    }
  return step;
}

static JumpBodyStep
read_expected (JumpRequestBody *self, JumpClientSocket *socket)
{
  while (self->length < self->expected)
    {
      gssize n_read;

      if (self->length == self->room)
        make_room (self, self->expected);
      n_read =
          jump_client_socket_receive (socket, self->data + self->length, self->room - self->length);
      if (n_read < 0)
        return JUMP_BODY_GO_ON;
      if (n_read == 0)
        return JUMP_BODY_LOST;
      if (!count_bytes (self, (gsize) n_read))
        return JUMP_BODY_NO_ROOM;
    }
  return JUMP_BODY_WHOLE;
}

void
jump_request_body_begin (JumpRequestBody *self,
                         JumpConnectionBudget *budget,
                         gsize limit,
                         gboolean is_chunked,
                         gsize expected)
{
  self->budget = budget;
  self->limit = limit;
  self->is_chunked = is_chunked;
  self->expected = is_chunked ? 0 : expected;
  self->started = g_get_monotonic_time ();
}

JumpBodyStep
jump_request_body_take (JumpRequestBody *self,
                        JumpClientSocket *socket,
                        const char *data,
                        gsize length)
{
  gsize n_body = MIN (length, self->expected);

  if (self->is_chunked)
    {
      JumpBodyStep step = take_chunks (self, socket, data, length);

      return step == JUMP_BODY_GO_ON ? read_chunks (self, socket) : step;
    }
  if (self->expected > self->limit)
    return JUMP_BODY_TOO_LARGE;
  make_room (self, MIN (self->expected, MAX (FIRST_BUFFER, n_body)));
  if (!append (self, data, n_body))
    return JUMP_BODY_NO_ROOM;
  jump_client_socket_unread (socket, data + n_body, length - n_body);
  return read_expected (self, socket);
}

JumpBodyStep
jump_request_body_read (JumpRequestBody *self, JumpClientSocket *socket)
{
  return self->is_chunked ? read_chunks (self, socket) : read_expected (self, socket);
}

/**
 * jump_request_body_keeps_pace:
 * @self: a body that is not whole
 * @now: monotonic µs
 *
 * Returns: whether it came at JUMP_LIMIT_BODY_PACE or faster so far
 */
gboolean
jump_request_body_keeps_pace (const JumpRequestBody *self, gint64 now)
{
  gint64 milliseconds = MAX (1, (now - self->started) / 1000);

  return (guint64) self->length * 1000 / (guint64) milliseconds >= JUMP_LIMIT_BODY_PACE;
}

GBytes *
jump_request_body_finish (JumpRequestBody *self)
{
  GBytes *bytes = g_bytes_new_take (g_steal_pointer (&self->data), self->length);

  jump_request_body_clear (self);
  return bytes;
}

void
jump_request_body_clear (JumpRequestBody *self)
{
  if (self->budget != NULL)
    jump_connection_budget_give_bytes (self->budget, self->counted);
  self->budget = NULL;
  self->counted = 0;
  g_clear_pointer (&self->data, g_free);
}
