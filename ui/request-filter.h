/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Which exchanges a list shows, and how an exchange stands. Pure. */

typedef enum
{
  JUMP_REQUEST_RUNNING,
  JUMP_REQUEST_SUCCEEDED,
  JUMP_REQUEST_FAILED,
  JUMP_REQUEST_CANCELLED, /* by the client, or by hand */
  JUMP_REQUEST_ANY,       /* of a filter only */
} JumpRequestOutcome;

typedef struct
{
  char *text;   /* (owned) (nullable): looked for in model, client, id, path and error */
  char *model;  /* (owned) (nullable): asked for or used */
  char *client; /* (owned) (nullable): the name people know it by */
  JumpRequestOutcome outcome;
} JumpRequestFilter;

JumpRequestOutcome jump_request_outcome (const JumpExchangeRecord *record);

/* A filter that lets everything through. */
JumpRequestFilter *jump_request_filter_new (void);
JumpRequestFilter *jump_request_filter_copy (const JumpRequestFilter *self);
void jump_request_filter_free (JumpRequestFilter *self);
gboolean jump_request_filter_equal (const JumpRequestFilter *self, const JumpRequestFilter *other);
gboolean jump_request_filter_is_empty (const JumpRequestFilter *self);
/* @client: the name of the record's client as people know it. */
/* The same but for the text, which was looked for elsewhere. */
gboolean jump_request_filter_matches_facts (const JumpRequestFilter *self,
                                            const JumpExchangeRecord *record,
                                            const char *client);
gboolean jump_request_filter_matches (const JumpRequestFilter *self,
                                      const JumpExchangeRecord *record,
                                      const char *client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRequestFilter, jump_request_filter_free)
