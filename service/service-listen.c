/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"

/* When the doors open and move, and who hears of it. How each opens: service-doors.c. */

static void
write_control_file (JumpService *self)
{
  g_autoptr (GError) error = NULL;
  JumpControlFile *file =
      jump_control_file_new (self->paths->runtime_dir, self->context.port, self->control_url);

  g_free (file->key);
  file->key = g_strdup (self->control_key);
  if (self->control_file != NULL && !g_str_equal (self->control_file->path, file->path))
    jump_control_file_remove (self->control_file);
  g_clear_pointer (&self->control_file, jump_control_file_free);
  self->control_file = file;
  if (!jump_control_file_write (file, &error))
    g_warning ("the command line will not find this instance: %s", error->message);
}

/* Clients and the command line get to know where it is now. */
static void
publish (JumpService *self)
{
  const JumpInheritedSocket *face = jump_service_find_face (self, JUMP_SOCKET_MAIN);
  const JumpInheritedSocket *control = jump_service_find_face (self, JUMP_SOCKET_CONTROL);
  char *url;

  if (face != NULL)
    url = jump_service_make_face_url (face);
  else if (g_str_equal (self->place.address, "::1") || g_str_equal (self->place.address, "::"))
    url = g_strdup_printf ("http://[::1]:%u", self->context.port);
  else
    url = g_strdup_printf ("http://127.0.0.1:%u", self->context.port);
  g_free (self->url);
  self->url = url;
  self->context.url = url;
  g_free (self->control_url);
  self->control_url = control != NULL ? jump_service_make_face_url (control) : g_strdup (url);
  self->context.control_url = self->control_url;
  write_control_file (self);
}

static void
keep_place (JumpService *self, JumpListenPlace *place)
{
  jump_listen_place_clear (&self->place);
  self->place = *place;
  *place = (JumpListenPlace){ 0 };
}

static void
keep_listen_error (JumpService *self, const GError *error)
{
  g_clear_error (&self->listen_error);
  if (error != NULL)
    self->listen_error = g_error_copy (error);
  jump_service_note_change (self);
}

static void
on_opened_after_listening (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!jump_service_open_finish (JUMP_SERVICE (source), result, &error))
    g_debug ("loading the account: %s", error->message);
  jump_service_note_change (JUMP_SERVICE (source));
}

static void
load_account (JumpService *self)
{
  if (jump_account_get_state (self->account) == JUMP_ACCOUNT_LOADING)
    jump_service_open_async (self, NULL, on_opened_after_listening, NULL);
  /* The keys are loaded by now, and no request was read yet. */
  jump_service_restore_usage (self);
}

static gboolean
on_open_due (gpointer user_data)
{
  JumpService *self = user_data;

  g_clear_pointer (&self->open_source, g_source_unref);
  load_account (self);
  return G_SOURCE_REMOVE;
}

/* Who goes on without a port, because a screen says so, wants to see the account; who gives up never
 * comes to the next turn. */
static void
load_account_next_turn (JumpService *self)
{
  if (self->open_source != NULL)
    return;
  self->open_source = g_idle_source_new ();
  g_source_set_callback (self->open_source, on_open_due, self, NULL);
  g_source_attach (self->open_source, NULL);
}

/**
 * jump_service_listen:
 * @self: a service
 * @error: JUMP_ERROR_BUSY_PORT, JUMP_ERROR_STORE, or JUMP_ERROR_SETTINGS where others would get in without a
 *   key; kept for jump_service_get_listen_error(), too
 *
 * The account is loaded in any case, as soon as the main loop runs.
 *
 * Returns: TRUE when clients can connect
 */
gboolean
jump_service_listen (JumpService *self, GError **error)
{
  g_auto (JumpListenPlace) place = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) other_problem = NULL;

  jump_listen_place_read (&place, self->settings);
  if (!jump_service_adopt_sockets (self, &problem) ||
      !jump_service_take_given_keys (self, &problem) ||
      !jump_service_check_place (self, &place, &problem) ||
      !jump_service_open_main_door (self, &place, &problem))
    {
      keep_listen_error (self, problem);
      load_account_next_turn (self);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  /* Ollama itself may have its port: that must not keep everything else from working. */
  if (!jump_service_open_other_doors (self, &place, &other_problem))
    g_warning ("%s", other_problem->message);
  keep_place (self, &place);
  keep_listen_error (self, NULL);
  publish (self);
  load_account (self);
  jump_service_watch_updates (self);
  return TRUE;
}

const char *
jump_service_get_tls_url (JumpService *self)
{
  return self->tls_url;
}

guint
jump_service_get_free_port (JumpService *self)
{
  return self->free_port;
}

/**
 * jump_service_listen_again:
 * @self: a service, listening or not
 * @error: as of jump_service_listen()
 *
 * Moves to the address and the ports that the settings say now. A port that cannot be had leaves
 * things as they were. What clients have asked already is answered on the old connection.
 *
 * Returns: whether everything listens where it should
 */
gboolean
jump_service_listen_again (JumpService *self, GError **error)
{
  g_auto (JumpListenPlace) place = { 0 };
  g_autoptr (GError) problem = NULL;

  if (self->url == NULL)
    return jump_service_listen (self, error);
  jump_listen_place_read (&place, self->settings);
  if (jump_service_check_place (self, &place, &problem) &&
      jump_service_open_main_door (self, &place, &problem))
    {
      jump_service_open_other_doors (self, &place, &problem);
      keep_place (self, &place);
      publish (self);
    }
  keep_listen_error (self, problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* ---- following the settings ---- */

static gboolean
on_listen_due (gpointer user_data)
{
  JumpService *self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->listen_source, g_source_unref);
  if (!jump_service_listen_again (self, &error))
    g_warning ("not listening where the settings say: %s", error->message);
  return G_SOURCE_REMOVE;
}

void
jump_service_follow_listen_settings (JumpService *self)
{
  g_auto (JumpListenPlace) place = { 0 };
  gboolean may_listen = (self->url != NULL || self->listen_error != NULL) &&
                        self->listen_source == NULL && self->stop_task == NULL;

  if (!may_listen)
    return;
  jump_listen_place_read (&place, self->settings);
  if (jump_listen_place_equal (&place, &self->place))
    return;
  self->listen_source = g_idle_source_new ();
  g_source_set_priority (self->listen_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->listen_source, on_listen_due, self, NULL);
  g_source_attach (self->listen_source, NULL);
}

void
jump_service_forget_listening (JumpService *self)
{
  if (self->listen_source != NULL)
    g_source_destroy (self->listen_source);
  g_clear_pointer (&self->listen_source, g_source_unref);
  if (self->open_source != NULL)
    g_source_destroy (self->open_source);
  g_clear_pointer (&self->open_source, g_source_unref);
}
