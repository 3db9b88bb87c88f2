/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/keys/key-file.h"
#include "service/keys/key-store.h"
#include "service/keys/sign-up-pace.h"

/* What the files of the store share: key-store.c (life, file, finding), key-store-change.c (making and
 * changing keys). */

struct _JumpKeyStore
{
  GObject parent_instance;

  JumpKeyFile *file; /* (owned) (nullable): in memory only */
  JumpClock *clock;  /* (owned) */
  GPtrArray *keys;   /* (owned) (element-type JumpClientKey) */
  GError *problem;   /* (owned) (nullable): of the file */
  gint64 looked_at;  /* monotonic µs, at the file */
  guint save_alarm;  /* the last uses are not on disk yet */
  JumpSignUpPace pace;
};

/* Reads what somebody else has written: the command line, or a person. */
gboolean jump_key_store_look (JumpKeyStore *self, GError **error);
gboolean jump_key_store_save (JumpKeyStore *self, GError **error);
void jump_key_store_emit_changed (JumpKeyStore *self);
