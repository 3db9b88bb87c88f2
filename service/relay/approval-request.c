/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/approval-desk-private.h"

G_DEFINE_FINAL_TYPE (JumpApprovalRequest, jump_approval_request, G_TYPE_OBJECT)

static void
jump_approval_request_finalize (GObject *object)
{
  JumpApprovalRequest *self = JUMP_APPROVAL_REQUEST (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->reason, g_free);
  G_OBJECT_CLASS (jump_approval_request_parent_class)->finalize (object);
}

static void
jump_approval_request_class_init (JumpApprovalRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_approval_request_finalize;
}

static void
jump_approval_request_init (JumpApprovalRequest *self)
{
}

const char *
jump_approval_request_get_id (JumpApprovalRequest *self)
{
  return self->id;
}

const char *
jump_approval_request_get_client (JumpApprovalRequest *self)
{
  return self->client;
}

const char *
jump_approval_request_get_model (JumpApprovalRequest *self)
{
  return self->model;
}

const char *
jump_approval_request_get_reason (JumpApprovalRequest *self)
{
  return self->reason;
}

gint64
jump_approval_request_get_since (JumpApprovalRequest *self)
{
  return self->since;
}

gint64
jump_approval_request_get_until (JumpApprovalRequest *self)
{
  return self->until;
}
