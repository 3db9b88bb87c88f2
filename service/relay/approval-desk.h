/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Requests that wait until somebody allows them. A GListModel of JumpApprovalRequest, oldest first. */

#define JUMP_TYPE_APPROVAL_REQUEST (jump_approval_request_get_type ())
G_DECLARE_FINAL_TYPE (JumpApprovalRequest, jump_approval_request, JUMP, APPROVAL_REQUEST, GObject)

const char *jump_approval_request_get_id (JumpApprovalRequest *self); /* the X-Request-Id */
/* Name of the client's key, or of its program ("claude-cli"), or "unknown": what is remembered. */
const char *jump_approval_request_get_client (JumpApprovalRequest *self);
const char *jump_approval_request_get_model (JumpApprovalRequest *self); /* as asked for */
/* Why somebody is asked, where it is about money: one sentence. (nullable): NULL: every request of it is. */
const char *jump_approval_request_get_reason (JumpApprovalRequest *self);
gint64 jump_approval_request_get_since (JumpApprovalRequest *self); /* wall seconds */
gint64 jump_approval_request_get_until (JumpApprovalRequest *self); /* wall seconds: denied then */

typedef enum
{
  JUMP_APPROVAL_DENY,
  JUMP_APPROVAL_ONCE,
  JUMP_APPROVAL_TEN_MINUTES, /* this and all others of that client for so long */
  JUMP_APPROVAL_ALWAYS, /* the same for good; the desk emits "always-allowed" (const char *client).
                         * Where it is about money: until the program ends, and nothing is emitted */
} JumpApprovalAnswer;

#define JUMP_TYPE_APPROVAL_DESK (jump_approval_desk_get_type ())
G_DECLARE_FINAL_TYPE (JumpApprovalDesk, jump_approval_desk, JUMP, APPROVAL_DESK, GObject)

/* Returns: whether a request of that id was waiting. */
gboolean
jump_approval_desk_answer (JumpApprovalDesk *self, const char *id, JumpApprovalAnswer answer);
/* "deny", "once", "ten_minutes", "always". */
gboolean jump_approval_answer_parse (const char *word, JumpApprovalAnswer *out_answer);
