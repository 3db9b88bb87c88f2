/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/auth/token-exchange.h"
#include "service/service-private.h"

#define HISTORY_FILE "history.db"

static void
on_refresh_failed (JumpService *self, const JumpTokenExchangeOutcome *outcome)
{
  gsize length = 0;
  const char *data = outcome->reply != NULL ? g_bytes_get_data (outcome->reply, &length) : NULL;
  g_autofree char *reply = data != NULL ? g_strndup (data, length) : NULL;

  if (self->history_file == NULL) /* at the very end */
    return;
  jump_history_file_add_refresh_failure (self->history_file,
                                         outcome->endpoint,
                                         outcome->status,
                                         outcome->problem->message,
                                         reply);
}

static void
on_history_problem (JumpService *self, const GError *error)
{
  g_warning ("history: %s", error->message);
  jump_service_note_change (self);
}

static void
on_history_recovered (JumpService *self)
{
  g_message ("history: written again");
  jump_service_note_change (self);
}

/* A demo keeps nothing on disk. */
void
jump_service_build_history (JumpService *self)
{
  g_autofree char *path = g_build_filename (self->paths->data_dir, HISTORY_FILE, NULL);

  self->history = jump_history_ring_new ();
  self->history_store = jump_history_store_new (self->is_demo ? NULL : path, self->clock);
  self->history_file = jump_history_file_new (self->paths->data_dir, self->clock);
  g_signal_connect_object (self->history_store,
                           "problem",
                           G_CALLBACK (on_history_problem),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tokens,
                           "refresh-failed",
                           G_CALLBACK (on_refresh_failed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history_store,
                           "recovered",
                           G_CALLBACK (on_history_recovered),
                           self,
                           G_CONNECT_SWAPPED);
}

static guint
get_number (JumpService *self, JumpSettingKey key)
{
  return (guint) jump_settings_get_int (self->settings, key);
}

void
jump_service_apply_history (JumpService *self)
{
  JumpSettings *settings = self->settings;
  g_auto (GStrv) clients =
      g_strsplit (jump_settings_get_string (settings, JUMP_KEY_HISTORY_SKIP_CLIENTS), ",", -1);
  JumpHistoryPolicy policy = {
    .is_kept = jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_STORE),
    .keeps_bodies = jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_BODIES),
    .body_bytes = get_number (self, JUMP_KEY_HISTORY_BODY_BYTES),
    .skip_clients = (const char *const *) clients,
    .days = get_number (self, JUMP_KEY_HISTORY_DAYS),
    .body_days = get_number (self, JUMP_KEY_HISTORY_BODY_DAYS),
    .megabytes = get_number (self, JUMP_KEY_HISTORY_MEGABYTES),
  };

  jump_history_store_set_policy (self->history_store, &policy);
  jump_relay_set_keeps_bodies (
      self->relay,
      (self->shows_bodies && jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_MEMORY)) ||
          (policy.is_kept && policy.keeps_bodies) ||
          jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_REQUEST_FILES) ||
          jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_ERROR_LOG));
  jump_history_file_set_skip_clients (self->history_file, (const char *const *) clients);
  jump_history_file_set_wanted (
      self->history_file,
      !self->is_demo && jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_REQUEST_FILES),
      !self->is_demo && jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_ERROR_LOG));
}

void
jump_service_record_history (JumpService *self, JumpExchangeRecord *record)
{
  /* On disk there may be more of it than in memory. */
  jump_history_store_add (self->history_store, record);
  jump_history_file_add (self->history_file, record);
  jump_history_ring_update (self->history, record);
}

/* Writes what is not on disk yet. */
void
jump_service_forget_history (JumpService *self)
{
  g_clear_object (&self->history);
  if (self->history_store != NULL)
    jump_history_store_close (self->history_store);
  g_clear_object (&self->history_store);
  g_clear_pointer (&self->history_file, jump_history_file_free);
}

JumpHistoryRing *
jump_service_get_history (JumpService *self)
{
  return self->history;
}

JumpHistoryStore *
jump_service_get_history_store (JumpService *self)
{
  return self->history_store;
}
