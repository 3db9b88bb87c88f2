/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* The reply of upstream's token counter, for the dialect of the client; and the same said by ourselves. */

JumpReplyPipe *jump_count_pipe_new (const JumpDialect *client);
/* Returns: (transfer full): the body of a reply that says @n_tokens */
GBytes *jump_count_write (const JumpDialect *client, gint64 n_tokens);
