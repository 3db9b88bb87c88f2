/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/socket-stream.h"

#include <string.h>

#define RECEIVE_WOULD_BLOCK (-2)
#define RECEIVE_FAILED      (-1)

struct _JumpSocketStream
{
  GIOStream parent_instance;

  GSocket *socket;       /* (owned) */
  JumpPoller *poller;    /* (owned) */
  JumpPollWatch *watch;  /* (owned) (nullable): NULL once closed */
  GInputStream *input;   /* (owned) */
  GOutputStream *output; /* (owned) */
  GByteArray *unread;    /* (owned) (nullable): bytes to be read before the socket's */
  gsize unread_offset;

  const JumpSocketStreamEvents *events; /* (nullable) */
  gpointer events_data;

  gboolean is_readable; /* a read may bring something */
  gboolean is_writable; /* the last send took everything */
  gboolean has_hung_up;
  gboolean is_input_held; /* only unread bytes, not the socket's */
};

G_DEFINE_FINAL_TYPE (JumpSocketStream, jump_socket_stream, G_TYPE_IO_STREAM)

/* The two halves: thin, they know only the stream they belong to. */

typedef struct
{
  GInputStream parent_instance;
  JumpSocketStream *stream; /* (unowned): owns us */
} JumpSocketInput;

typedef struct
{
  GOutputStream parent_instance;
  JumpSocketStream *stream; /* (unowned): owns us */
} JumpSocketOutput;

typedef GInputStreamClass JumpSocketInputClass;
typedef GOutputStreamClass JumpSocketOutputClass;

/* Ready when the poller said so: no file descriptor of its own, so attaching it costs nothing. */
typedef struct
{
  GSource source;
  JumpSocketStream *stream; /* (unowned): the pollable source around us holds the half */
  gboolean is_input;
} StreamSource;

static gboolean
can_read (JumpSocketStream *self)
{
  return jump_socket_stream_has_unread (self) || self->is_readable || self->watch == NULL;
}

static gboolean
stream_source_is_ready (GSource *source)
{
  StreamSource *self = (StreamSource *) source;

  if (self->is_input)
    return can_read (self->stream);
  return self->stream->is_writable || self->stream->watch == NULL;
}

static gboolean
stream_source_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return stream_source_is_ready (source);
}

static gboolean
stream_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback != NULL ? callback (user_data) : G_SOURCE_CONTINUE;
}

/* g_pollable_source_new_full () gives its child a closure and needs something to call it by. */
static gboolean
on_child_ready (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs stream_source_funcs = {
  .prepare = stream_source_prepare,
  .check = stream_source_is_ready,
  .dispatch = stream_source_dispatch,
  .closure_callback = on_child_ready,
};

static GSource *
create_stream_source (GObject *half,
                      JumpSocketStream *stream,
                      gboolean is_input,
                      GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_source_new (&stream_source_funcs, sizeof (StreamSource));
  StreamSource *self = (StreamSource *) source;
  GSource *outer;

  self->stream = stream;
  self->is_input = is_input;
  g_source_set_static_name (source, "JumpSocketStream");
  outer = g_pollable_source_new_full (half, source, cancellable);
  return outer;
}

/* Takes from the unread bytes first, then from the socket. */
static gssize
receive (JumpSocketStream *self, char *buffer, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n_read;

  if (jump_socket_stream_has_unread (self))
    {
      gsize left = self->unread->len - self->unread_offset;
      gsize taken = MIN (left, length);

      memcpy (buffer, self->unread->data + self->unread_offset, taken);
      self->unread_offset += taken;
      if (taken == left)
        {
          g_clear_pointer (&self->unread, g_byte_array_unref);
          self->unread_offset = 0;
        }
      return (gssize) taken;
    }
  if (self->watch == NULL)
    return 0;
  if (!self->is_readable || self->is_input_held)
    return RECEIVE_WOULD_BLOCK;

  n_read = g_socket_receive_with_blocking (self->socket, buffer, length, FALSE, NULL, &error);
  if (n_read < 0)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return RECEIVE_FAILED;
      self->is_readable = FALSE;
      return RECEIVE_WOULD_BLOCK;
    }
  /* A short read emptied the socket; more bytes mean another edge. The end stays readable. */
  if ((gsize) n_read < length && !self->has_hung_up && n_read > 0)
    self->is_readable = FALSE;
  return n_read;
}

