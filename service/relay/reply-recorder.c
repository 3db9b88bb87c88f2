/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/reply-recorder.h"

#include "service/base/limits.h"

typedef struct
{
  JumpReplySink sink; /* first */

  JumpReplySink *client;      /* (unowned) */
  JumpExchangeRecord *record; /* (owned) */
  gsize *kept;                /* (unowned): of all */
  gsize own;                  /* of that */
} Recorder;

static char *
join_headers (const char *const *headers)
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; headers != NULL && headers[i] != NULL; i += 2)
    g_string_append_printf (lines, "%s: %s\n", headers[i], headers[i + 1]);
  return g_string_free (lines, FALSE);
}

/* Others may keep more. */
static void
forget (Recorder *self)
{
  *self->kept -= self->own;
  self->own = 0;
}

static void
recorder_head (JumpReplySink *sink, guint status, const char *const *headers, gssize length)
{
  Recorder *self = (Recorder *) sink;

  g_free (self->record->reply_headers);
  self->record->reply_headers = join_headers (headers);
  g_clear_pointer (&self->record->reply_body, g_byte_array_unref);
  forget (self);
  self->record->reply_body = g_byte_array_new ();
  jump_reply_sink_head (self->client, status, headers, length);
}

/* Whoever dropped the bodies wants no second half of one. */
static void
keep (Recorder *self, const char *data, gsize length)
{
  GByteArray *body = self->record->reply_body;
  gsize room;

  if (body == NULL || self->record->is_reply_cut)
    return;
  room = MIN (JUMP_LIMIT_KEPT_REPLY - body->len,
              JUMP_LIMIT_HISTORY_BYTES - MIN (*self->kept, JUMP_LIMIT_HISTORY_BYTES));
  if (length > room)
    self->record->is_reply_cut = TRUE;
  length = MIN (length, room);
  g_byte_array_append (body, (const guint8 *) data, (guint) length);
  self->own += length;
  *self->kept += length;
}

static gboolean
recorder_write (JumpReplySink *sink, const char *data, gsize length)
{
  Recorder *self = (Recorder *) sink;

  keep (self, data, length);
  return jump_reply_sink_write (self->client, data, length);
}

static void
recorder_end (JumpReplySink *sink)
{
  jump_reply_sink_end (((Recorder *) sink)->client);
}

static void
recorder_abort (JumpReplySink *sink)
{
  jump_reply_sink_abort (((Recorder *) sink)->client);
}

static void
recorder_set_events (JumpReplySink *sink, const JumpReplySinkEvents *events, gpointer user_data)
{
  jump_reply_sink_set_events (((Recorder *) sink)->client, events, user_data);
}

static void
recorder_set_buffer (JumpReplySink *sink, gsize bytes)
{
  jump_reply_sink_set_buffer (((Recorder *) sink)->client, bytes);
}

static const JumpReplySinkClass recorder_class = {
  .head = recorder_head,
  .write = recorder_write,
  .end = recorder_end,
  .abort = recorder_abort,
  .set_events = recorder_set_events,
  .set_buffer = recorder_set_buffer,
};

/**
 * jump_reply_recorder_new:
 * @client: (transfer none): gets everything unchanged
 * @record: gets reply_headers, reply_body and is_reply_cut
 * @kept: (inout): bytes that all recorders hold
 *
 * Returns: (transfer full): a sink
 */
JumpReplySink *
jump_reply_recorder_new (JumpReplySink *client, JumpExchangeRecord *record, gsize *kept)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->sink.class = &recorder_class;
  self->client = client;
  self->record = jump_exchange_record_ref (record);
  self->kept = kept;
  return &self->sink;
}

void
jump_reply_recorder_free (JumpReplySink *self)
{
  forget ((Recorder *) self);
  jump_exchange_record_unref (((Recorder *) self)->record);
  g_free (self);
}
