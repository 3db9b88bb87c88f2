/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* What a person sees who opens the service's address in a browser. One that Jumpseat's menu has let in: the
 * dashboard. Any other: how to get in, and nothing else. */

void jump_root_page_answer (JumpHttpContext *context, JumpClientRequest *request);
/* Instead of a refusal for programs. */
void jump_root_page_refuse (JumpClientRequest *request, guint status, const char *reason);
