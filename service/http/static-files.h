/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* The files of the dashboard, which are part of the program. They hold nothing that is secret; what they show,
 * they ask the control API for. */

/* The page itself. @extra: (nullable) (array zero-terminated=1): more headers, at most one */
void jump_static_files_answer_index (JumpClientRequest *request, const char *const *extra);
/* GET /dashboard/{file} */
void jump_static_files_answer (JumpHttpContext *context, JumpClientRequest *request);
