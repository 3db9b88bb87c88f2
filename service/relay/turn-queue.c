/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/turn-queue.h"

#include "service/base/error.h"

/* Seconds. Many programs give up when a reply has no head after a minute. */
#define SHORT_WAIT 45

typedef struct
{
  char *name;     /* (owned) */
  GQueue waiting; /* (element-type JumpTurn) (unowned): in the order they came */
} Client;

struct _JumpTurn
{
  JumpTurnQueue *queue; /* (unowned) */
  JumpTurnFunc func;
  gpointer user_data;
  Client *client; /* (unowned) (nullable): while it waits */
  gint64 asked;   /* monotonic µs */
  gboolean is_given;
};

struct _JumpTurnQueue
{
  JumpClock *clock; /* (owned) */
  JumpTurnRules rules;
  GHashTable *clients; /* (owned) (element-type Client): by name, those with somebody waiting */
  GQueue round;        /* (element-type Client) (unowned): whose turn is next */
  GQueue waiting;      /* (element-type JumpTurn) (unowned): of all clients, oldest first */
  guint n_active;
  gint64 last_begun; /* monotonic µs, 0: never */
  guint alarm;       /* when the next may begin, or has waited too long; 0: none */
  gboolean is_giving;
  gboolean is_held;
  GError *closed; /* (owned) (nullable): why nobody gets a turn any more */
};

static void
client_free (Client *self)
{
  g_queue_clear (&self->waiting);
  g_free (self->name);
  g_free (self);
}

static gint64
get_now (const JumpTurnQueue *self)
{
  return jump_clock_get_monotonic_time (self->clock);
}

/* Returns: µs until another one may begin, 0: now */
static gint64
get_spacing_left (const JumpTurnQueue *self)
{
  gint64 spacing = (gint64) self->rules.spacing_seconds * G_USEC_PER_SEC;

  if (spacing == 0 || self->last_begun == 0)
    return 0;
  return MAX (0, self->last_begun + spacing - get_now (self));
}

static gboolean
has_room (const JumpTurnQueue *self)
{
  return self->rules.concurrent == 0 || self->n_active < self->rules.concurrent;
}

static void
begin (JumpTurnQueue *self, JumpTurn *turn)
{
  turn->is_given = TRUE;
  self->n_active++;
  self->last_begun = get_now (self);
}

static void
add_waiting (JumpTurnQueue *self, JumpTurn *turn, const char *name)
{
  Client *client = g_hash_table_lookup (self->clients, name);

  if (client == NULL)
    {
      client = g_new0 (Client, 1);
      client->name = g_strdup (name);
      g_queue_init (&client->waiting);
      g_hash_table_insert (self->clients, client->name, client);
      g_queue_push_tail (&self->round, client);
    }
  turn->client = client;
  g_queue_push_tail (&client->waiting, turn);
  g_queue_push_tail (&self->waiting, turn);
}

static void
remove_waiting (JumpTurnQueue *self, JumpTurn *turn)
{
  Client *client = g_steal_pointer (&turn->client);

  g_queue_remove (&self->waiting, turn);
  g_queue_remove (&client->waiting, turn);
  if (!g_queue_is_empty (&client->waiting))
    return;
  g_queue_remove (&self->round, client);
  g_hash_table_remove (self->clients, client->name);
}

/* One of each client in turn: who has sent a hundred waits for them, not the others. */
static JumpTurn *
take_next (JumpTurnQueue *self)
{
  Client *client = g_queue_pop_head (&self->round);
  JumpTurn *turn = g_queue_peek_head (&client->waiting);

  g_queue_push_tail (&self->round, client);
  remove_waiting (self, turn);
  return turn;
}

static void
tell (JumpTurn *turn, const GError *error, guint retry_after)
{
  turn->func (error, retry_after, turn->user_data);
}

static void
refuse_late (JumpTurnQueue *self)
{
  gint64 patience = (gint64) self->rules.wait_seconds * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  while (!g_queue_is_empty (&self->waiting))
    {
      JumpTurn *turn = g_queue_peek_head (&self->waiting);

      if (turn->asked + patience > get_now (self))
        return;
      remove_waiting (self, turn);
      if (error == NULL)
        error = g_error_new (JUMP_ERROR,
                             JUMP_ERROR_UNAVAILABLE,
                             "the request has waited %u seconds for its turn: %u requests are "
                             "answered at once (settings traffic.wait_seconds, "
                             "traffic.concurrent and traffic.spacing_seconds)",
                             self->rules.wait_seconds,
                             self->n_active);
      tell (turn, error, self->rules.wait_seconds);
    }
}

static void set_alarm (JumpTurnQueue *self);

/* Whoever is told may return a turn or ask for one: the loop that runs already sees it. */
static void
give (JumpTurnQueue *self)
{
  if (self->is_giving)
    return;
  self->is_giving = TRUE;
  refuse_late (self);
  while (self->closed == NULL && !self->is_held && !g_queue_is_empty (&self->waiting) &&
         has_room (self) && get_spacing_left (self) == 0)
    {
      JumpTurn *turn = take_next (self);

      begin (self, turn);
      tell (turn, NULL, 0);
    }
  self->is_giving = FALSE;
  set_alarm (self);
}

static void
on_alarm_due (gpointer user_data)
{
  JumpTurnQueue *self = user_data;

  self->alarm = 0;
  give (self);
}

static void
set_alarm (JumpTurnQueue *self)
{
  const JumpTurn *oldest = g_queue_peek_head (&self->waiting);
  gint64 left;

  jump_clock_clear_alarm (self->clock, &self->alarm);
  if (oldest == NULL)
    return;
  left = oldest->asked + (gint64) self->rules.wait_seconds * G_USEC_PER_SEC - get_now (self);
  if (has_room (self))
    left = MIN (left, get_spacing_left (self));
  self->alarm = jump_clock_add_alarm (self->clock,
                                      (guint64) (MAX (left, 0) + 999) / 1000,
                                      on_alarm_due,
                                      self);
}

