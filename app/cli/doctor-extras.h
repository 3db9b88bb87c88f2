/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"
#include "app/cli/doctor-tool.h"

/* Checks that the command itself makes, beside those of the service. */

/* Adds them to "checks" of @report, and makes its "state" the worst of all. @tool: (nullable). @port: where
 * Jumpseat listens, or would. */
void jump_doctor_extras_add (JsonObject *report,
                             JumpCommandContext *context,
                             const JumpDoctorTool *tool,
                             guint port);
