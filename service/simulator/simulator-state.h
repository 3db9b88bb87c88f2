/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/simulator/account-shape.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/prefix-memory.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/token-mint.h"

/* What GitHub's side and Copilot's side share. The simulator owns it; its fields are replaced when
 * another scenario is set. */

typedef struct
{
  JumpClock *clock;              /* (owned) */
  JumpScenario *scenario;        /* (owned) */
  const JumpAccountShape *shape; /* of the scenario's kind of account */
  JumpTokenMint *mint;           /* (owned) */
  JumpModelShelf *shelf;         /* (owned) */
  JumpPrefixMemory *memory;      /* (owned) */
  char *url;                     /* (owned) (nullable) "http://127.0.0.1:port" */
  double credits_used;           /* by calls; on top of what the account starts with */
  double requests_used;          /* the same where billing is by premium requests */
  guint n_chats;                 /* answered ones: what free accounts have so many of */
} JumpSimulatorState;
