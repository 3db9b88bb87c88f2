/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"

/* Lines of token usage added up: by computer, user and model, and over time. Pure. */

typedef struct _JumpUsageTally JumpUsageTally;

/* @from, @until: wall seconds; 0: any. @machine, @user: (nullable): only those count. */
JumpUsageTally *
jump_usage_tally_new (gint64 from, gint64 until, const char *machine, const char *user);
/* @until is no "now", which other computers' clocks may be before: nothing later counts. */
void jump_usage_tally_end_there (JumpUsageTally *self);
void jump_usage_tally_free (JumpUsageTally *self);
/* What follows is of @machine. */
void jump_usage_tally_begin_machine (JumpUsageTally *self, const char *machine);
/* One that makes no sense is passed over. */
void jump_usage_tally_add_line (JumpUsageTally *self, const char *line, gsize length);
/* Members machines, users, rows, user_rows, totals, timeseries. */
void jump_usage_tally_write (JumpUsageTally *self, JumpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpUsageTally, jump_usage_tally_free)
