/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"

/* Upstream refuses requests whose anthropic-beta header names anything that it does not know (protocol 6.3),
 * so only names from a short list pass. The header follows the body: what the body makes use of is
 * added, what it has no use for is left out. Pure. */

/* @header: (nullable): the client's, several joined by commas. @body: (nullable): as it is sent, patched.
 * @changes: gets "beta-dropped:NAME" for each that does not pass.
 * Returns: (transfer full) (nullable): the header to send; NULL: none */
char *jump_anthropic_beta_filter (const char *header,
                                  const JumpModelTraits *traits,
                                  GBytes *body,
                                  JumpChanges *changes);
