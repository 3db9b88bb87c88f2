/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/relay/relay.h"

/* What the relay is told of a client's request. */

/* FALSE: there is no body; the client was told. */
gboolean jump_relayed_request_init (JumpRelayRequest *self, JumpClientRequest *request);
