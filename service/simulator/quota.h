/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/simulator/planned-reply.h"
#include "service/simulator/simulator-state.h"

/* What is left of the month, as /copilot_internal/user and the headers of chat replies tell it. */

void jump_quota_add_headers (const JumpSimulatorState *state, JumpPlannedReply *reply);
void jump_quota_write_snapshots (const JumpSimulatorState *state, JumpJsonWriter *writer);
/* Returns: (transfer full): the first of next month, "2027-02-01" */
char *jump_quota_dup_reset_date (const JumpSimulatorState *state);
