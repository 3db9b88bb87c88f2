/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"
#include "service/http/router.h"

/* Answers that need the catalogue, which may still be on its way when a client asks right after the
 * start: the answer is given as soon as it is there, or its error is. Nothing is done for a client
 * that left in the meantime. */

void jump_catalog_wait (JumpHttpContext *context, JumpClientRequest *request, JumpRouteFunc answer);
