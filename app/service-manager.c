/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/service-manager.h"

#include "app/notify-socket.h"

#include <glib/gi18n-lib.h>

/* A sign of life after half the time that there is for it, as sd_watchdog_enabled(3) advises. */
#define SIGNS_IN_TIME 2

struct _JumpServiceManager
{
  JumpService *service;     /* (owned) */
  JumpNotifySocket *socket; /* (owned) (nullable) */
  char *told;               /* (owned) (nullable): the line of before */
  guint life_id;
  gboolean is_ready;
};

static void
send_status (JumpServiceManager *self, const char *prefix, const char *status)
{
  g_autofree char *line = g_strdelimit (g_strdup (status), "\n\r", ' ');
  g_autofree char *lines = g_strconcat (prefix, "STATUS=", line, NULL);

  if (self->socket != NULL)
    jump_notify_socket_send (self->socket, lines);
  g_free (self->told);
  self->told = g_strdup (status);
}

static char *
describe (JumpServiceManager *self)
{
  JumpAccount *account = jump_service_get_account (self->service);

  return jump_service_manager_make_status (jump_service_get_url (self->service),
                                           jump_account_get_state (account),
                                           jump_account_get_login (account));
}

static void
on_service_changed (JumpServiceManager *self)
{
  g_autofree char *status = NULL;

  if (!self->is_ready)
    return;
  status = describe (self);
  if (g_strcmp0 (status, self->told) != 0)
    send_status (self, "", status);
}

/* From the main loop: a loop that hangs gives none. */
static gboolean
on_sign_due (gpointer user_data)
{
  JumpServiceManager *self = user_data;

  jump_notify_socket_send (self->socket, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/**
 * jump_service_manager_new:
 * @service: what to tell of
 * @activation: (nullable): where to
 *
 * Returns: (transfer full): silent until the first call
 */
JumpServiceManager *
jump_service_manager_new (JumpService *service, const JumpActivation *activation)
{
  JumpServiceManager *self = g_new0 (JumpServiceManager, 1);

  self->service = g_object_ref (service);
  if (activation == NULL || activation->notify_socket == NULL)
    return self;
  self->socket = jump_notify_socket_new (activation->notify_socket);
  if (self->socket == NULL)
    return self;
  g_signal_connect_swapped (service, "changed", G_CALLBACK (on_service_changed), self);
  if (activation->watchdog_us > 0)
    self->life_id = g_timeout_add (
        (guint) CLAMP (activation->watchdog_us / 1000 / SIGNS_IN_TIME, 1, G_MAXUINT / 2),
        on_sign_due,
        self);
  return self;
}

void
jump_service_manager_free (JumpServiceManager *self)
{
  g_clear_handle_id (&self->life_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_pointer (&self->socket, jump_notify_socket_free);
  g_clear_object (&self->service);
  g_free (self->told);
  g_free (self);
}

void
jump_service_manager_tell_ready (JumpServiceManager *self)
{
  g_autofree char *status = describe (self);

  self->is_ready = TRUE;
  send_status (self, "READY=1\n", status);
}

/* With the time, as sd_notify(3) wants it for Type=notify-reload. */
void
jump_service_manager_tell_reloading (JumpServiceManager *self)
{
  g_autofree char *lines =
      g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());

  if (self->socket != NULL)
    jump_notify_socket_send (self->socket, lines);
}

void
jump_service_manager_tell_stopping (JumpServiceManager *self)
{
  self->is_ready = FALSE;
  send_status (self, "STOPPING=1\n", _ ("Waiting for replies that are under way"));
}

void
jump_service_manager_tell_failure (JumpServiceManager *self, const char *message)
{
  send_status (self, "", message);
}

/**
 * jump_service_manager_make_status:
 * @url: (nullable): where the service listens; NULL when it does not
 * @state: of the account
 * @login: (nullable): who
 *
 * Returns: (transfer full): one line
 */
char *
jump_service_manager_make_status (const char *url, JumpAccountState state, const char *login)
{
  g_autofree char *account = NULL;

  if (url == NULL)
    return g_strdup (_ ("Listening nowhere"));
  switch (state)
    {
    case JUMP_ACCOUNT_LOADING:
      account = g_strdup (_ ("looking for the account"));
      break;
    case JUMP_ACCOUNT_SIGNED_OUT:
      account = g_strdup (_ ("nobody is signed in: jumpseat login"));
      break;
    case JUMP_ACCOUNT_SIGNED_IN:
      account = login == NULL ? g_strdup (_ ("signed in"))
                              /* Translators: %s is the name of a person at GitHub */
                              : g_strdup_printf (_ ("signed in as %s"), login);
      break;
    }
  /* Translators: three times the same address, then who is signed in */
  return g_strdup_printf (_ ("OpenAI %s/v1, Anthropic %s, Ollama %s; %s"), url, url, url, account);
}
