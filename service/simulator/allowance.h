/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* What is left of the month, as /copilot_internal/user and the headers of chat replies tell it. */

void jump_allowance_add_headers (const JumpSimulatorState *state, JumpPlannedReply *reply);
void jump_allowance_write_snapshots (const JumpSimulatorState *state, JumpJsonWriter *writer);
/* An answer of @model was given. */
void jump_allowance_take (JumpSimulatorState *state, double credits, JsonObject *model);
JumpPlannedReply *jump_allowance_refuse (const JumpSimulatorState *state, JsonObject *model);
guint jump_allowance_get_legacy_chats (const JumpSimulatorState *state);
/* Returns: (transfer full): the first of next month, "2027-02-01" */
char *jump_allowance_dup_reset_date (const JumpSimulatorState *state);
