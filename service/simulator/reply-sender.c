/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/reply-sender.h"

#include <libsoup/soup.h>

struct _JumpReplySender
{
  JumpClock *clock;              /* (owned) */
  GSocketConnection *connection; /* (owned) */
  JumpPlannedReply *reply;       /* (owned) */
  gboolean keep_alive;
  JumpReplySenderFunc func;
  gpointer user_data;

  GString *out; /* (owned): what the socket has not taken yet */
  gboolean head_sent;
  gboolean ending;
  gboolean cutting;
  guint next_piece;
  gsize piece_offset;
  gint64 body_sent;

  guint alarm;
  GSource *reader_watch; /* (owned) (nullable) */
  GSource *room_watch;   /* (owned) (nullable) */
  GSource *turn;         /* (owned) (nullable): the next main loop turn */
};

static void pump (JumpReplySender *self);

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
drop_sources (JumpReplySender *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  drop_source (&self->reader_watch);
  drop_source (&self->room_watch);
  drop_source (&self->turn);
}

static void
finish (JumpReplySender *self, JumpSenderOutcome outcome)
{
  drop_sources (self);
  if (outcome != JUMP_SENDER_DONE || !self->keep_alive)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  self->func (self, outcome, self->user_data);
}

static gboolean
on_reader_spoke (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  JumpReplySender *self = user_data;
  GInputVector vector;
  char byte;
  int flags = G_SOCKET_MSG_PEEK;
  gssize n;
  g_autoptr (GError) error = NULL;

  vector.buffer = &byte;
  vector.size = 1;
  n = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, &error);
  if (n > 0)
    {
      /* A pipelined request: it has to wait, and so has the news that its sender left. */
      drop_source (&self->reader_watch);
      return G_SOURCE_REMOVE;
    }
  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  finish (self, JUMP_SENDER_LEFT);
  return G_SOURCE_REMOVE;
}

