/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Which settings the page shows, in which groups and order. Type, range and
 * default come from jump_setting_row(). Pure. */

typedef enum
{
  JUMP_SETTINGS_SERVING,
  JUMP_SETTINGS_ACCESS,
  JUMP_SETTINGS_TRAFFIC,
  JUMP_SETTINGS_ACCOUNT,
  JUMP_SETTINGS_IDENTITY,
  JUMP_SETTINGS_MODELS,
  JUMP_SETTINGS_MAPPINGS, /* the three tables, no fields */
  JUMP_SETTINGS_TRANSLATION,
  JUMP_SETTINGS_NETWORK,
  JUMP_SETTINGS_LIMITS,
  JUMP_SETTINGS_HISTORY,
  JUMP_SETTINGS_LOGGING,
  JUMP_SETTINGS_DESKTOP,
  JUMP_N_SETTINGS_GROUPS,
} JumpSettingsGroup;

typedef enum
{
  JUMP_FIELD_SWITCH,
  JUMP_FIELD_CHOICE,
  JUMP_FIELD_NUMBER,
  JUMP_FIELD_PORT, /* a number that is not taken while somebody is still typing */
  JUMP_FIELD_TEXT,
  JUMP_FIELD_FILE,
} JumpFieldKind;

typedef struct
{
  JumpSettingsGroup group;
  JumpSettingKey key;
  JumpFieldKind kind;
  gboolean is_folded; /* rarely needed: behind "More" of its group */
} JumpSettingEntry;

/* @n_entries: (out) */
const JumpSettingEntry *jump_setting_layout_get (guint *n_entries);
