/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/key-office.h"

#include "app/cli/instance.h"

#include <string.h>

struct _JumpKeyOffice
{
  JumpInstance *instance; /* (owned) (nullable): a running one */
  JumpKeyStore *store;    /* (owned) (nullable): else the file */
};

static char *
build_path (const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

  return g_strconcat ("/api/keys/", escaped, NULL);
}

/* @text: (transfer full) (nullable): what the desk said; there may be a secret in it */
static JsonObject *
read_answer (char *text, GError **error)
{
  JsonObject *answer = text == NULL ? NULL : jump_json_parse_object (text, -1, error);

  jump_secret_free (text);
  return answer;
}

/**
 * jump_key_office_open:
 * @context: with settings loaded
 * @error: JUMP_ERROR_STORE
 *
 * Needs no account, so nobody is asked to unlock anything.
 *
 * Returns: (transfer full) (nullable)
 */
JumpKeyOffice *
jump_key_office_open (JumpCommandContext *context, GError **error)
{
  g_autofree char *path = g_build_filename (context->paths->data_dir, JUMP_KEY_STORE_FILE, NULL);
  g_autoptr (JumpKeyOffice) self = g_new0 (JumpKeyOffice, 1);
  g_autoptr (JumpClock) clock = NULL;

  self->instance = jump_instance_find_running (context);
  if (self->instance != NULL)
    return g_steal_pointer (&self);
  clock = jump_clock_system_new ();
  self->store = jump_key_store_new (path, clock);
  if (!jump_key_store_load (self->store, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jump_key_office_free (JumpKeyOffice *self)
{
  g_clear_pointer (&self->instance, jump_instance_free);
  g_clear_object (&self->store);
  g_free (self);
}

JsonObject *
jump_key_office_list (JumpKeyOffice *self, GError **error)
{
  if (self->instance != NULL)
    return jump_instance_call (self->instance, "GET", "/api/keys", NULL, error);
  return read_answer (jump_key_desk_list (self->store, NULL), error);
}

JsonObject *
jump_key_office_create (JumpKeyOffice *self, const char *body, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (self->instance != NULL)
    return jump_instance_call (self->instance, "POST", "/api/keys", body, error);
  bytes = g_bytes_new (body, strlen (body));
  return read_answer (jump_key_desk_create (self->store, NULL, bytes, error), error);
}

JsonObject *
jump_key_office_change (JumpKeyOffice *self, const char *name, const char *body, GError **error)
{
  g_autofree char *path = build_path (name);
  g_autoptr (GBytes) bytes = NULL;

  if (self->instance != NULL)
    return jump_instance_call (self->instance, "PATCH", path, body, error);
  bytes = g_bytes_new (body, strlen (body));
  return read_answer (jump_key_desk_change (self->store, NULL, name, bytes, error), error);
}

JsonObject *
jump_key_office_remove (JumpKeyOffice *self, const char *name, GError **error)
{
  g_autofree char *path = build_path (name);

  if (self->instance != NULL)
    return jump_instance_call (self->instance, "DELETE", path, NULL, error);
  return read_answer (jump_key_desk_remove (self->store, name, error), error);
}
