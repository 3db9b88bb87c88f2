/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "tests/fuzz/fuzz-run.h"

/* Changes to JSON that leave it JSON, mostly: values that are gone, there twice, of another kind, from elsewhere. */

/* Makes one change to @text, if it is JSON. @donor: (nullable): where other values may come from. */
void fuzz_json_change (FuzzRun *run, GString *text, GBytes *donor);
/* The same for bytes: some are flipped, gone, or new. */
void fuzz_bytes_change (FuzzRun *run, GString *text);
/* Returns: (transfer full): @seed with some changes of all kinds */
GBytes *fuzz_json_mutate (FuzzRun *run, GBytes *seed, GBytes *donor);
