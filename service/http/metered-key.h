/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* Counts a model request against the limits of the client's key. Whoever hears of the exchange's end tells
 * jump_key_meter_end(). FALSE: it is over a limit, or the key does not count any more; the client was told, and
 * there is a record as of any other request. @relayed: filled from @request. */
gboolean jump_metered_key_begin (JumpHttpContext *context,
                                 JumpClientRequest *request,
                                 const JumpRelayRequest *relayed);
