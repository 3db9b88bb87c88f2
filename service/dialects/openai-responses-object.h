/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"
#include "service/conversation/usage-count.h"

/* The response object that stands in the first and last events of a stream and is a whole reply: what
 * never changes of it, and the writing of the rest. */

typedef struct
{
  char *id;       /* (owned) */
  gint64 created; /* wall seconds */
  GString *rest;  /* (owned): the members that stay the same, a comma before each */
} JumpResponsesObject;

/* @echo: (nullable): see JumpReplyOptions. Members that it lacks get OpenAI's defaults. */
void jump_responses_object_init (JumpResponsesObject *self,
                                 const char *id,
                                 const char *model,
                                 gint64 created,
                                 const char *echo);
void jump_responses_object_clear (JumpResponsesObject *self);
/* @output: (nullable): the inside of the array. @usage: (nullable). @reason: (nullable): why it is
 * incomplete. @failure: (nullable): why it failed */
void jump_responses_object_put (const JumpResponsesObject *self,
                                const char *status,
                                const GString *output,
                                const JumpUsageCount *usage,
                                const char *reason,
                                const JumpFailure *failure,
                                GString *out);
