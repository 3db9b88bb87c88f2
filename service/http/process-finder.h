/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/client-process.h"

/* Which programs own the other ends of connections. Looks through the processes of our user, in a thread, for all
 * who are sought together and no more often than once in PAUSE: many connections cost no more than one. Those whose
 * programs were seen before are found at once. */

typedef struct _JumpProcessFinder JumpProcessFinder;

JumpProcessFinder *jump_process_finder_new (JumpClock *clock);
/* Another folder than /proc, for tests. */
void jump_process_finder_set_root (JumpProcessFinder *self, const char *root);
void jump_process_finder_free (JumpProcessFinder *self);
/* @inode: of the client's socket; 0 is not looked for. @process: referenced until it is known or given up. */
void jump_process_finder_find (JumpProcessFinder *self, guint64 inode, JumpClientProcess *process);
/* The process with that id. Returns: (transfer full) (nullable): its name and id */
char *jump_process_finder_name (JumpProcessFinder *self, int pid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpProcessFinder, jump_process_finder_free)
