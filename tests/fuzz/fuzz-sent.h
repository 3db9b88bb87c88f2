/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* What must be true of every body that goes to an upstream, whatever a client has sent. */

/* @upstream: whose dialect @body is in. @is_translated: we have written all of it.
 * Returns: (nullable): what is wrong with it */
const char *fuzz_sent_find_problem (const JumpDialect *upstream,
                                    GBytes *body,
                                    const char *model_id,
                                    gboolean is_translated);
