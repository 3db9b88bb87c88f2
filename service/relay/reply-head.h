/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/upstream/upstream-client.h"

/* The header lines of replies: a flat list of names and values, as sinks take them. */

/* "false": both vendors' libraries do not try again then, whatever the status. */
#define JUMP_HEADER_SHOULD_RETRY "X-Should-Retry"
/* What the answer cost, in credits. */
#define JUMP_HEADER_CREDITS "X-Jumpseat-Credits"

/* Returns: (transfer full) (element-type utf8): Content-Type and X-Request-Id, and what @client calls that. */
GPtrArray *
jump_reply_head_new (const JumpDialect *client, const char *content_type, const char *request_id);
/* @value: NULL and "" are left out. */
void jump_reply_head_add (GPtrArray *self, const char *name, const char *value);
/* X-Jumpseat-Route and X-Jumpseat-Changes; bytes that do not belong into a header line become question
 * marks. */
void jump_reply_head_add_way (GPtrArray *self, const char *route, const char *changes);
/* The second of them alone. */
void jump_reply_head_add_changes (GPtrArray *self, const char *changes);
/* What of upstream's reply headers a client can use (protocol 5.5). Everything about the connection,
 * and Date, is ours. */
void jump_reply_head_add_upstream (GPtrArray *self, JumpUpstreamCall *call);
char *jump_reply_head_dup_upstream_id (JumpUpstreamCall *call);
/* Ends the list. Returns: (transfer none): for jump_reply_sink_head() */
const char *const *jump_reply_head_finish (GPtrArray *self);
