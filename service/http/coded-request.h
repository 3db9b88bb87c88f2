/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"
#include "service/http/router.h"

/* A request whose body is compressed: decoded, in a worker thread when it is big, and then handed to
 * its route. */

void jump_coded_request_answer (JumpHttpContext *context,
                                JumpClientRequest *request,
                                const JumpRoute *route,
                                gsize body_limit);
