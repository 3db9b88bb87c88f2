/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* What a person sees who opens the service's address in a browser: that it runs, and what to tell programs.
 * One page without scripts, secrets or names of accounts. */

void jump_root_page_answer (JumpHttpContext *context, JumpClientRequest *request);
