/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* How far a word is from a name that may have been meant. Pure. */

#define JUMP_EDIT_DISTANCE_MAX 64

guint jump_edit_distance (const char *a, const char *b);
