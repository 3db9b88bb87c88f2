/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Where a reply goes. The relay writes, somebody (http/stream-reply) sends. Head first, then any
 * number of writes, then end. With a brake: when jump_reply_sink_write() returns FALSE the buffer is above its mark;
 * stop reading upstream until on_drained. */

typedef struct _JumpReplySink JumpReplySink;

typedef struct
{
  void (*on_drained) (gpointer user_data);
  void (*on_gone) (
      gpointer user_data); /* the client left, or was cut; nothing can be written any more */
} JumpReplySinkEvents;

typedef struct
{
  /* @headers: (element-type utf8) flat array name, value, …, NULL-terminated. @length: of the body,
   * or -1 for a stream (chunked framing is the sink's business). */
  void (*head) (JumpReplySink *self, guint status, const char *const *headers, gssize length);
  gboolean (*write) (JumpReplySink *self, const char *data, gsize length);
  void (*end) (JumpReplySink *self); /* complete: the connection may serve the next request */
  void (*abort) (
      JumpReplySink *self); /* incomplete: the connection is closed so that the client notices */
  void (*set_events) (JumpReplySink *self, const JumpReplySinkEvents *events, gpointer user_data);
  /* (nullable) */
  void (*set_buffer) (JumpReplySink *self, gsize bytes);
} JumpReplySinkClass;

/* Implementations embed this first. */
struct _JumpReplySink
{
  const JumpReplySinkClass *class;
};

void
jump_reply_sink_head (JumpReplySink *self, guint status, const char *const *headers, gssize length);
gboolean jump_reply_sink_write (JumpReplySink *self, const char *data, gsize length);
void jump_reply_sink_end (JumpReplySink *self);
void jump_reply_sink_abort (JumpReplySink *self);
void jump_reply_sink_set_events (JumpReplySink *self,
                                 const JumpReplySinkEvents *events,
                                 gpointer user_data);
/* How many bytes may be kept for a client that does not read; sinks that keep none ignore it. */
void jump_reply_sink_set_buffer (JumpReplySink *self, gsize bytes);
