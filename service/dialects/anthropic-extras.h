/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-edit.h"

/* What Copilot adds to Anthropic's objects and Anthropic's clients do not know. */

/* A quick look at @text that may see some where there are none. */
gboolean jump_anthropic_extras_may_be_in (JumpJsonSpan text);
/* Removes them from @object and the objects inside, as far as Anthropic's own texts and arguments. Returns:
 * whether there were any */
gboolean jump_anthropic_extras_remove (JumpJsonEdit *edit, JumpJsonSpan object);
