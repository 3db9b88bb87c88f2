/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* What bench-translation works on, as Copilot and Claude Code send it. */

/* Returns: (transfer full): a stream of an upstream dialect whose text comes in @n_chunks pieces */
GString *bench_translation_stream (JumpDialectId upstream, guint n_chunks);
/* Returns: (transfer full): a Messages request of about @n_bytes: a long conversation of tool calls */
GBytes *bench_translation_request (gsize n_bytes);
