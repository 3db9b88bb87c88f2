/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* Who may ask upstream now, and who waits for it: so many at once, the others fairly, one of each client
 * in turn and in order within a client (S-10). What was begun keeps its turn until it is returned. Pure
 * but for its clock. */

typedef struct _JumpTurnQueue JumpTurnQueue;
typedef struct _JumpTurn JumpTurn;

typedef struct
{
  guint concurrent;         /* turns at once; 0: no limit */
  guint waiting;            /* that may wait */
  guint wait_seconds;       /* the longest that one waits */
  guint spacing_seconds;    /* between two beginnings; 0: none */
  gboolean spacing_refuses; /* who comes too soon is refused instead of waiting */
} JumpTurnRules;

/* Once, for a turn that had to wait. @error: (nullable): it will not come: JUMP_ERROR_UNAVAILABLE, come back
 * after @retry_after seconds. The turn has to be returned in both cases. */
typedef void (*JumpTurnFunc) (const GError *error, guint retry_after, gpointer user_data);

JumpTurnQueue *jump_turn_queue_new (JumpClock *clock);
/* Nobody may have a turn any more, or wait for one. */
void jump_turn_queue_free (JumpTurnQueue *self);
/* At once, also for those that wait already. */
void jump_turn_queue_set_rules (JumpTurnQueue *self, const JumpTurnRules *rules);
/* Nobody gets a turn any more, and who waits is told by @error. */
void jump_turn_queue_close (JumpTurnQueue *self, const GError *error);

/* Nobody who waits gets a turn until it is let go again. */
void jump_turn_queue_hold (JumpTurnQueue *self, gboolean is_held);

/* @client: those of one name wait behind each other. @out_retry_after: seconds, with an error:
 * JUMP_ERROR_UNAVAILABLE for a full queue, JUMP_ERROR_RATE_LIMITED for who comes too soon.
 * Returns: (transfer full) (nullable): to be returned */
JumpTurn *jump_turn_queue_ask (JumpTurnQueue *self,
                               const char *client,
                               JumpTurnFunc func,
                               gpointer user_data,
                               guint *out_retry_after,
                               GError **error);
/* FALSE: it waits, func will be called. */
gboolean jump_turn_is_given (const JumpTurn *turn);
/* Whether it ends soon, with a turn or with an error. */
gboolean jump_turn_is_short_wait (const JumpTurn *turn);
/* Given or not, the next may go; may call the func of others. */
void jump_turn_return (JumpTurn *turn);

guint jump_turn_queue_get_active (const JumpTurnQueue *self);
guint jump_turn_queue_get_waiting (const JumpTurnQueue *self);
