/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* What clients rely on in a stream of their dialect, whatever upstream does. */

/* @is_ours: all of it was written by us, nothing of upstream's is copied as it stands.
 * Returns: (nullable): what is wrong with @stream */
const char *fuzz_form_find_problem (const JumpDialect *client,
                                    const GString *stream,
                                    JumpPipeStep step,
                                    gboolean is_ours);
