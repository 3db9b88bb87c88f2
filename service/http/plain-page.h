/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"

/* The look of the few pages that the service makes itself: one style, no script, nothing from elsewhere. */

/* @content: what stands between the heading and the foot, escaped HTML. @extra: (nullable)
 * (array zero-terminated=1): more headers, names and values. Ends the request. */
void jump_plain_page_reply (JumpClientRequest *request,
                            guint status,
                            const char *content,
                            const char *const *extra);
