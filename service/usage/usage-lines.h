/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/exchange-record.h"

#include <gio/gio.h>

/* Lines of token usage in FOLDER/agents/MACHINE/token_usage.jl (features.md B3 "token-usage"): what was used since
 * the line before, by model and user, every JUMP_LIMIT_USAGE_LINE_SECONDS and at the end, only when there is
 * something. Whole lines, appended by a thread; a folder that is not there is tried again. */

typedef struct _JumpUsageLines JumpUsageLines;

JumpUsageLines *jump_usage_lines_new (JumpClock *clock);
/* Writes the last line. */
void jump_usage_lines_free (JumpUsageLines *self);
/* @machine: such as "desk_Linux" (jump_usage_machine_new()). */
void jump_usage_lines_set_place (JumpUsageLines *self, const char *folder, const char *machine);
void jump_usage_lines_add (JumpUsageLines *self, const JumpExchangeRecord *record);
/* Whatever is not written yet, now. */
void jump_usage_lines_flush (JumpUsageLines *self);
/* The same, and behind the lines before; @callback, with a GTask without a value, is called when the disk has it all or
 * refuses it. */
void jump_usage_lines_flush_async (JumpUsageLines *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: (transfer full): @name or the host's, and the system: "_Linux", "_WSL", "_Win". */
char *jump_usage_machine_new (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpUsageLines, jump_usage_lines_free)
