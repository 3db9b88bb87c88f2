/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/http/listener.h"
#include "service/service-private.h"

/* Each port has a server of its own, so that one of them can move while the other stays. */

static JumpListenPlace
read_place (JumpService *self)
{
  JumpSettings *settings = self->settings;

  return (JumpListenPlace){
    .address = g_strdup (jump_settings_get_string (settings, JUMP_KEY_SERVER_ADDRESS)),
    .port = (guint16) jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT),
    .ollama_port = (guint16) jump_settings_get_int (settings, JUMP_KEY_SERVER_OLLAMA_PORT),
  };
}

static gboolean
is_same_place (const JumpListenPlace *a, const JumpListenPlace *b)
{
  return g_strcmp0 (a->address, b->address) == 0 && a->port == b->port &&
         a->ollama_port == b->ollama_port;
}

/* ---- servers on their way out ---- */

typedef struct
{
  JumpService *service;   /* (unowned): outlives its servers */
  JumpHttpServer *server; /* (unowned) */
} Leaving;

static void
on_server_empty (gpointer user_data)
{
  g_autofree Leaving *leaving = user_data;
  JumpService *self = leaving->service;
  guint index;

  if (g_ptr_array_find (self->retired, leaving->server, &index))
    /* The call comes from inside the server: it goes in the next turn. */
    g_idle_add_once (g_object_unref, g_ptr_array_steal_index (self->retired, index));
  jump_service_check_stopped (self);
}

/* Closes for new connections; replies that are under way go on. */
static void
retire (JumpService *self, JumpHttpServer **server)
{
  Leaving *leaving;

  if (*server == NULL)
    return;
  leaving = g_new0 (Leaving, 1);
  leaving->service = self;
  leaving->server = *server;
  g_ptr_array_add (self->retired, g_steal_pointer (server));
  jump_http_server_drain (leaving->server, on_server_empty, leaving);
}

/* ---- opening ---- */

/* Whatever listening wrote into the context about the first port is put back by the caller. */
static JumpHttpServer *
open_door (JumpService *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (JumpHttpServer) server = jump_http_server_new (self->poller, &self->context);

  return jump_http_server_listen (server, address, port, error) ? g_steal_pointer (&server) : NULL;
}

static gboolean
open_main (JumpService *self, const JumpListenPlace *place, GError **error)
{
  JumpHttpServer *server;

  if (self->server != NULL && g_strcmp0 (self->place.address, place->address) == 0 &&
      (self->place.port == place->port || self->context.port == place->port))
    return TRUE;
  /* The same port at another address: the old one has to let go of it first. */
  if (self->server != NULL && place->port == self->context.port)
    retire (self, &self->server);
  if (self->ollama_server != NULL && place->port == self->context.ports[1])
    retire (self, &self->ollama_server);
  server = open_door (self, place->address, place->port, error);
  if (server == NULL)
    {
      self->free_port = jump_listener_find_free_port (place->address, place->port);
      if (self->server == NULL && self->place.address != NULL)
        self->server = open_door (self, self->place.address, self->context.port, NULL);
      return FALSE;
    }
  retire (self, &self->server);
  self->server = server;
  return TRUE;
}

static gboolean
open_ollama (JumpService *self, const JumpListenPlace *place, GError **error)
{
  guint16 port = self->context.port;
  JumpHttpServer *server;

  if (self->ollama_server != NULL && g_strcmp0 (self->place.address, place->address) == 0 &&
      self->place.ollama_port == place->ollama_port)
    return TRUE;
  if (place->ollama_port == 0 || place->ollama_port == self->context.ports[1])
    retire (self, &self->ollama_server);
  self->context.ports[1] = self->ollama_server == NULL ? 0 : self->context.ports[1];
  if (place->ollama_port == 0)
    return TRUE;
  server = open_door (self, place->address, place->ollama_port, error);
  if (server == NULL)
    return FALSE;
  retire (self, &self->ollama_server);
  self->ollama_server = server;
  self->context.ports[1] = self->context.port;
  self->context.port = port;
  self->context.ports[0] = port;
  return TRUE;
}

static void
write_control_file (JumpService *self)
{
  g_autoptr (GError) error = NULL;
  JumpControlFile *file =
      jump_control_file_new (self->paths->runtime_dir, self->context.port, self->url);

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
publish (JumpService *self, const char *address)
{
  char *url = g_str_equal (address, "::1")
                  ? g_strdup_printf ("http://[::1]:%u", self->context.port)
                  : g_strdup_printf ("http://127.0.0.1:%u", self->context.port);

  g_free (self->url);
  self->url = url;
  self->context.url = url;
  write_control_file (self);
}

static void
keep_place (JumpService *self, JumpListenPlace *place)
{
  g_free (self->place.address);
  self->place = *place;
  place->address = NULL;
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
 * @error: JUMP_ERROR_BUSY_PORT or JUMP_ERROR_STORE; kept for jump_service_get_listen_error(), too
 *
 * The account is loaded in any case, as soon as the main loop runs.
 *
 * Returns: TRUE when clients can connect
 */
gboolean
jump_service_listen (JumpService *self, GError **error)
{
  JumpListenPlace place = read_place (self);
  g_autofree char *address = g_strdup (place.address);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) ollama_problem = NULL;

  if (!open_main (self, &place, &problem))
    {
      g_free (place.address);
      keep_listen_error (self, problem);
      load_account_next_turn (self);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  /* Ollama itself may have the port: that must not keep everything else from working. */
  if (!open_ollama (self, &place, &ollama_problem))
    g_warning ("not listening for Ollama clients: %s", ollama_problem->message);
  keep_place (self, &place);
  keep_listen_error (self, NULL);
  publish (self, address);
  load_account (self);
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
  JumpListenPlace place = read_place (self);
  g_autofree char *address = g_strdup (place.address);
  g_autoptr (GError) problem = NULL;
  gboolean is_main_open;

  if (self->url == NULL)
    {
      g_free (place.address);
      return jump_service_listen (self, error);
    }
  is_main_open = open_main (self, &place, &problem);
  if (is_main_open)
    {
      open_ollama (self, &place, &problem);
      keep_place (self, &place);
      publish (self, address);
    }
  g_free (place.address);
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
  JumpListenPlace place = read_place (self);
  gboolean may_listen = self->url != NULL || self->listen_error != NULL;
  gboolean is_wanted = may_listen && self->listen_source == NULL && self->stop_task == NULL &&
                       !is_same_place (&place, &self->place);

  g_free (place.address);
  if (!is_wanted)
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

void
jump_service_close_doors (JumpService *self)
{
  jump_service_forget_listening (self);
  retire (self, &self->ollama_server);
  retire (self, &self->server);
}

gboolean
jump_service_has_open_doors (JumpService *self)
{
  return self->server != NULL || self->ollama_server != NULL || self->retired->len > 0;
}
