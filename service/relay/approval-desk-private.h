/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/relay/approval-desk.h"

/* The desk as the relay sees it, which brings the requests. */

typedef struct
{
  gboolean is_needed;
  guint seconds;                       /* then a request is denied */
  guint waiting;                       /* that may wait at once */
  const char *const *approved_clients; /* (nullable): names that need nobody's word */
} JumpApprovalRules;

/* Once, unless the request was withdrawn. @error: (nullable): it is not allowed, JUMP_ERROR_FORBIDDEN.
 * Its row is gone by then. */
typedef void (*JumpApprovalFunc) (const GError *error, gpointer user_data);

struct _JumpApprovalRequest
{
  GObject parent_instance;

  JumpApprovalDesk *desk; /* (unowned) (nullable): NULL once it is decided */
  char *id;               /* (owned) */
  char *client;           /* (owned) */
  char *model;            /* (owned) */
  char *reason;           /* (owned) (nullable) */
  gint64 since;           /* wall seconds */
  gint64 until;
  guint alarm;
  JumpApprovalFunc func;
  gpointer user_data;
};

JumpApprovalDesk *jump_approval_desk_new (JumpClock *clock);
/* Who needs no word any more goes on at once. */
void jump_approval_desk_set_rules (JumpApprovalDesk *self, const JumpApprovalRules *rules);
/* Who waits is told by @error, and so is everybody who asks from now on. */
void jump_approval_desk_close (JumpApprovalDesk *self, const GError *error);
/* @reason: (nullable): why it needs one whatever the rules say: money. */
gboolean
jump_approval_desk_needs_word (JumpApprovalDesk *self, const char *client, const char *reason);
/* @model, @reason: (nullable). @out_retry_after: seconds, with an error: JUMP_ERROR_UNAVAILABLE, too many wait.
 * Returns: (transfer none) (nullable): valid until func is called or it is withdrawn */
JumpApprovalRequest *jump_approval_desk_ask (JumpApprovalDesk *self,
                                             const char *id,
                                             const char *client,
                                             const char *model,
                                             const char *reason,
                                             JumpApprovalFunc func,
                                             gpointer user_data,
                                             guint *out_retry_after,
                                             GError **error);
/* Whoever asked is gone. */
void jump_approval_desk_withdraw (JumpApprovalDesk *self, JumpApprovalRequest *request);
