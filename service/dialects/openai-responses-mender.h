/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-edit.h"
#include "service/conversation/failure.h"
#include "service/dialects/openai-responses-event.h"
#include "service/dialects/openai-responses-ids.h"

/* What is put right in an upstream's response on its way to a client of the same dialect: ids that stay
 * the same, the model's name as the client wrote it, members that are only Copilot's hidden, members
 * that the request repeats as the client sent them. Everything else stays byte for byte. */

typedef struct
{
  JumpResponsesIds ids; /* (owned) */
  GString *model;       /* (owned): a JSON string */
  char *echo;           /* (owned) (nullable): a JSON object */
  gint64 last_index;    /* output_index of the newest item, -1: none */
  gint64 sequence;      /* number of the newest event, -1: none */
  gboolean has_filled;  /* members that were missing */
  gboolean has_hidden;
} JumpResponsesMender;

/* @echo: (nullable): see JumpReplyOptions */
void jump_responses_mender_init (JumpResponsesMender *self,
                                 const char *request_id,
                                 const char *client_model,
                                 const char *echo);
void jump_responses_mender_clear (JumpResponsesMender *self);
/* Appends @event as the client gets it. @failure: (nullable): what the event says */
void jump_responses_mender_put_event (JumpResponsesMender *self,
                                      const JumpResponsesEvent *event,
                                      const JumpFailure *failure,
                                      GString *out);
/* The edits of a response object inside of @edit's text. */
void jump_responses_mender_edit_response (JumpResponsesMender *self,
                                          JumpJsonEdit *edit,
                                          JumpJsonSpan response,
                                          const JumpFailure *failure);
