/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/fuzz/fuzz-run.h"

/* What must be true of any whole reply, for its own dialect and for every client's. */

/* @upstream: whose dialect @body should be in */
void fuzz_check_reply (FuzzRun *run,
                       const JumpDialect *upstream,
                       GBytes *body,
                       const JumpReplyOptions *options);
/* @body: with which upstream refuses, or 200 with an error inside */
void fuzz_check_refusal (FuzzRun *run, guint status, GBytes *body);
