/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/desk-notice-windows.h"

#include "ui/desk-notice.h"

#include <string.h>

#define SHOW     "show-notice"
#define WITHDRAW "withdraw-notice"
/* id, title, body, action in detail, its parameter if it has one, whether it is urgent */
#define SHOW_TYPE     "(ssssavb)"
#define ACTION_PREFIX "app."

struct _JumpDeskNotice
{
  char *title;      /* (owned) */
  char *body;       /* (owned) (nullable) */
  char *action;     /* (owned) (nullable) */
  GVariant *target; /* (owned) (nullable) */
  gboolean is_urgent;
};

struct _JumpNoticeBoard
{
  JumpNotificationArea *area; /* (unowned): outlives us */
  GApplication *application;  /* (unowned): outlives us */
  guint number;               /* of the last notice */
  char *id;                   /* (owned) (nullable): of the last notice */
  char *action;               /* (owned) (nullable): without "app." */
  GVariant *target;           /* (owned) (nullable) */
};

/* ---- the notice ---- */

JumpDeskNotice *
jump_desk_notice_new (const char *title, const char *body, const char *action, GVariant *target)
{
  JumpDeskNotice *self = g_new0 (JumpDeskNotice, 1);

  self->title = g_strdup (title);
  self->body = g_strdup (body);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  return self;
}

void
jump_desk_notice_free (JumpDeskNotice *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

void
jump_desk_notice_set_priority (JumpDeskNotice *self, GNotificationPriority priority)
{
  self->is_urgent =
      priority == G_NOTIFICATION_PRIORITY_HIGH || priority == G_NOTIFICATION_PRIORITY_URGENT;
}

/**
 * jump_desk_notice_add_button:
 * @self: the notice
 * @label: not shown
 * @action: not needed
 * @target: (nullable): a floating reference is taken
 *
 * There are no buttons here: a click does what the notice itself does, which is never more than to
 * show something. What a button would decide is asked in the window.
 */
void
jump_desk_notice_add_button (JumpDeskNotice *self,
                             const char *label,
                             const char *action,
                             GVariant *target)
{
  if (target != NULL)
    g_variant_unref (g_variant_ref_sink (target));
}

void
jump_desk_notice_send (JumpDeskNotice *self, GApplication *application, const char *id)
{
  GVariantBuilder targets;

  if (!g_action_group_has_action (G_ACTION_GROUP (application), SHOW))
    return;
  g_variant_builder_init (&targets, G_VARIANT_TYPE ("av"));
  if (self->target != NULL)
    g_variant_builder_add (&targets, "v", self->target);
  g_action_group_activate_action (G_ACTION_GROUP (application),
                                  SHOW,
                                  g_variant_new (SHOW_TYPE,
                                                 id,
                                                 self->title,
                                                 self->body != NULL ? self->body : "",
                                                 self->action != NULL ? self->action : "",
                                                 &targets,
                                                 self->is_urgent));
}

void
jump_desk_notice_withdraw (GApplication *application, const char *id)
{
  if (g_action_group_has_action (G_ACTION_GROUP (application), WITHDRAW))
    g_action_group_activate_action (G_ACTION_GROUP (application),
                                    WITHDRAW,
                                    g_variant_new_string (id));
}

/* ---- the board ---- */

static void
forget (JumpNoticeBoard *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->target, g_variant_unref);
}

static void
on_show_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpNoticeBoard *self = user_data;
  g_autoptr (GVariantIter) targets = NULL;
  const char *title = NULL;
  const char *body = NULL;
  const char *chosen = NULL;
  gboolean is_urgent = FALSE;

  forget (self);
  g_variant_get (parameter,
                 "(s&s&s&savb)",
                 &self->id,
                 &title,
                 &body,
                 &chosen,
                 &targets,
                 &is_urgent);
  if (g_str_has_prefix (chosen, ACTION_PREFIX))
    self->action = g_strdup (chosen + strlen (ACTION_PREFIX));
  g_variant_iter_next (targets, "v", &self->target);
  self->number++;
  /* without a text Windows shows nothing at all */
  jump_notification_area_show_notice (self->area,
                                      self->number,
                                      *body != '\0' ? title : "Jumpseat",
                                      *body != '\0' ? body : title,
                                      is_urgent);
}

static void
on_withdraw_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpNoticeBoard *self = user_data;

  if (g_strcmp0 (self->id, g_variant_get_string (parameter, NULL)) != 0)
    return;
  forget (self);
  jump_notification_area_hide_notice (self->area, self->number);
}

/**
 * jump_notice_board_new:
 * @area: the icon; outlives the board
 * @application: gets the actions; outlives the board
 *
 * Returns: (transfer full)
 */
JumpNoticeBoard *
jump_notice_board_new (JumpNotificationArea *area, GApplication *application)
{
  static const GActionEntry entries[] = {
    { SHOW, on_show_activated, SHOW_TYPE, NULL, NULL, { 0 } },
    { WITHDRAW, on_withdraw_activated, "s", NULL, NULL, { 0 } },
  };
  JumpNoticeBoard *self = g_new0 (JumpNoticeBoard, 1);

  self->area = area;
  self->application = application;
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  return self;
}

void
jump_notice_board_free (JumpNoticeBoard *self)
{
  g_action_map_remove_action (G_ACTION_MAP (self->application), SHOW);
  g_action_map_remove_action (G_ACTION_MAP (self->application), WITHDRAW);
  forget (self);
  g_free (self);
}

void
jump_notice_board_choose (JumpNoticeBoard *self, guint number)
{
  if (number == self->number && self->action != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self->application), self->action, self->target);
}
