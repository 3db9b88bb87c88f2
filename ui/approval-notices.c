/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/approval-notices.h"

#include "ui/approval-text.h"
#include "ui/desk-notice.h"

#include <glib/gi18n-lib.h>

/* More at once would bury the desktop; the window shows how many there are. */
#define MAX_SHOWN 3

struct _JumpApprovalNotices
{
  GObject parent_instance;

  GApplication *application; /* (unowned): outlives us */
  JumpService *service;      /* (owned) */
  JumpApprovalDesk *desk;    /* (owned) */
  GHashTable *shown;         /* (owned) (element-type utf8): ids of requests */
};

G_DEFINE_FINAL_TYPE (JumpApprovalNotices, jump_approval_notices, G_TYPE_OBJECT)

static char *
get_name (const char *id)
{
  return g_strconcat ("approval-", id, NULL);
}

static void
add_button (JumpDeskNotice *notice, const char *label, const char *id, const char *answer)
{
  jump_desk_notice_add_button (notice,
                               label,
                               "app.answer-approval",
                               g_variant_new ("(ss)", id, answer));
}

static void
show (JumpApprovalNotices *self, JumpApprovalRequest *request)
{
  const char *id = jump_approval_request_get_id (request);
  g_autofree char *question = jump_approval_text_for_request (request);
  g_autofree char *name = get_name (id);
  g_autoptr (JumpDeskNotice) notice =
      jump_desk_notice_new (_ ("Allow a Request?"), question, "app.show-window", NULL);

  jump_desk_notice_set_priority (notice, G_NOTIFICATION_PRIORITY_URGENT);
  add_button (notice, _ ("Allow Once"), id, "once");
  add_button (notice, _ ("Allow for 10 Minutes"), id, "ten_minutes");
  add_button (notice, _ ("Refuse"), id, "deny");
  jump_desk_notice_send (notice, self->application, name);
  g_hash_table_add (self->shown, g_strdup (id));
}

static gboolean
is_waiting (JumpApprovalNotices *self, const char *id)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->desk));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (JumpApprovalRequest) request =
          g_list_model_get_item (G_LIST_MODEL (self->desk), i);

      if (g_str_equal (jump_approval_request_get_id (request), id))
        return TRUE;
    }
  return FALSE;
}

static void
withdraw_answered (JumpApprovalNotices *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *name = NULL;

      if (is_waiting (self, id))
        continue;
      name = get_name (id);
      jump_desk_notice_withdraw (self->application, name);
      g_hash_table_iter_remove (&iter);
    }
}

static void
on_items_changed (GListModel *desk, guint position, guint removed, guint added, gpointer user_data)
{
  JumpApprovalNotices *self = user_data;
  JumpSettings *settings = jump_service_get_settings (self->service);
  guint n_items = g_list_model_get_n_items (desk);

  withdraw_answered (self);
  if (!jump_settings_get_boolean (settings, JUMP_KEY_SCREEN_NOTIFICATIONS))
    return;
  for (guint i = 0; i < MIN (n_items, MAX_SHOWN); i++)
    {
      g_autoptr (JumpApprovalRequest) request = g_list_model_get_item (desk, i);

      if (!g_hash_table_contains (self->shown, jump_approval_request_get_id (request)))
        show (self, request);
    }
}

static void
jump_approval_notices_dispose (GObject *object)
{
  JumpApprovalNotices *self = JUMP_APPROVAL_NOTICES (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->service);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  G_OBJECT_CLASS (jump_approval_notices_parent_class)->dispose (object);
}

static void
jump_approval_notices_class_init (JumpApprovalNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_approval_notices_dispose;
}

static void
jump_approval_notices_init (JumpApprovalNotices *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * jump_approval_notices_new:
 * @application: has the actions; outlives the notices
 * @service: whose requests wait
 *
 * Returns: (transfer full)
 */
JumpApprovalNotices *
jump_approval_notices_new (GApplication *application, JumpService *service)
{
  JumpApprovalNotices *self = g_object_new (JUMP_TYPE_APPROVAL_NOTICES, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  self->desk = g_object_ref (jump_service_get_approvals (service));
  g_signal_connect (self->desk, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}
