/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/upstream-client.h"

/* A request that may be sent more than once, each time with another token: what the owner gave,
 * kept for the life of the call. */

typedef struct
{
  char *method;       /* (owned) */
  char *path;         /* (owned) */
  GBytes *body;       /* (owned) (nullable) */
  GPtrArray *strings; /* (owned) (element-type utf8): those of meta */
  JumpUpstreamMeta meta;
  gboolean expects_stream;
  guint idle_ms;
  guint total_ms;
} JumpStoredRequest;

void jump_stored_request_init (JumpStoredRequest *self,
                               const JumpUpstreamRequest *request,
                               guint idle_ms,
                               guint total_ms);
void jump_stored_request_clear (JumpStoredRequest *self);
void jump_stored_request_forget_body (JumpStoredRequest *self);
/* Returns: (transfer full): the same bytes every time. */
JumpHttpRequest *jump_stored_request_make_http (const JumpStoredRequest *self,
                                                const JumpIdentity *identity,
                                                const JumpToken *token);
