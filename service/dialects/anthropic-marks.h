/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/anthropic-turns.h"

/* Which blocks of a request are marked for the prompt cache. Upstream takes four marks; of more the last
 * ones cover all that the others do. A prompt without any gets them where they pay: behind what stays
 * the same in all requests, and behind the last message for the next one. */

typedef struct
{
  guint n_skipped; /* of the marks that the prompt has, the first ones */
  gboolean is_automatic;
} JumpAnthropicMarks;

void jump_anthropic_marks_init (JumpAnthropicMarks *self,
                                const JumpPrompt *prompt,
                                const JumpAnthropicTurns *turns,
                                JumpChanges *changes);
/* Asked once for every block, in the order of writing. @marker: (nullable): what the prompt has there;
 * @is_automatic_place: whether a mark of ours belongs there. Returns: whether to write one */
gboolean jump_anthropic_marks_take (JumpAnthropicMarks *self,
                                    const char *marker,
                                    gboolean is_automatic_place);
