/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/doctor/verdict.h"

/* One line of the doctor's report. */

typedef struct
{
  const char *name;  /* static: "dns"; never changes, for scripts */
  const char *group; /* static: "computer", "network", "account", "apis", "desktop", "tool" */
  const char *title; /* static: "Host names" */
  guint time_ms;
  JumpVerdict *verdict; /* (owned) */
} JumpFinding;

/* @verdict: (transfer full). Returns: (transfer full) */
JumpFinding *jump_finding_new (const char *name,
                               const char *group,
                               const char *title,
                               guint time_ms,
                               JumpVerdict *verdict);
void jump_finding_free (JumpFinding *self);
/* {"name","group","title","state","found","remedy","time_ms"} */
void jump_finding_write (const JumpFinding *self, JumpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpFinding, jump_finding_free)
