/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

/* A pair of connected sockets with a watch on the near one. */
typedef struct _Pair Pair;
struct _Pair
{
  JumpPoller *poller;
  int near_fd;
  int far_fd;
  JumpPollFunc func;
  JumpPollWatch *watch;
  guint calls;
  JumpPollFlags ready; /* of the last call */
  gboolean drains;     /* reads all there is when called */
  Pair *victim;        /* removed when called */
  gboolean replaces_victim;
};

void pair_init (Pair *pair, JumpPoller *poller, JumpPollFlags interest);
void pair_init_with (Pair *pair, JumpPoller *poller, JumpPollFlags interest, JumpPollFunc func);
void pair_clear (Pair *pair);
void pair_say (Pair *pair);
void pair_drain (Pair *pair);
/* Until the next call of the pair's function. */
void wait_for_call (Pair *pair);
/* Turns the loop until nothing is left to do; fails when it spins. */
void settle (JumpPoller *poller);
