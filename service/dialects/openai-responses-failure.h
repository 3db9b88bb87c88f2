/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"

/* Failures in the words of the Responses API: a body of its own, the "error" of a response that failed,
 * and an event. */

/* Returns: (transfer full): the body of an error reply */
GBytes *jump_responses_write_failure (const JumpFailure *failure, const char *request_id);
/* The same of an upstream's error reply: one of the right shape passes as it is. */
GBytes *jump_responses_pass_failure (guint status, GBytes *body);
/* The word of response.error.code. */
const char *jump_responses_failure_code (const JumpFailure *failure);
/* Appends {"code":…,"message":…}. */
void jump_responses_failure_put (const JumpFailure *failure, GString *out);
/* Appends an event "error", which most libraries throw; response.failed, which agents read, should follow. */
void jump_responses_failure_put_event (const JumpFailure *failure, gint64 sequence, GString *out);
