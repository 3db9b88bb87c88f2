/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/http-context.h"

/* What the relay is told of a client's request. */

/* FALSE: it is not to be relayed, because there is no body or serving is paused; the client was told. */
gboolean jump_relayed_request_init (JumpRelayRequest *self,
                                    JumpHttpContext *context,
                                    JumpClientRequest *request,
                                    JumpRelayPurpose purpose);
/* While paused: turns @request away, with a record as of one that was relayed. FALSE: not paused. */
gboolean jump_relayed_request_pause (JumpHttpContext *context,
                                     JumpClientRequest *request,
                                     JumpRelayPurpose purpose);
