/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* Who shows wrong keys again and again waits longer and longer for the refusal. Keys are far too long to be guessed;
 * this keeps those who try, and programs with an old key that ask in a loop, from costing anything. Whoever shows
 * a right key meanwhile, at the same address too, waits for nothing. */

/* How many refusals may be held back at once: above that they are given at once, as 429. */
#define JUMP_WRONG_KEY_MAX_HELD 64

typedef struct _JumpWrongKeyWatch JumpWrongKeyWatch;

JumpWrongKeyWatch *jump_wrong_key_watch_new (JumpClock *clock);
void jump_wrong_key_watch_free (JumpWrongKeyWatch *self);

/* @peer: (nullable): whose connections count together. Returns: for how many milliseconds to hold the refusal
 * back; 0 for the first few */
guint jump_wrong_key_watch_note (JumpWrongKeyWatch *self, const char *peer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpWrongKeyWatch, jump_wrong_key_watch_free)
