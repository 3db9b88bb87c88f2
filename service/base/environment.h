/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* Secrets that came in the environment. Implemented in environment-unix.c and
 * environment-windows.c. */

/* Takes variable @name out of the environment, so that no program we start gets it, and its value out
 * of the memory where the system keeps it readable (/proc/PID/environ). Before there are threads. */
void jump_environment_wipe (const char *name);
