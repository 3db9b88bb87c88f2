/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/transcript.h"

/* The reply's part of a transcript: whole or streamed, complete, cut, still coming, or an error. */

/* @dialect: (nullable): the client's; NULL for what is no conversation. */
void jump_transcript_add_reply (GPtrArray *list,
                                const JumpDialect *dialect,
                                const JumpExchangeRecord *record);
