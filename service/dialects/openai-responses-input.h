/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"
#include "service/conversation/tool-names.h"

/* The conversation of a request: messages, calls, results, reasoning, read and written as input items. */

/* @input: a string or an array of items. Each item becomes a message of its own. */
gboolean jump_responses_read_input (JumpPrompt *prompt, JumpJsonSpan input, GError **error);
/* The parts of a message's or a result's content, or what it says in a plain string. @path: for errors.
 * Adds them to @parts. */
gboolean jump_responses_read_content (GPtrArray *parts,
                                      JumpJsonSpan content,
                                      const char *path,
                                      GError **error);

/* Writes the array. @first: messages before that one are left out. */
void jump_responses_write_input (JumpJsonWriter *writer,
                                 const JumpPrompt *prompt,
                                 guint first,
                                 const JumpModelTraits *traits,
                                 const JumpToolNames *names,
                                 JumpChanges *changes);
