/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/base/error.h"
#include "service/service-private.h"

static guint
get_number (JumpService *self, JumpSettingKey key)
{
  return (guint) jump_settings_get_int (self->settings, key);
}

void
jump_service_apply_traffic (JumpService *self)
{
  JumpSettings *settings = self->settings;
  g_auto (GStrv) clients =
      g_strsplit (jump_settings_get_string (settings, JUMP_KEY_TRAFFIC_APPROVED_CLIENTS), ",", -1);
  JumpTrafficOptions options = {
    .concurrent = get_number (self, JUMP_KEY_TRAFFIC_CONCURRENT),
    .waiting = get_number (self, JUMP_KEY_TRAFFIC_WAITING),
    .wait_seconds = get_number (self, JUMP_KEY_TRAFFIC_WAIT_SECONDS),
    .spacing_seconds = get_number (self, JUMP_KEY_TRAFFIC_SPACING_SECONDS),
    .spacing_refuses =
        g_str_equal (jump_settings_get_string (settings, JUMP_KEY_TRAFFIC_SPACING_ACTION),
                     "refuse"),
    .needs_approval = jump_settings_get_boolean (settings, JUMP_KEY_TRAFFIC_APPROVAL),
    .approval_seconds = get_number (self, JUMP_KEY_TRAFFIC_APPROVAL_SECONDS),
    .approved_clients = (const char *const *) clients,
    .burst_requests = get_number (self, JUMP_KEY_TRAFFIC_BURST_REQUESTS),
    .keep_alive_seconds = get_number (self, JUMP_KEY_STREAMS_KEEP_ALIVE),
    .commit_seconds = get_number (self, JUMP_KEY_STREAMS_COMMIT_AFTER),
    .stream_buffer = get_number (self, JUMP_KEY_LIMITS_STREAM_BUFFER),
    .event_bytes = get_number (self, JUMP_KEY_LIMITS_EVENT_BYTES),
    .reply_bytes = get_number (self, JUMP_KEY_LIMITS_REPLY_BYTES),
  };

  jump_relay_set_traffic (self->relay, &options);
}

/* Somebody means every request of that client from now on, after the next start, too. */
static void
on_always_allowed (JumpService *self, const char *client)
{
  const char *approved =
      jump_settings_get_string (self->settings, JUMP_KEY_TRAFFIC_APPROVED_CLIENTS);
  g_autofree char *list =
      *approved == '\0' ? g_strdup (client) : g_strconcat (approved, ",", client, NULL);
  g_autoptr (GError) error = NULL;

  if (!jump_settings_set_text (self->settings, "traffic.approved_clients", list, &error))
    g_warning ("\"%s\" is allowed until the end of this run only: %s", client, error->message);
}

static void
warn_of_burst (JumpService *self, const JumpTrafficState *traffic)
{
  if (traffic->is_bursting && !self->is_bursting)
    g_warning ("%u model requests within a minute: GitHub may take them for abuse (setting "
               "traffic.burst_requests)",
               traffic->requests_last_minute);
  self->is_bursting = traffic->is_bursting;
}

static void
on_traffic_changed (JumpService *self)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (self->relay, &traffic);
  warn_of_burst (self, &traffic);
  jump_service_note_change (self);
}

void
jump_service_watch_traffic (JumpService *self)
{
  g_signal_connect_object (self->relay,
                           "traffic-changed",
                           G_CALLBACK (on_traffic_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_relay_get_approvals (self->relay),
                           "always-allowed",
                           G_CALLBACK (on_always_allowed),
                           self,
                           G_CONNECT_SWAPPED);
}

void
jump_service_stop_traffic (JumpService *self)
{
  g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                          JUMP_ERROR_UNAVAILABLE,
                                          "Jumpseat is stopping: try again when it runs");

  jump_relay_stop_waiting (self->relay, error);
}

JumpApprovalDesk *
jump_service_get_approvals (JumpService *self)
{
  return jump_relay_get_approvals (self->relay);
}

void
jump_service_get_traffic (JumpService *self, JumpTrafficState *out_state)
{
  jump_relay_get_traffic (self->relay, out_state);
}

JumpBreakerState
jump_service_get_breaker_state (JumpService *self)
{
  return jump_upstream_client_get_breaker_state (self->upstream);
}
