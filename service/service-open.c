/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

/* Finding out who is signed in. */

#define ACCOUNT_KEY "github-account"

static void
on_account_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jump_account_load_finish (JUMP_ACCOUNT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
load_account (GTask *task)
{
  JumpService *self = g_task_get_source_object (task);

  jump_account_load_async (self->account,
                           g_task_get_cancellable (task),
                           on_account_loaded,
                           g_object_ref (task));
}

static void
on_demo_account_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  jump_secret_store_save_finish (JUMP_SECRET_STORE (source), result, NULL);
  load_account (task);
}

/* The demo starts signed in: its account lies in the memory store as a sign-in would leave it. */
static void
save_demo_account (GTask *task)
{
  JumpService *self = g_task_get_source_object (task);
  g_autofree char *token = jump_simulator_sign_in (self->simulator);
  const JumpGithubHost *host = jump_account_get_host (self->account);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (JumpSecretText) secret = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "host", host->web_url);
  jump_json_writer_member_string (&writer, "login", "demo");
  jump_json_writer_member_string (&writer, "client_id", host->client_id);
  jump_json_writer_member_string (&writer, "token", token);
  jump_json_writer_end_object (&writer);
  secret = jump_secret_text_new_take (jump_json_writer_finish (&writer));
  jump_secret_store_save_async (self->store,
                                ACCOUNT_KEY,
                                "Jumpseat demo",
                                secret,
                                NULL,
                                on_demo_account_saved,
                                g_object_ref (task));
}

/**
 * jump_service_open_async:
 * @self: a service
 * @cancellable: (nullable): to give up
 * @callback: called when the account is known
 * @user_data: for @callback
 */
void
jump_service_open_async (JumpService *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_service_open_async);
  jump_service_load_keys (self);
  if (self->is_demo && jump_account_get_state (self->account) == JUMP_ACCOUNT_LOADING)
    save_demo_account (task);
  else
    load_account (task);
}

gboolean
jump_service_open_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
