/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/approval-desk.h"

struct _JumpApprovalRequest
{
  GObject parent_instance;
};

struct _JumpApprovalDesk
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (JumpApprovalRequest, jump_approval_request, G_TYPE_OBJECT)

static void
jump_approval_request_class_init (JumpApprovalRequestClass *klass)
{
}

static void
jump_approval_request_init (JumpApprovalRequest *self)
{
}

static GType
jump_approval_desk_get_item_type (GListModel *model)
{
  return JUMP_TYPE_APPROVAL_REQUEST;
}

static guint
jump_approval_desk_get_n_items (GListModel *model)
{
  return 0;
}

static gpointer
jump_approval_desk_get_item (GListModel *model, guint position)
{
  return NULL;
}

static void
jump_approval_desk_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_approval_desk_get_item_type;
  iface->get_n_items = jump_approval_desk_get_n_items;
  iface->get_item = jump_approval_desk_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpApprovalDesk,
                               jump_approval_desk,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jump_approval_desk_list_model_init))

static void
jump_approval_desk_class_init (JumpApprovalDeskClass *klass)
{
}

static void
jump_approval_desk_init (JumpApprovalDesk *self)
{
}

const char *
jump_approval_request_get_id (JumpApprovalRequest *self)
{
  return NULL;
}

const char *
jump_approval_request_get_client (JumpApprovalRequest *self)
{
  return NULL;
}

const char *
jump_approval_request_get_model (JumpApprovalRequest *self)
{
  return NULL;
}

gint64
jump_approval_request_get_since (JumpApprovalRequest *self)
{
  return 0;
}

gint64
jump_approval_request_get_until (JumpApprovalRequest *self)
{
  return 0;
}

gboolean
jump_approval_desk_answer (JumpApprovalDesk *self, const char *id, JumpApprovalAnswer answer)
{
  return FALSE;
}

gboolean
jump_approval_answer_parse (const char *word, JumpApprovalAnswer *out_answer)
{
  return FALSE;
}
