/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/fuzz/fuzz-models.h"
#include "tests/fuzz/fuzz-run.h"

/* What must be true of any request: it is refused with a sentence, or something good is made of it for every
 * upstream. */

/* @client: whose dialect @body should be in */
void
fuzz_check_request (FuzzRun *run, const JumpDialect *client, GBytes *body, const FuzzModel *model);
