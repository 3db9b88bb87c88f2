/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/verdict.h"

/* What is to be said of the computer that Jumpseat runs on. Pure. */

/* @error: (nullable): why the settings are wrong. @is_in_force: others are, that were right. */
JumpVerdict *jump_judge_settings (const char *path, const GError *error, gboolean is_in_force);

typedef struct
{
  const char *path; /* as it is shown */
  gboolean is_writable;
  gboolean knows_free;
  guint64 free_bytes; /* on its disk */
} JumpFolderFacts;

JumpVerdict *jump_judge_folder (const JumpFolderFacts *facts);

typedef struct
{
  const char *backend; /* the setting: "auto", "keyring", "file" */
  const char *in_use;  /* "keyring", "file", "memory" */
  const char *folder;  /* as it is shown: of the file */
  const char *problem; /* (nullable): why the keyring cannot be used: "the keyring is locked" */
} JumpKeyringFacts;

JumpVerdict *jump_judge_keyring (const JumpKeyringFacts *facts);

typedef struct
{
  guint16 port;
  gboolean is_ours; /* this service listens there, and answered */
  gboolean is_free;
  const char *holder; /* (nullable): "nginx (pid 123)" */
  const char *error;  /* (nullable): why nobody can listen, or nobody answered */
} JumpPortFacts;

JumpVerdict *jump_judge_port (const JumpPortFacts *facts);
/* @limit: 0: none that matters */
JumpVerdict *jump_judge_open_files (guint64 limit);
/* @error: (nullable): of jump_history_check_finish() */
JumpVerdict *jump_judge_history (const char *path, guint64 bytes, const GError *error);
