/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"

#include "app/cli/local-instance.h"

struct _JumpInstance
{
  JumpControlClient *client; /* (owned) (nullable): a running instance */
  JumpLocalInstance *local;  /* (owned) (nullable): else this one */
};

/**
 * jump_instance_find_running:
 * @context: with settings loaded
 *
 * The one at the port of the settings; when no port was asked for on the command line, any other of the same
 * user will do, because a busy port moves an instance elsewhere.
 *
 * Returns: (transfer full) (nullable): a running instance
 */
JumpInstance *
jump_instance_find_running (JumpCommandContext *context)
{
  guint port = (guint) jump_settings_get_int (context->settings, JUMP_KEY_SERVER_PORT);
  JumpControlClient *client;
  JumpInstance *self;

  client = jump_control_client_connect (context->paths->runtime_dir,
                                        port,
                                        port == 0 || context->options.port == NULL);
  if (client == NULL)
    return NULL;
  self = g_new0 (JumpInstance, 1);
  self->client = client;
  return self;
}

/**
 * jump_instance_open:
 * @context: with settings loaded
 * @error: why the account could not be loaded
 *
 * Returns: (transfer full): a running instance, else one in this process
 */
JumpInstance *
jump_instance_open (JumpCommandContext *context, GError **error)
{
  JumpInstance *self = jump_instance_find_running (context);
  JumpLocalInstance *local;

  if (self != NULL)
    return self;
  local = jump_local_instance_open (context, error);
  if (local == NULL)
    return NULL;
  self = g_new0 (JumpInstance, 1);
  self->local = local;
  return self;
}

/**
 * jump_instance_free:
 * @self: (transfer full): an instance; a running one goes on
 */
void
jump_instance_free (JumpInstance *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->local, jump_local_instance_free);
  g_free (self);
}

/**
 * jump_instance_is_running:
 * @self: an instance
 *
 * Returns: whether it is another process that serves clients
 */
gboolean
jump_instance_is_running (JumpInstance *self)
{
  return self->client != NULL;
}

/**
 * jump_instance_call:
 * @self: an instance
 * @method: "GET", "POST", "DELETE"
 * @path: a control route
 * @body: (nullable): JSON text; only a running instance takes one
 * @error: JUMP_ERROR_…
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
jump_instance_call (JumpInstance *self,
                    const char *method,
                    const char *path,
                    const char *body,
                    GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->local != NULL)
    return jump_local_instance_call (self->local, method, path, body, error);

  node = jump_control_client_call (self->client, method, path, body, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "asking the running instance: the answer to %s %s is not an object",
                   method,
                   path);
      return NULL;
    }
  return json_node_dup_object (node);
}

/**
 * jump_instance_need_running:
 * @context: with settings loaded
 * @error: %JUMP_ERROR_UNAVAILABLE when none runs
 *
 * Returns: (transfer full) (nullable): a running instance
 */
JumpInstance *
jump_instance_need_running (JumpCommandContext *context, GError **error)
{
  JumpInstance *self = jump_instance_find_running (context);

  if (self == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_UNAVAILABLE,
                 "Jumpseat does not run; start it with: jumpseat run");
  return self;
}

/**
 * jump_instance_get_client:
 * @self: an instance
 *
 * Returns: (transfer none) (nullable): what asks a running one
 */
JumpControlClient *
jump_instance_get_client (JumpInstance *self)
{
  return self->client;
}

/**
 * jump_instance_adopt_token:
 * @self: an instance
 * @token: a GitHub token
 * @error: JUMP_ERROR_SIGNED_OUT when GitHub does not accept it
 *
 * Apart from the other calls because no copy of the token may stay behind.
 *
 * Returns: (transfer full): whose token it is
 */
char *
jump_instance_adopt_token (JumpInstance *self, JumpSecretText *token, GError **error)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  char *body;

  if (self->local != NULL)
    return jump_local_instance_adopt_token (self->local, token, error);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "token", jump_secret_text_peek (token));
  jump_json_writer_end_object (&writer);
  body = jump_json_writer_finish (&writer);
  answer = jump_instance_call (self, "POST", "/api/login/token", body, error);
  jump_secret_free (body);
  if (answer == NULL)
    return NULL;
  return g_strdup (jump_json_get_string (answer, "login", "unknown"));
}
