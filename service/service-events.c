/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/status-report.h"
#include "service/service-private.h"

/* What followers of GET /api/events hear. Whoever is told that something of it has changed asks for it. */

/* Returns: whether anybody follows; who comes back later is told that something was missed. */
static gboolean
is_wanted (JumpService *self)
{
  if (self->is_closed)
    return FALSE;
  if (jump_event_feed_has_followers (self->events))
    return TRUE;
  jump_event_feed_skip (self->events);
  return FALSE;
}

static void
publish_change (JumpService *self, const char *name)
{
  if (is_wanted (self))
    jump_event_feed_publish (self->events, name, g_strdup ("{}"));
}

static void
on_service_changed (JumpService *self)
{
  if (is_wanted (self))
    jump_event_feed_publish (self->events,
                             "status",
                             jump_status_report_new (&self->context, self->url));
}

static void
on_quota_changed (JumpService *self)
{
  if (is_wanted (self))
    jump_event_feed_publish (self->events, "quota", jump_quota_dup_json (self->quota));
}

static void
on_budget_changed (JumpService *self)
{
  publish_change (self, "budget");
}

static void
on_approvals_changed (JumpService *self)
{
  publish_change (self, "approvals");
}

static void
on_models_changed (JumpService *self)
{
  publish_change (self, "models");
}

static void
on_settings_changed (JumpService *self)
{
  publish_change (self, "settings");
}

static void
on_keys_changed (JumpService *self)
{
  publish_change (self, "keys");
}

/* Comes for every step of a sign-in, too. */
static void
on_account_changed (JumpService *self)
{
  publish_change (self, "login");
}

static void
on_exchange_changed (JumpService *self, JumpExchangeRecord *record)
{
  if (!self->is_closed)
    jump_live_rows_note (self->live_rows, record);
}

static void
on_exchange_ended (JumpService *self, JumpExchangeRecord *record)
{
  jump_request_counters_add (self->counters, record);
  on_exchange_changed (self, record);
}

static void
watch (JumpService *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/* Numbers of events go on growing over restarts: a client that comes back with one of the last run is not taken for
 * one of this. */
void
jump_service_watch_events (JumpService *self)
{
  jump_event_feed_set_start (self->events, (guint64) jump_clock_get_wall_time (self->clock) / 1000);
  self->counters = jump_request_counters_new ();
  self->live_rows = jump_live_rows_new (self->events, self->clock);
  self->event_desk = jump_event_desk_new (self->events, self->sessions, self->clock);
  self->context.counters = self->counters;
  self->context.event_desk = self->event_desk;
  watch (self, self, "changed", G_CALLBACK (on_service_changed));
  watch (self, self->quota, "changed", G_CALLBACK (on_quota_changed));
  watch (self, self->budget, "changed", G_CALLBACK (on_budget_changed));
  watch (self,
         jump_relay_get_approvals (self->relay),
         "items-changed",
         G_CALLBACK (on_approvals_changed));
  watch (self, self->catalog, "items-changed", G_CALLBACK (on_models_changed));
  watch (self, self->settings, "changed", G_CALLBACK (on_settings_changed));
  watch (self, self->settings, "tables-changed", G_CALLBACK (on_settings_changed));
  watch (self, self->keys, "keys-changed", G_CALLBACK (on_keys_changed));
  watch (self, self->account, "changed", G_CALLBACK (on_account_changed));
  watch (self, self->relay, "exchange-changed", G_CALLBACK (on_exchange_changed));
  watch (self, self->relay, "exchange-ended", G_CALLBACK (on_exchange_ended));
}

/* Streams of events would go on for ever. */
void
jump_service_stop_events (JumpService *self)
{
  jump_event_desk_close (self->event_desk);
}

void
jump_service_forget_events (JumpService *self)
{
  g_clear_pointer (&self->event_desk, jump_event_desk_free);
  g_clear_pointer (&self->live_rows, jump_live_rows_free);
  g_clear_pointer (&self->counters, jump_request_counters_free);
  g_clear_object (&self->events);
}
