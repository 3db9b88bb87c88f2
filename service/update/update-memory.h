/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/update/release-feed.h"

/* What the last look at the feed brought, kept on disk: a program that is started ten times a day
 * still asks once, and shows what it knows at once. */

typedef struct
{
  char *feed_url;       /* (owned) (nullable): of which all the rest is; NULL: never asked */
  gint64 asked_at;      /* wall seconds, 0 never */
  char *etag;           /* (owned) (nullable) */
  JumpRelease *release; /* (owned) (nullable) */
} JumpUpdateMemory;

void jump_update_memory_load (JumpUpdateMemory *self, const char *path);
void jump_update_memory_save (const JumpUpdateMemory *self, const char *path);
void jump_update_memory_clear (JumpUpdateMemory *self);
