/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* A second body for a request that upstream refused with a reason that can be mended: what Copilot takes
 * differs between its backends and from week to week, so some repairs are made only when it asks for
 * them (protocol 6, 7, 9). Pure. */

/* @failure: what upstream answered, a 4xx. @sent: the body it answered to.
 * @done: (element-type utf8): the mends made to this request so far, in order; the caller adds *@out_name.
 * @out_name: (out) (transfer full) (nullable): what was done, a name for the list of changes. With
 *   JUMP_MEND_BETA_DROPPED the request has to be sent without its anthropic-beta header.
 * Returns: (transfer full) (nullable): a body that is worth one more try; NULL: there is none. The number of
 * tries is bounded: every mend allows itself once, a few of them some times for different places. */
GBytes *jump_request_mend (const JumpDialect *target,
                           const JumpFailure *failure,
                           GBytes *sent,
                           const GPtrArray *done,
                           char **out_name);

#define JUMP_MEND_BETA_DROPPED "beta-dropped"
