/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/keys/given-keys.h"
#include "service/service-private.h"

#define NANO_PER_CREDIT 1e9

/* What it cost counts for the key that paid for it. */
static void
on_exchange_ended (JumpService *self, JumpExchangeRecord *record)
{
  double credits =
      record->usage.nano_aiu > 0 ? (double) record->usage.nano_aiu / NANO_PER_CREDIT : 0;

  if (record->client_key != NULL)
    jump_key_meter_end (self->key_meter, record->id, credits);
}

/* Without the file no new key works, which is safe; whoever needs one hears why. */
static void
tell_problem (JumpService *self)
{
  const GError *problem = jump_key_store_get_problem (self->keys);

  if (problem != NULL && !self->has_key_problem)
    g_warning ("%s", problem->message);
  self->has_key_problem = problem != NULL;
}

/* Where others could reach it, it listens once there is a key. */
static void
on_keys_changed (JumpService *self)
{
  tell_problem (self);
  if (g_error_matches (self->listen_error, JUMP_ERROR, JUMP_ERROR_SETTINGS) &&
      jump_key_store_has_active (self->keys))
    jump_service_follow_listen_settings (self);
  jump_service_note_change (self);
}

/* Keys that a file names work from the start on, and only as long as they stand there. */
gboolean
jump_service_take_given_keys (JumpService *self, GError **error)
{
  const char *path = self->paths->client_key_file;
  g_autoptr (GPtrArray) given = NULL;

  if (self->has_taken_keys)
    return TRUE;
  if (path != NULL)
    {
      given = jump_given_keys_read (path, error);
      if (given == NULL)
        return FALSE;
    }
  jump_service_load_keys (self);
  /* Without such a file and with a broken store there is nothing to do that could not wait. */
  if (given == NULL && jump_key_store_get_problem (self->keys) != NULL)
    return TRUE;
  self->has_taken_keys = jump_key_store_take_given (self->keys, given, error);
  return self->has_taken_keys;
}

/* Before anybody can show a key. */
void
jump_service_load_keys (JumpService *self)
{
  g_autoptr (GError) error = NULL;

  if (!jump_key_store_load (self->keys, &error))
    g_debug ("%s", error->message);
}

void
jump_service_build_keys (JumpService *self)
{
  g_autofree char *path = g_build_filename (self->paths->data_dir, JUMP_KEY_STORE_FILE, NULL);

  self->keys = jump_key_store_new (self->is_demo ? NULL : path, self->clock);
  self->key_meter = jump_key_meter_new (self->clock);
  g_signal_connect_object (self->keys,
                           "keys-changed",
                           G_CALLBACK (on_keys_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->relay,
                           "exchange-ended",
                           G_CALLBACK (on_exchange_ended),
                           self,
                           G_CONNECT_SWAPPED);
}

/* Writes what is not on disk yet. */
void
jump_service_forget_keys (JumpService *self)
{
  if (self->keys != NULL)
    g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_object (&self->keys);
}

JumpKeyStore *
jump_service_get_keys (JumpService *self)
{
  return self->keys;
}

/**
 * jump_service_make_dashboard_link:
 * @self: a service
 *
 * Returns: (transfer full) (nullable)
 */
char *
jump_service_make_dashboard_link (JumpService *self)
{
  g_autofree char *code = NULL;

  if (self->control_url == NULL)
    return NULL;
  code = jump_session_book_make_code (self->sessions);
  return g_strdup_printf ("%s/open/%s", self->control_url, code);
}
