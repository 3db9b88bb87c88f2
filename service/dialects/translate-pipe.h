/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* A reply from upstream's dialect into the client's: decoder, reply events, encoder; whole replies by
 * read_reply and write_reply. Counts usage on the way. */

JumpReplyPipe *jump_translate_pipe_new (const JumpDialect *upstream,
                                        const JumpDialect *client,
                                        const JumpReplyOptions *options);