static gboolean
on_room_made (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  JumpReplySender *self = user_data;

  drop_source (&self->room_watch);
  pump (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_turn_came (gpointer user_data)
{
  JumpReplySender *self = user_data;

  drop_source (&self->turn);
  pump (self);
  return G_SOURCE_REMOVE;
}

static void
on_gap_ended (gpointer user_data)
{
  JumpReplySender *self = user_data;

  self->alarm = 0;
  pump (self);
}

static GSource *
watch (JumpReplySender *self, GIOCondition condition, GSocketSourceFunc func)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);
  GSource *source = g_socket_create_source (socket, condition, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* Returns: TRUE when everything is out; otherwise somebody else goes on (or nobody: finished). */
static gboolean
flush (JumpReplySender *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  while (self->out->len > 0)
    {
      g_autoptr (GError) error = NULL;
      gssize n =
          g_socket_send_with_blocking (socket, self->out->str, self->out->len, FALSE, NULL, &error);

      if (n > 0)
        {
          g_string_erase (self->out, 0, n);
          continue;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          if (self->room_watch == NULL)
            self->room_watch = watch (self, G_IO_OUT, on_room_made);
          return FALSE;
        }
      finish (self, JUMP_SENDER_LEFT);
      return FALSE;
    }
  return TRUE;
}

static void
append_head (JumpReplySender *self)
{
  const JumpPlannedReply *reply = self->reply;

  g_string_append_printf (self->out,
                          "HTTP/1.1 %u %s\r\n",
                          reply->status,
                          soup_status_get_phrase (reply->status));
  if (reply->content_type != NULL)
    g_string_append_printf (self->out, "Content-Type: %s\r\n", reply->content_type);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    g_string_append_printf (self->out,
                            "%s: %s\r\n",
                            (const char *) reply->headers->pdata[i],
                            (const char *) reply->headers->pdata[i + 1]);
  if (reply->pieces != NULL)
    g_string_append (self->out, "Transfer-Encoding: chunked\r\n");
  else
    g_string_append_printf (self->out,
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            reply->body == NULL ? (gsize) 0 : g_bytes_get_size (reply->body));
  g_string_append_printf (self->out,
                          "Connection: %s\r\n\r\n",
                          self->keep_alive ? "keep-alive" : "close");
  self->head_sent = TRUE;
}

/* Shortens @length to what may still go out before the planned cut. */
static gsize
apply_cut (JumpReplySender *self, gsize length)
{
  gint64 left = self->reply->cut_after_bytes - self->body_sent;

  if (self->reply->cut_after_bytes < 0 || (gint64) length < left)
    return length;
  self->cutting = TRUE;
  return (gsize) left;
}

static void
append_body (JumpReplySender *self)
{
  gsize length = 0;
  const char *data = NULL;

  if (self->reply->body != NULL)
    data = g_bytes_get_data (self->reply->body, &length);
  length = apply_cut (self, length);
  if (length > 0)
    g_string_append_len (self->out, data, (gssize) length);
  self->ending = TRUE;
}

/* Appends the next piece (or part of one) as one chunk. Returns: TRUE when a piece ended. */
static gboolean
append_piece (JumpReplySender *self)
{
  GBytes *piece = self->reply->pieces->pdata[self->next_piece];
  gsize size;
  const char *data = g_bytes_get_data (piece, &size);
  gsize length = size - self->piece_offset;

  if (self->reply->split_bytes > 0)
    length = MIN (length, self->reply->split_bytes);
  length = apply_cut (self, length);
  if (length > 0)
    {
      g_string_append_printf (self->out, "%" G_GSIZE_MODIFIER "x\r\n", length);
      g_string_append_len (self->out, data + self->piece_offset, (gssize) length);
      g_string_append (self->out, "\r\n");
    }
  self->body_sent += (gint64) length;
  self->piece_offset += length;
  if (self->piece_offset < size)
    return FALSE;
  self->piece_offset = 0;
  self->next_piece++;
  return TRUE;
}

static void
wait_a_turn (JumpReplySender *self)
{
  self->turn = g_idle_source_new ();
  g_source_set_priority (self->turn, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->turn, on_turn_came, self, NULL);
  g_source_attach (self->turn, g_main_context_get_thread_default ());
}

/* Queues what comes next. Returns: FALSE when there is nothing to do but wait. */
static gboolean
advance (JumpReplySender *self)
{
  const JumpPlannedReply *reply = self->reply;

  if (!self->head_sent)
    {
      append_head (self);
      if (reply->pieces == NULL)
        append_body (self);
      return TRUE;
    }
  if (reply->stall_after >= 0 && self->next_piece >= reply->stall_after)
    return FALSE;
  if (self->next_piece == reply->pieces->len)
    {
      g_string_append (self->out, "0\r\n\r\n");
      self->ending = TRUE;
      return TRUE;
    }
  if (append_piece (self) && reply->gap_ms > 0 && self->next_piece < reply->pieces->len)
    self->alarm = jump_clock_add_alarm (self->clock, reply->gap_ms, on_gap_ended, self);
  else if (reply->split_bytes > 0 && !self->cutting)
    wait_a_turn (self);
  return TRUE;
}

static void
pump (JumpReplySender *self)
{
  if (self->reply->stall)
    return;
  if (self->reply->cut)
    {
      finish (self, JUMP_SENDER_CUT);
      return;
    }
  while (flush (self))
    {
      if (self->cutting || self->ending)
        {
          finish (self, self->cutting ? JUMP_SENDER_CUT : JUMP_SENDER_DONE);
          return;
        }
      if (self->alarm != 0 || self->turn != NULL || !advance (self))
        return;
    }
}

/**
 * jump_reply_sender_new:
 * @clock: whose time delays and gaps take
 * @connection: one that nobody else uses
 * @reply: (transfer full): what to send
 * @keep_alive: whether the connection serves another request afterwards
 * @func: called once when it is over
 * @user_data: for @func
 */
JumpReplySender *
jump_reply_sender_new (JumpClock *clock,
                       GSocketConnection *connection,
                       JumpPlannedReply *reply,
                       gboolean keep_alive,
                       JumpReplySenderFunc func,
                       gpointer user_data)
{
  JumpReplySender *self = g_new0 (JumpReplySender, 1);

  self->clock = g_object_ref (clock);
  self->connection = g_object_ref (connection);
  self->reply = reply;
  self->keep_alive = keep_alive;
  self->func = func;
  self->user_data = user_data;
  self->out = g_string_new (NULL);
  return self;
}

/**
 * jump_reply_sender_free:
 * @self: (transfer full): a sender; when not finished, its connection is closed without @func
 */
void
jump_reply_sender_free (JumpReplySender *self)
{
  drop_sources (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->reply, jump_planned_reply_free);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/**
 * jump_reply_sender_start:
 *
 * May finish before it returns.
 */
void
jump_reply_sender_start (JumpReplySender *self)
{
  self->reader_watch = watch (self, G_IO_IN | G_IO_HUP, on_reader_spoke);
  if (self->reply->delay_ms > 0)
    self->alarm = jump_clock_add_alarm (self->clock, self->reply->delay_ms, on_gap_ended, self);
  else
    pump (self);
}

/**
 * jump_reply_sender_get_connection:
 *
 * Returns: (transfer none): what it was made for
 */
GSocketConnection *
jump_reply_sender_get_connection (JumpReplySender *self)
{
  return self->connection;
}

/**
 * jump_reply_sender_get_keep_alive:
 */
gboolean
jump_reply_sender_get_keep_alive (JumpReplySender *self)
{
  return self->keep_alive;
}
