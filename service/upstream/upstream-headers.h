/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/identity.h"
#include "service/auth/token.h"
#include "service/net/http-request.h"

/* The header lines of a Copilot request (protocol 5.1, 5.2). Client credentials never get here:
 * headers are built, not copied. */

typedef struct
{
  const char *request_id;
  const char *model;   /* (nullable): whose limits count; not sent */
  gboolean from_agent; /* X-Initiator */
  gboolean has_image;  /* Copilot-Vision-Request */
  const char *intent;  /* (nullable): NULL takes the identity's; "model-access" for the catalogue */
  gboolean is_anthropic;        /* the Messages API: tells its version */
  const char *anthropic_beta;   /* (nullable) */
  const char *interaction_id;   /* (nullable): the same for all requests of one conversation */
  const char *interaction_type; /* (nullable): "conversation-subagent" … */
} JumpUpstreamMeta;

void jump_upstream_headers_add (JumpHttpRequest *request,
                                const JumpIdentity *identity,
                                const JumpToken *token,
                                const JumpUpstreamMeta *meta);
