/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/quota.h"

struct _JumpQuota
{
  GObject parent_instance;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpQuota, jump_quota, G_TYPE_OBJECT)

static void
jump_quota_class_init (JumpQuotaClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_quota_init (JumpQuota *self)
{
}

JumpQuota *
jump_quota_new (JumpClock *clock, const JumpQuotaSource *source)
{
  return g_object_new (JUMP_TYPE_QUOTA, NULL);
}

JumpQuotaState
jump_quota_get_state (JumpQuota *self)
{
  return JUMP_QUOTA_UNKNOWN;
}

double
jump_quota_get_entitlement (JumpQuota *self)
{
  return -1;
}

double
jump_quota_get_used (JumpQuota *self)
{
  return -1;
}

double
jump_quota_get_remaining (JumpQuota *self)
{
  return -1;
}

double
jump_quota_get_percent_used (JumpQuota *self)
{
  return -1;
}

gint64
jump_quota_get_resets_at (JumpQuota *self)
{
  return 0;
}

const char *
jump_quota_get_plan (JumpQuota *self)
{
  return NULL;
}

const char *
jump_quota_get_organisation (JumpQuota *self)
{
  return NULL;
}

gint64
jump_quota_get_fetched_at (JumpQuota *self)
{
  return 0;
}

const GError *
jump_quota_get_error (JumpQuota *self)
{
  return NULL;
}

gboolean
jump_quota_counts_credits (JumpQuota *self)
{
  return FALSE;
}

gboolean
jump_quota_permits_overage (JumpQuota *self)
{
  return FALSE;
}

void
jump_quota_refresh_async (JumpQuota *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

gboolean
jump_quota_refresh_finish (JumpQuota *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jump_quota_watch (JumpQuota *self)
{
}

void
jump_quota_unwatch (JumpQuota *self)
{
}

void
jump_quota_take_header (JumpQuota *self, const char *id, const char *value)
{
}

void
jump_quota_forget (JumpQuota *self)
{
}
