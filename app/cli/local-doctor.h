/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* The doctor where no instance runs: a service is built from the settings, inside this process, and asked at a
 * door that nobody else is told of. */

/* Returns: (transfer full): as POST /api/doctor */
JsonObject *
jump_local_doctor_examine (JumpCommandContext *context, const JumpDoctorWish *wish, GError **error);
