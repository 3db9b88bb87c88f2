/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/models/model.h"

/* What has to change in a request before Copilot takes it (protocol 5.3, 6.1, 6.3, 9), whoever wrote it, a
 * client or one of our own writers, and nothing else: every other byte, fields nobody here knows included,
 * passes as it came. Pure. */

/* @target: the dialect of @body, one with an upstream. @facts: a scan of @body by @target.
 * @changes: gets a name for each repair.
 * Returns: (transfer full) (nullable): the body to send, @body itself when nothing had to change; NULL with
 * JUMP_ERROR_BAD_REQUEST for what cannot be repaired. */
GBytes *jump_request_patch (const JumpDialect *target,
                            GBytes *body,
                            const JumpRequestFacts *facts,
                            const JumpModelTraits *traits,
                            JumpChanges *changes,
                            GError **error);