JumpTurnQueue *
jump_turn_queue_new (JumpClock *clock)
{
  JumpTurnQueue *self = g_new0 (JumpTurnQueue, 1);

  self->clock = g_object_ref (clock);
  self->clients =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) client_free);
  g_queue_init (&self->round);
  g_queue_init (&self->waiting);
  return self;
}

void
jump_turn_queue_free (JumpTurnQueue *self)
{
  g_assert (g_queue_is_empty (&self->waiting) && self->n_active == 0);
  jump_clock_clear_alarm (self->clock, &self->alarm);
  g_queue_clear (&self->round);
  g_clear_pointer (&self->clients, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_error (&self->closed);
  g_free (self);
}

/**
 * jump_turn_queue_set_rules:
 * @rules: copied; more turns are given at once, fewer as they come back, and who waits already may have
 *   waited too long by them. Nobody is sent away because fewer may wait.
 */
void
jump_turn_queue_set_rules (JumpTurnQueue *self, const JumpTurnRules *rules)
{
  self->rules = *rules;
  give (self);
}

/**
 * jump_turn_queue_close:
 * @error: for those that wait, and for all that ask from now on
 */
void
jump_turn_queue_close (JumpTurnQueue *self, const GError *error)
{
  if (self->closed != NULL)
    return;
  self->closed = g_error_copy (error);
  while (!g_queue_is_empty (&self->waiting))
    {
      JumpTurn *turn = g_queue_peek_head (&self->waiting);

      remove_waiting (self, turn);
      tell (turn, error, 0);
    }
  jump_clock_clear_alarm (self->clock, &self->alarm);
}

/**
 * jump_turn_queue_hold:
 * @is_held: whether nobody gets a turn for a moment, while many come back at once
 */
void
jump_turn_queue_hold (JumpTurnQueue *self, gboolean is_held)
{
  self->is_held = is_held;
  if (!is_held)
    give (self);
}

static gboolean
may_wait (JumpTurnQueue *self, guint *out_retry_after, GError **error)
{
  if (g_queue_get_length (&self->waiting) < self->rules.waiting)
    return TRUE;
  *out_retry_after = self->rules.wait_seconds;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_UNAVAILABLE,
               "too many requests: %u are being answered and %u wait (settings "
               "traffic.concurrent and traffic.waiting)",
               self->n_active,
               g_queue_get_length (&self->waiting));
  return FALSE;
}

/* Returns: (nullable): why this is not the time to ask */
static GError *
find_obstacle (JumpTurnQueue *self, guint *out_retry_after)
{
  gint64 left = get_spacing_left (self);

  if (self->closed != NULL)
    return g_error_copy (self->closed);
  if (!self->rules.spacing_refuses || left == 0)
    return NULL;
  *out_retry_after = (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_RATE_LIMITED,
                      "the last request began less than %u seconds ago: try again in %u seconds "
                      "(settings traffic.spacing_seconds and traffic.spacing_action)",
                      self->rules.spacing_seconds,
                      *out_retry_after);
}

/**
 * jump_turn_queue_ask:
 * @client: a key's id or a program's name
 * @func: see %JumpTurnFunc; not for a turn that is given at once
 * @out_retry_after: (out): seconds, 0: not known
 *
 * Returns: (transfer full) (nullable): a turn, see jump_turn_is_given()
 */
JumpTurn *
jump_turn_queue_ask (JumpTurnQueue *self,
                     const char *client,
                     JumpTurnFunc func,
                     gpointer user_data,
                     guint *out_retry_after,
                     GError **error)
{
  GError *obstacle;
  gboolean is_free;
  JumpTurn *turn;

  *out_retry_after = 0;
  obstacle = find_obstacle (self, out_retry_after);
  if (obstacle != NULL)
    {
      g_propagate_error (error, obstacle);
      return NULL;
    }
  is_free = g_queue_is_empty (&self->waiting) && has_room (self) && get_spacing_left (self) == 0;
  if (!is_free && !may_wait (self, out_retry_after, error))
    return NULL;
  turn = g_new0 (JumpTurn, 1);
  turn->queue = self;
  turn->func = func;
  turn->user_data = user_data;
  turn->asked = get_now (self);
  if (is_free)
    begin (self, turn);
  else
    add_waiting (self, turn, client);
  if (!is_free && !self->is_giving)
    set_alarm (self);
  return turn;
}

gboolean
jump_turn_is_given (const JumpTurn *turn)
{
  return turn->is_given;
}

/**
 * jump_turn_is_short_wait:
 *
 * Returns: whether it is waited for, no longer than clients have patience for the head of a reply
 */
gboolean
jump_turn_is_short_wait (const JumpTurn *turn)
{
  return !turn->is_given && turn->queue->rules.wait_seconds <= SHORT_WAIT;
}

/**
 * jump_turn_return:
 * @turn: (transfer full): given, waiting or refused
 */
void
jump_turn_return (JumpTurn *turn)
{
  JumpTurnQueue *self = turn->queue;

  if (turn->client != NULL)
    remove_waiting (self, turn);
  if (turn->is_given)
    self->n_active--;
  g_free (turn);
  give (self);
}

guint
jump_turn_queue_get_active (const JumpTurnQueue *self)
{
  return self->n_active;
}

guint
jump_turn_queue_get_waiting (const JumpTurnQueue *self)
{
  return g_queue_get_length ((GQueue *) &self->waiting);
}
