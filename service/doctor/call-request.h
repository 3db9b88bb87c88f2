/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/doctor.h"

/* A request to our own routes, from whoever is in charge of them: no client key is needed. */

/* Returns: (transfer full): POST @path with @before, the model's name as JSON, @after */
JumpHttpRequest *jump_call_request_new (const JumpDoctorTools *tools,
                                        const char *path,
                                        const char *before,
                                        const char *model,
                                        const char *after);