static gssize
receive_with_error (JumpSocketStream *self, void *buffer, gsize count, GError **error)
{
  gssize n_read = receive (self, buffer, count);

  if (n_read == RECEIVE_WOULD_BLOCK)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "no data yet");
  else if (n_read == RECEIVE_FAILED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "connection reset");
  return n_read < 0 ? -1 : n_read;
}

static gssize
send_with_error (JumpSocketStream *self, const void *buffer, gsize count, GError **error)
{
  gssize n_sent = jump_socket_stream_send (self, buffer, count);

  if (n_sent == 0 && count > 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "socket is full");
      return -1;
    }
  if (n_sent < 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "connection reset");
  return n_sent;
}

/* ---- input half ---- */

static void input_pollable_iface_init (GPollableInputStreamInterface *iface);

GType jump_socket_input_get_type (void);
G_DEFINE_TYPE_WITH_CODE (JumpSocketInput,
                         jump_socket_input,
                         G_TYPE_INPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                input_pollable_iface_init))

static gssize
jump_socket_input_read (GInputStream *stream,
                        void *buffer,
                        gsize count,
                        GCancellable *cancellable,
                        GError **error)
{
  return receive_with_error (((JumpSocketInput *) stream)->stream, buffer, count, error);
}

static gboolean
jump_socket_input_is_readable (GPollableInputStream *stream)
{
  return can_read (((JumpSocketInput *) stream)->stream);
}

static GSource *
jump_socket_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  return create_stream_source (G_OBJECT (stream),
                               ((JumpSocketInput *) stream)->stream,
                               TRUE,
                               cancellable);
}

static gssize
jump_socket_input_read_nonblocking (GPollableInputStream *stream,
                                    void *buffer,
                                    gsize count,
                                    GError **error)
{
  return receive_with_error (((JumpSocketInput *) stream)->stream, buffer, count, error);
}

static void
input_pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = jump_socket_input_is_readable;
  iface->create_source = jump_socket_input_create_source;
  iface->read_nonblocking = jump_socket_input_read_nonblocking;
}

static void
jump_socket_input_class_init (JumpSocketInputClass *klass)
{
  klass->read_fn = jump_socket_input_read;
}

static void
jump_socket_input_init (JumpSocketInput *self)
{
}

/* ---- output half ---- */

static void output_pollable_iface_init (GPollableOutputStreamInterface *iface);

GType jump_socket_output_get_type (void);
G_DEFINE_TYPE_WITH_CODE (JumpSocketOutput,
                         jump_socket_output,
                         G_TYPE_OUTPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                output_pollable_iface_init))

static gssize
jump_socket_output_write (GOutputStream *stream,
                          const void *buffer,
                          gsize count,
                          GCancellable *cancellable,
                          GError **error)
{
  return send_with_error (((JumpSocketOutput *) stream)->stream, buffer, count, error);
}

static gboolean
jump_socket_output_is_writable (GPollableOutputStream *stream)
{
  return ((JumpSocketOutput *) stream)->stream->is_writable;
}

static GSource *
jump_socket_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return create_stream_source (G_OBJECT (stream),
                               ((JumpSocketOutput *) stream)->stream,
                               FALSE,
                               cancellable);
}

static gssize
jump_socket_output_write_nonblocking (GPollableOutputStream *stream,
                                      const void *buffer,
                                      gsize count,
                                      GError **error)
{
  return send_with_error (((JumpSocketOutput *) stream)->stream, buffer, count, error);
}

static void
output_pollable_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = jump_socket_output_is_writable;
  iface->create_source = jump_socket_output_create_source;
  iface->write_nonblocking = jump_socket_output_write_nonblocking;
}

static void
jump_socket_output_class_init (JumpSocketOutputClass *klass)
{
  klass->write_fn = jump_socket_output_write;
}

static void
jump_socket_output_init (JumpSocketOutput *self)
{
}

/* ---- the stream ---- */

