/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Work on a body: at once, or in a worker thread when it is big enough to be felt by other streams
 * (JUMP_LIMIT_SCAN_ON_LOOP). Either way the end is told on the main loop. */

typedef struct
{
  gpointer (*ref) (gpointer owner); /* owners are counted atomically */
  void (*unref) (gpointer owner);
  gboolean (*work) (gpointer owner, GError **error); /* perhaps in a thread */
  void (*done) (gpointer owner, const GError *error);
} JumpBodyWork;

/* @work: const data. @size: bytes to work on. */
void jump_body_work_do (const JumpBodyWork *work, gpointer owner, gsize size);
