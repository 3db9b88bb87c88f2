/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/refusal-desk.h"

#include "service/http/http-reply.h"

typedef struct
{
  JumpRefusalDesk *desk;      /* (unowned) */
  JumpClientRequest *request; /* (unowned): until it is answered, or its client left */
  const char *code;
  const char *reason;
  guint alarm;
} Held;

struct _JumpRefusalDesk
{
  JumpClock *clock;         /* (owned) */
  JumpWrongKeyWatch *watch; /* (owned) */
  GPtrArray *held;          /* (owned) (element-type Held) */
};

static void
free_held (gpointer data)
{
  Held *held = data;

  jump_clock_clear_alarm (held->desk->clock, &held->alarm);
  g_free (held);
}

static void
on_client_gone (gpointer user_data)
{
  Held *held = user_data;

  g_ptr_array_remove_fast (held->desk->held, held);
}

static const JumpReplySinkEvents held_events = {
  .on_gone = on_client_gone,
};

static void
on_hold_over (gpointer user_data)
{
  Held *held = user_data;
  JumpClientRequest *request = held->request;
  const char *code = held->code;
  const char *reason = held->reason;

  held->alarm = 0;
  g_ptr_array_remove_fast (held->desk->held, held);
  jump_reply_sink_set_events (request->sink, NULL, NULL);
  jump_http_reply_refusal (request, 401, code, reason, NULL);
}

static void
hold (JumpRefusalDesk *self,
      JumpClientRequest *request,
      guint wait_ms,
      const char *code,
      const char *reason)
{
  Held *held = g_new0 (Held, 1);

  held->desk = self;
  held->request = request;
  held->code = code;
  held->reason = reason;
  g_ptr_array_add (self->held, held);
  held->alarm = jump_clock_add_alarm (self->clock, wait_ms, on_hold_over, held);
  /* Last: a client that has left already is told of at once or in the next turn. */
  jump_reply_sink_set_events (request->sink, &held_events, held);
}

JumpRefusalDesk *
jump_refusal_desk_new (JumpClock *clock)
{
  JumpRefusalDesk *self = g_new0 (JumpRefusalDesk, 1);

  self->clock = g_object_ref (clock);
  self->watch = jump_wrong_key_watch_new (clock);
  self->held = g_ptr_array_new_with_free_func (free_held);
  return self;
}

void
jump_refusal_desk_free (JumpRefusalDesk *self)
{
  g_ptr_array_unref (self->held);
  jump_wrong_key_watch_free (self->watch);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_refusal_desk_refuse:
 * @request: shows a wrong key; not answered yet
 * @peer: (nullable): whose connections count together
 * @code: for programs
 * @reason: for people
 *
 * The first few of a peer are told at once, later ones after a while; when too many wait already they are told
 * to come back later instead, so that nothing piles up.
 */
void
jump_refusal_desk_refuse (JumpRefusalDesk *self,
                          JumpClientRequest *request,
                          const char *peer,
                          const char *code,
                          const char *reason)
{
  guint wait_ms = jump_wrong_key_watch_note (self->watch, peer);

  if (wait_ms == 0)
    jump_http_reply_refusal (request, 401, code, reason, NULL);
  else if (self->held->len < JUMP_WRONG_KEY_MAX_HELD)
    hold (self, request, wait_ms, code, reason);
  else
    jump_http_reply_retry_later (
        request,
        (wait_ms + 999) / 1000,
        "too_many_wrong_keys",
        "too many requests with wrong keys; check the key, then try again");
}