static void
on_socket_ready (JumpPollFlags ready, gpointer user_data)
{
  g_autoptr (JumpSocketStream) self = g_object_ref (user_data);

  if ((ready & JUMP_POLL_OUT) != 0 && !self->is_writable)
    {
      self->is_writable = TRUE;
      jump_poll_watch_set_interest (self->watch, JUMP_POLL_IN | JUMP_POLL_HANGUP | JUMP_POLL_EDGE);
      if (self->events != NULL && self->events->on_writable != NULL)
        self->events->on_writable (self->events_data);
    }
  if ((ready & JUMP_POLL_HANGUP) != 0 && self->watch != NULL)
    {
      self->has_hung_up = TRUE;
      self->is_readable = TRUE; /* whatever is left, and then the end */
      if (self->events != NULL && self->events->on_hangup != NULL)
        self->events->on_hangup (self->events_data);
    }
  if ((ready & (JUMP_POLL_IN | JUMP_POLL_HANGUP)) != 0 && self->watch != NULL)
    {
      self->is_readable = TRUE;
      if (self->events != NULL && self->events->on_readable != NULL)
        self->events->on_readable (self->events_data);
    }
}

static GInputStream *
jump_socket_stream_get_input_stream (GIOStream *stream)
{
  return JUMP_SOCKET_STREAM (stream)->input;
}

static GOutputStream *
jump_socket_stream_get_output_stream (GIOStream *stream)
{
  return JUMP_SOCKET_STREAM (stream)->output;
}

static gboolean
jump_socket_stream_close_fn (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  JumpSocketStream *self = JUMP_SOCKET_STREAM (stream);
  const JumpSocketStreamEvents *events = g_steal_pointer (&self->events);

  g_clear_pointer (&self->watch, jump_poll_watch_remove);
  g_socket_close (self->socket, NULL);
  if (events != NULL && events->on_closed != NULL)
    events->on_closed (self->events_data);
  return TRUE;
}

static void
jump_socket_stream_dispose (GObject *object)
{
  JumpSocketStream *self = JUMP_SOCKET_STREAM (object);

  self->events = NULL;
  g_clear_pointer (&self->watch, jump_poll_watch_remove);
  G_OBJECT_CLASS (jump_socket_stream_parent_class)->dispose (object);
}

static void
jump_socket_stream_finalize (GObject *object)
{
  JumpSocketStream *self = JUMP_SOCKET_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->poller, jump_poller_unref);
  g_clear_pointer (&self->unread, g_byte_array_unref);
  G_OBJECT_CLASS (jump_socket_stream_parent_class)->finalize (object);
}

static void
jump_socket_stream_class_init (JumpSocketStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->dispose = jump_socket_stream_dispose;
  object_class->finalize = jump_socket_stream_finalize;
  stream_class->get_input_stream = jump_socket_stream_get_input_stream;
  stream_class->get_output_stream = jump_socket_stream_get_output_stream;
  stream_class->close_fn = jump_socket_stream_close_fn;
}

static void
jump_socket_stream_init (JumpSocketStream *self)
{
  JumpSocketInput *input = g_object_new (jump_socket_input_get_type (), NULL);
  JumpSocketOutput *output = g_object_new (jump_socket_output_get_type (), NULL);

  input->stream = self;
  output->stream = self;
  self->input = G_INPUT_STREAM (input);
  self->output = G_OUTPUT_STREAM (output);
  self->is_writable = TRUE;
}

/**
 * jump_socket_stream_new:
 * @socket: a connected, non-blocking stream socket
 * @poller: where to wait
 *
 * Returns: (transfer full): a stream that closes @socket when it is closed or dropped
 */
JumpSocketStream *
jump_socket_stream_new (GSocket *socket, JumpPoller *poller)
{
  JumpSocketStream *self = g_object_new (JUMP_TYPE_SOCKET_STREAM, NULL);

  self->socket = g_object_ref (socket);
  self->poller = jump_poller_ref (poller);
  self->watch = jump_poller_add (poller,
                                 g_socket_get_fd (socket),
                                 JUMP_POLL_IN | JUMP_POLL_HANGUP | JUMP_POLL_EDGE,
                                 on_socket_ready,
                                 self);
  return self;
}

/**
 * jump_socket_stream_set_events:
 * @self: a stream
 * @events: (nullable): static table, or NULL for silence
 * @user_data: for its functions
 */
