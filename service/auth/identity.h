/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Who we say we are to GitHub and Copilot: one coherent set of values that belong to one real
 * build (protocol 5.1). All settings, but for the machine id (stable per install) and the session
 * id (new per run). */

typedef struct
{
  char *editor_version; /* (owned) Editor-Version */
  char *plugin_version; /* (owned) Editor-Plugin-Version */
  char *user_agent;     /* (owned) User-Agent */
  char *integration_id; /* (owned) Copilot-Integration-Id */
  char *api_version;    /* (owned) X-GitHub-Api-Version */
  char *intent;         /* (owned) OpenAI-Intent */
  char *machine_id;     /* (owned) VScode-MachineId, 64 hexadecimal digits */
  char *session_id;     /* (owned) VScode-SessionId */
} JumpIdentity;

JumpIdentity *jump_identity_new (void);
JumpIdentity *jump_identity_copy (const JumpIdentity *self);
void jump_identity_free (JumpIdentity *self);
/* Reads @data_dir/machine-id, or makes one and keeps it. Never fails: an unwritable folder gives
 * an id for this run only. */
char *jump_identity_load_machine_id (const char *data_dir);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpIdentity, jump_identity_free)
