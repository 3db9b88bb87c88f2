/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/connection-budget.h"

#include "service/base/limits.h"
#include "service/http/peer-address.h"

struct _JumpConnectionPeer
{
  char *group; /* (owned) */
  guint n_seats;
  GQueue
      seats[JUMP_SEAT_ANSWERED]; /* (element-type JumpConnectionSeat): who may have to go, longest
                                     * first */
};

struct _JumpConnectionBudget
{
  GHashTable *peers; /* (owned) (element-type utf8 JumpConnectionPeer) */
  guint n_seats;
  guint in_all;
  guint per_peer;
  gsize body_bytes;
};

static void
free_peer (gpointer data)
{
  JumpConnectionPeer *peer = data;

  g_free (peer->group);
  g_free (peer);
}

static JumpConnectionPeer *
ensure_peer (JumpConnectionBudget *self, const char *address)
{
  g_autofree char *group = jump_peer_address_dup_group (address);
  JumpConnectionPeer *peer = g_hash_table_lookup (self->peers, group);

  if (peer != NULL)
    return peer;
  peer = g_new0 (JumpConnectionPeer, 1);
  peer->group = g_steal_pointer (&group);
  for (guint i = 0; i < G_N_ELEMENTS (peer->seats); i++)
    g_queue_init (&peer->seats[i]);
  g_hash_table_insert (self->peers, peer->group, peer);
  return peer;
}

static void
drop_empty_peer (JumpConnectionBudget *self, JumpConnectionPeer *peer)
{
  if (peer->n_seats == 0)
    g_hash_table_remove (self->peers, peer->group);
}

static JumpConnectionSeat *
find_oldest_of_peer (JumpConnectionPeer *peer)
{
  for (guint i = 0; i < G_N_ELEMENTS (peer->seats); i++)
    {
      if (!g_queue_is_empty (&peer->seats[i]))
        return g_queue_peek_head (&peer->seats[i]);
    }
  return NULL;
}

/* Of those who rest, the peer with the most connections gives one; and so on with the next state. */
static JumpConnectionSeat *
find_oldest (JumpConnectionBudget *self)
{
  JumpConnectionPeer *largest[JUMP_SEAT_ANSWERED] = { NULL };
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      JumpConnectionPeer *peer = value;

      for (guint i = 0; i < G_N_ELEMENTS (peer->seats); i++)
        {
          if (!g_queue_is_empty (&peer->seats[i]) &&
              (largest[i] == NULL || peer->n_seats > largest[i]->n_seats))
            largest[i] = peer;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (largest); i++)
    {
      if (largest[i] != NULL)
        return g_queue_peek_head (&largest[i]->seats[i]);
    }
  return NULL;
}

static gboolean
evict (JumpConnectionSeat *seat)
{
  if (seat == NULL)
    return FALSE;
  seat->on_evicted (seat->user_data);
  return TRUE;
}

JumpConnectionBudget *
jump_connection_budget_new (void)
{
  JumpConnectionBudget *self = g_rc_box_new0 (JumpConnectionBudget);

  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_peer);
  self->in_all = JUMP_LIMIT_CONNECTIONS;
  self->per_peer = JUMP_LIMIT_CONNECTIONS_PER_PEER;
  return self;
}

JumpConnectionBudget *
jump_connection_budget_ref (JumpConnectionBudget *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_budget (gpointer data)
{
  JumpConnectionBudget *self = data;

  g_clear_pointer (&self->peers, g_hash_table_unref);
}

void
jump_connection_budget_unref (JumpConnectionBudget *self)
{
  g_rc_box_release_full (self, clear_budget);
}

void
jump_connection_budget_set_limits (JumpConnectionBudget *self, guint in_all, guint per_peer)
{
  self->in_all = in_all;
  self->per_peer = per_peer;
}

/**
 * jump_connection_budget_count:
 * @self: a budget
 * @peer: (nullable): an address; NULL for all
 *
 * Returns: how many connections there are
 */
guint
jump_connection_budget_count (JumpConnectionBudget *self, const char *peer)
{
  g_autofree char *group = peer != NULL ? jump_peer_address_dup_group (peer) : NULL;
  JumpConnectionPeer *known = group != NULL ? g_hash_table_lookup (self->peers, group) : NULL;

  if (peer == NULL)
    return self->n_seats;
  return known != NULL ? known->n_seats : 0;
}

/**
 * jump_connection_seat_take:
 * @seat: not taken; its connection rests
 * @budget: where
 * @peer: whose connection it is
 * @on_evicted: called when somebody else needs the place: leave the seat then
 * @user_data: for @on_evicted
 *
 * Others may be evicted on the way.
 *
 * Returns: FALSE when everything is taken by connections that are being answered
 */
gboolean
jump_connection_seat_take (JumpConnectionSeat *seat,
                           JumpConnectionBudget *budget,
                           const char *peer,
                           GDestroyNotify on_evicted,
                           gpointer user_data)
{
  JumpConnectionPeer *group = ensure_peer (budget, peer);

  g_return_val_if_fail (seat->budget == NULL, FALSE);
  group->n_seats++; /* so that it stays while others go */
  if ((group->n_seats > budget->per_peer && !evict (find_oldest_of_peer (group))) ||
      (budget->n_seats >= budget->in_all && !evict (find_oldest (budget))))
    {
      group->n_seats--;
      drop_empty_peer (budget, group);
      return FALSE;
    }
  budget->n_seats++;
  seat->budget = jump_connection_budget_ref (budget);
  seat->peer = group;
  seat->on_evicted = on_evicted;
  seat->user_data = user_data;
  seat->state = JUMP_SEAT_RESTING;
  seat->link.data = seat;
  g_queue_push_tail_link (&group->seats[seat->state], &seat->link);
  return TRUE;
}

/**
 * jump_connection_seat_set_state:
 * @seat: a seat, or none
 * @state: what its connection does from now on
 *
 * Each change counts anew how long that is so.
 */
void
jump_connection_seat_set_state (JumpConnectionSeat *seat, JumpSeatState state)
{
  if (seat->budget == NULL)
    return;
  if (seat->state != JUMP_SEAT_ANSWERED)
    g_queue_unlink (&seat->peer->seats[seat->state], &seat->link);
  seat->state = state;
  if (state != JUMP_SEAT_ANSWERED)
    g_queue_push_tail_link (&seat->peer->seats[state], &seat->link);
}

void
jump_connection_seat_leave (JumpConnectionSeat *seat)
{
  g_autoptr (JumpConnectionBudget) budget = NULL;

  if (seat->budget == NULL)
    return;
  jump_connection_seat_set_state (seat, JUMP_SEAT_ANSWERED);
  budget = g_steal_pointer (&seat->budget);
  budget->n_seats--;
  seat->peer->n_seats--;
  drop_empty_peer (budget, g_steal_pointer (&seat->peer));
}

gboolean
jump_connection_budget_take_bytes (JumpConnectionBudget *self, gsize length)
{
  if (length > JUMP_LIMIT_BODIES_IN_ALL - self->body_bytes)
    return FALSE;
  self->body_bytes += length;
  return TRUE;
}

void
jump_connection_budget_give_bytes (JumpConnectionBudget *self, gsize length)
{
  g_return_if_fail (length <= self->body_bytes);
  self->body_bytes -= length;
}

gsize
jump_connection_budget_get_bytes (const JumpConnectionBudget *self)
{
  return self->body_bytes;
}
