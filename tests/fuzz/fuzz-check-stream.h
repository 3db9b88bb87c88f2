/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "tests/fuzz/fuzz-run.h"

/* What must be true of any stream, for its own dialect and for every client's. */

/* @upstream: whose dialect @bytes should be in. @problem: (nullable): how upstream ends */
void fuzz_check_stream (FuzzRun *run,
                        const JumpDialect *upstream,
                        GBytes *bytes,
                        const JumpReplyOptions *options,
                        const GError *problem);
/* The same for one client alone. @client: (nullable): NULL stays in upstream's dialect */
void fuzz_check_stream_for (FuzzRun *run,
                            const JumpDialect *upstream,
                            const JumpDialect *client,
                            GBytes *bytes,
                            const JumpReplyOptions *options,
                            const GError *problem);