void
jump_socket_stream_set_events (JumpSocketStream *self,
                               const JumpSocketStreamEvents *events,
                               gpointer user_data)
{
  self->events = events;
  self->events_data = user_data;
}

GSocket *
jump_socket_stream_get_socket (JumpSocketStream *self)
{
  return self->socket;
}

/**
 * jump_socket_stream_receive:
 *
 * Returns: the number of bytes, 0 at the end or after a failure, -1 for "not yet"
 */
gssize
jump_socket_stream_receive (JumpSocketStream *self, char *buffer, gsize length)
{
  gssize n_read = receive (self, buffer, length);

  if (n_read == RECEIVE_WOULD_BLOCK)
    return -1;
  return MAX (0, n_read);
}

/**
 * jump_socket_stream_send:
 *
 * Sends what the socket takes now. When that is less than @length, on_writable comes once there is
 * room again.
 *
 * Returns: the number of bytes sent, 0 when there is no room, -1 when the connection is gone
 */
gssize
jump_socket_stream_send (JumpSocketStream *self, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n_sent;

  if (self->watch == NULL)
    return -1;
  if (!self->is_writable)
    return 0;
  n_sent = g_socket_send_with_blocking (self->socket, data, length, FALSE, NULL, &error);
  if (n_sent < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return -1;
  if (n_sent < (gssize) length)
    {
      self->is_writable = FALSE;
      jump_poll_watch_set_interest (self->watch,
                                    JUMP_POLL_IN | JUMP_POLL_OUT | JUMP_POLL_HANGUP |
                                        JUMP_POLL_EDGE);
    }
  return MAX (0, n_sent);
}

/**
 * jump_socket_stream_unread:
 *
 * Puts bytes back in front of what is still to be read.
 */
void
jump_socket_stream_unread (JumpSocketStream *self, const char *data, gsize length)
{
  GByteArray *joined;

  if (length == 0)
    return;
  joined = g_byte_array_sized_new (length);
  g_byte_array_append (joined, (const guint8 *) data, length);
  if (jump_socket_stream_has_unread (self))
    g_byte_array_append (joined,
                         self->unread->data + self->unread_offset,
                         self->unread->len - self->unread_offset);
  g_clear_pointer (&self->unread, g_byte_array_unref);
  self->unread = joined;
  self->unread_offset = 0;
}

/**
 * jump_socket_stream_take_back:
 * @self: a stream
 * @wrapper: the buffering stream around @self that libsoup gave back when its connection was stolen
 *
 * A client may have sent the start of its next request already, and @wrapper may have read it:
 * puts those bytes back.
 */
void
jump_socket_stream_take_back (JumpSocketStream *self, GIOStream *wrapper)
{
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (wrapper));
  g_autoptr (GByteArray) unread = g_steal_pointer (&self->unread);
  g_autoptr (GByteArray) joined = g_byte_array_new ();
  char buffer[4096];
  gssize n_read;

  /* Hold back everything of ours, so that only what the wrapper keeps comes out of it. */
  self->is_input_held = TRUE;
  while ((n_read =
              g_pollable_input_stream_read_nonblocking (input, buffer, sizeof buffer, NULL, NULL)) >
         0)
    g_byte_array_append (joined, (const guint8 *) buffer, (guint) n_read);
  self->is_input_held = FALSE;

  if (unread != NULL)
    g_byte_array_append (joined,
                         unread->data + self->unread_offset,
                         unread->len - (guint) self->unread_offset);
  self->unread_offset = 0;
  if (joined->len > 0)
    self->unread = g_steal_pointer (&joined);
}

gboolean
jump_socket_stream_has_unread (JumpSocketStream *self)
{
  return self->unread != NULL && self->unread->len > self->unread_offset;
}

gboolean
jump_socket_stream_has_hung_up (JumpSocketStream *self)
{
  return self->has_hung_up || self->watch == NULL;
}

void
jump_socket_stream_shutdown_write (JumpSocketStream *self)
{
  if (self->watch != NULL)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

/**
 * jump_socket_stream_close:
 *
 * Closes at once, without a word to whoever set the events.
 */
void
jump_socket_stream_close (JumpSocketStream *self)
{
  self->events = NULL;
  g_io_stream_close (G_IO_STREAM (self), NULL, NULL);
}
