/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* What the system must not keep or show of our memory, where tokens are. Implemented in
 * process-guard-unix.c and process-guard-windows.c. */

/* No dump when the program crashes; other programs of the same user cannot read its memory. First
 * thing in main(). */
void jump_process_guard_raise (void);
