/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* Names of clients as settings have them: of a key or of a program, "*" at the end for any ending. Pure. */

/* @patterns: (nullable): NULL and empty ones match nobody; space around one does not count. */
gboolean jump_client_pattern_matches_any (const char *const *patterns,
                                          const JumpExchangeRecord *record);
