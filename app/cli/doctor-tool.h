/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Whether a tool on this computer is told to ask Jumpseat (README, "Connect your tools"). */

typedef struct
{
  const char *name; /* "claude-code" */
  const char *title;
} JumpDoctorTool;

/* Returns: (transfer none) (nullable) */
const JumpDoctorTool *jump_doctor_tool_find (const char *name);
/* Returns: (transfer full): "claude-code, codex, …" */
char *jump_doctor_tool_list (void);
/* @port: where Jumpseat listens. */
JumpVerdict *jump_doctor_tool_judge (const JumpDoctorTool *tool, guint port);
/* Pure. @place: (nullable): where @address was found; @address: (nullable): what the tool is told. @suffix: what
 * belongs behind the port. @remedy: what would be right. */
JumpVerdict *jump_doctor_tool_judge_address (const char *place,
                                             const char *address,
                                             guint port,
                                             const char *suffix,
                                             const char *remedy);
