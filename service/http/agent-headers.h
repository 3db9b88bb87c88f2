/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/request-facts.h"

#include <libsoup/soup.h>

/* What coding agents say of a request in headers of their own: that a helper of theirs asks, or that they want
 * the conversation summed up. Pure. */

JumpTurnKind jump_agent_headers_read (SoupMessageHeaders *headers);
/* Returns: (transfer none) (nullable): the client's name for its conversation */
const char *jump_agent_headers_find_session (SoupMessageHeaders *headers);
