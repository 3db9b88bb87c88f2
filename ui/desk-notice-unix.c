/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/desk-notice.h"
#include "ui/notice-body.h"

struct _JumpDeskNotice
{
  GNotification *notification; /* (owned) */
};

/**
 * jump_desk_notice_new:
 * @title: one line
 * @body: (nullable): the rest
 * @action: (nullable): what a click does
 * @target: (nullable): the action's parameter; a floating reference is taken
 *
 * Returns: (transfer full)
 */
JumpDeskNotice *
jump_desk_notice_new (const char *title, const char *body, const char *action, GVariant *target)
{
  JumpDeskNotice *self = g_new0 (JumpDeskNotice, 1);
  g_autofree char *plain = body != NULL ? jump_notice_body_new (body) : NULL;

  self->notification = g_notification_new (title);
  if (plain != NULL)
    g_notification_set_body (self->notification, plain);
  if (action != NULL)
    g_notification_set_default_action_and_target_value (self->notification, action, target);
  return self;
}

void
jump_desk_notice_free (JumpDeskNotice *self)
{
  g_object_unref (self->notification);
  g_free (self);
}

void
jump_desk_notice_set_priority (JumpDeskNotice *self, GNotificationPriority priority)
{
  g_notification_set_priority (self->notification, priority);
}

void
jump_desk_notice_add_button (JumpDeskNotice *self,
                             const char *label,
                             const char *action,
                             GVariant *target)
{
  g_notification_add_button_with_target_value (self->notification, label, action, target);
}

void
jump_desk_notice_send (JumpDeskNotice *self, GApplication *application, const char *id)
{
  g_application_send_notification (application, id, self->notification);
}

void
jump_desk_notice_withdraw (GApplication *application, const char *id)
{
  g_application_withdraw_notification (application, id);
}
