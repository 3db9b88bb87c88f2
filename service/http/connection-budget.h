/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What all doors together may hold: client connections, in all and of one peer, and bytes of bodies
 * that are being read. Somebody who opens connections and leaves them must not keep others out, so a
 * newcomer who finds everything taken gets the place of the connection that rests for longest, then of
 * the one that has been sending its request for longest; only those that are being answered keep theirs.
 * Pure: sockets belong to whoever sits here. */

typedef struct _JumpConnectionBudget JumpConnectionBudget;
typedef struct _JumpConnectionPeer JumpConnectionPeer;

/* In the order in which they have to go. */
typedef enum
{
  JUMP_SEAT_RESTING,
  JUMP_SEAT_SENDING_HEAD,
  JUMP_SEAT_SENDING_BODY,
  JUMP_SEAT_ANSWERED,
} JumpSeatState;

/* Embedded in a connection; zero-initialised means "none". */
typedef struct
{
  JumpConnectionBudget *budget; /* (owned) (nullable) */
  JumpConnectionPeer *peer;     /* (unowned) */
  JumpSeatState state;
  GList link;
  GDestroyNotify on_evicted; /* has to leave the seat, and may free what it is embedded in */
  gpointer user_data;
} JumpConnectionSeat;

JumpConnectionBudget *jump_connection_budget_new (void);
JumpConnectionBudget *jump_connection_budget_ref (JumpConnectionBudget *self);
void jump_connection_budget_unref (JumpConnectionBudget *self);
/* For newcomers; whoever is in stays. */
void jump_connection_budget_set_limits (JumpConnectionBudget *self, guint in_all, guint per_peer);
guint jump_connection_budget_count (JumpConnectionBudget *self, const char *peer);

/* @peer: (nullable): as in client-connection.h; NULL only asks for all. Returns: FALSE when nobody had to go. */
gboolean jump_connection_seat_take (JumpConnectionSeat *seat,
                                    JumpConnectionBudget *budget,
                                    const char *peer,
                                    GDestroyNotify on_evicted,
                                    gpointer user_data);
void jump_connection_seat_set_state (JumpConnectionSeat *seat, JumpSeatState state);
void jump_connection_seat_leave (JumpConnectionSeat *seat);

/* Bytes of bodies being read (JUMP_LIMIT_BODIES_IN_ALL). FALSE: there is no room for @length more. */
gboolean jump_connection_budget_take_bytes (JumpConnectionBudget *self, gsize length);
void jump_connection_budget_give_bytes (JumpConnectionBudget *self, gsize length);
gsize jump_connection_budget_get_bytes (const JumpConnectionBudget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpConnectionBudget, jump_connection_budget_unref)
