/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange-private.h"
#include "service/relay/reply-head.h"

#include <string.h>

/* Signs of life in a client's stream, its beginning before upstream has answered included (H-14), and what
 * is said in a stream that cannot become an error reply any more. */

static guint64
count_bytes (const JumpExchange *self)
{
  guint64 of_lane = self->lane != NULL ? jump_reply_lane_get_bytes (self->lane) : 0;

  return self->record->bytes_out + of_lane;
}

gboolean
jump_exchange_has_head (const JumpExchange *self)
{
  return self->is_committed || (self->lane != NULL && jump_reply_lane_has_head (self->lane));
}

void
jump_exchange_drop_lane (JumpExchange *self)
{
  if (self->lane == NULL)
    return;
  self->is_committed = jump_exchange_has_head (self);
  self->record->bytes_out = count_bytes (self);
  g_clear_pointer (&self->lane, jump_reply_lane_free);
}

static void
say (JumpExchange *self, const char *text, gsize length)
{
  self->record->bytes_out += length;
  jump_reply_sink_write (self->sink, text, length);
}

/* What upstream will say of it is not known yet: only what is known goes along. */
static void
commit (JumpExchange *self)
{
  g_autoptr (GPtrArray) headers =
      jump_reply_head_new (self->client, self->client->stream_type, self->record->id);

  jump_reply_head_add_way (headers, self->record->route, jump_changes_get (&self->changes));
  jump_reply_head_add (headers, "Cache-Control", "no-cache");
  self->is_committed = TRUE;
  jump_reply_sink_head (self->sink, 200, jump_reply_head_finish (headers), -1);
  if (self->lane != NULL)
    jump_reply_lane_set_committed (self->lane);
}

static void
show_life (JumpExchange *self)
{
  const char *sign = self->client->keep_alive;

  if (self->lane != NULL && jump_reply_lane_has_begun (self->lane))
    {
      if (jump_reply_lane_keep_alive (self->lane))
        ++*self->context->signs_of_life;
      return;
    }
  if (!jump_exchange_has_head (self))
    commit (self);
  if (sign == NULL)
    return;
  say (self, sign, strlen (sign));
  ++*self->context->signs_of_life;
}

/* Who gets no turn shall see a status and Retry-After: clients try again then, but not after an error inside
 * a stream. */
static gboolean
may_be_turned_away (const JumpExchange *self)
{
  return !jump_exchange_has_head (self) && self->entry != NULL &&
         jump_exchange_entry_is_short_wait (self->entry);
}

/* Silent since the alarm was set: between one and two times as long as the limit. */
static void
on_silence_due (gpointer user_data)
{
  JumpExchange *self = user_data;

  self->keep_alive = 0;
  if (count_bytes (self) == self->alive_bytes && !may_be_turned_away (self))
    show_life (self);
  jump_exchange_watch_silence (self);
}

static guint
get_patience (const JumpExchange *self)
{
  gboolean has_begun = jump_exchange_has_head (self) ||
                       (self->lane != NULL && jump_reply_lane_has_begun (self->lane));

  return has_begun ? self->context->keep_alive_seconds : self->context->commit_seconds;
}

void
jump_exchange_watch_silence (JumpExchange *self)
{
  guint seconds = get_patience (self);

  jump_clock_clear_alarm (self->context->clock, &self->keep_alive);
  if (!self->facts.stream || seconds == 0)
    return;
  self->alive_bytes = count_bytes (self);
  self->keep_alive =
      jump_clock_add_alarm (self->context->clock, 1000 * (guint64) seconds, on_silence_due, self);
}

/**
 * jump_exchange_break_stream:
 * @self: an exchange whose client has the head of a stream and nothing of an answer
 * @failure: why there is none
 *
 * Writes the dialect's own event for errors, and the end that its parsers wait for.
 */
void
jump_exchange_break_stream (JumpExchange *self, const JumpFailure *failure)
{
  JumpEncoder *encoder = jump_exchange_new_encoder (self);
  g_autoptr (GString) out = g_string_new (NULL);
  const JumpReplyEvent events[] = {
    { .kind = JUMP_EVENT_FAILURE, .failure = failure },
    { .kind = JUMP_EVENT_END },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    jump_encoder_event (encoder, &events[i], out);
  jump_encoder_free (encoder);
  jump_exchange_drop_lane (self);
  jump_reply_sink_set_events (self->sink, NULL, NULL);
  say (self, out->str, out->len);
  jump_reply_sink_end (self->sink);
}
