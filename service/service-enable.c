/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"

/* Accepting terms of models: one at a time, since bursts are refused (protocol 4.5). */

/* The end of one begins the next. */
static void start_next (JumpService *self);

static void
end_current (JumpService *self)
{
  g_object_unref (g_queue_pop_head (&self->enabling));
  start_next (self);
}

/* The terms are accepted, whether the list can be read now or not. */
static void
on_models_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_model_catalog_refresh_finish (JUMP_MODEL_CATALOG (source), result, &error))
    g_debug ("reading the models anew: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_model_enabled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpService *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean is_enabled =
      jump_upstream_client_enable_model_finish (JUMP_UPSTREAM_CLIENT (source), result, &error);

  end_current (self);
  if (is_enabled)
    jump_model_catalog_refresh_async (self->catalog, NULL, on_models_read, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
start_next (JumpService *self)
{
  GTask *task = g_queue_peek_head (&self->enabling);

  if (task != NULL)
    jump_upstream_client_enable_model_async (self->upstream,
                                             g_task_get_task_data (task),
                                             g_task_get_cancellable (task),
                                             on_model_enabled,
                                             g_object_ref (task));
}

/**
 * jump_service_enable_model_async:
 * @self: a service
 * @id: a model whose policy is not enabled; the person has read and accepted its terms
 * @cancellable: (nullable): to give up
 * @callback: called when the catalogue shows what came of it
 * @user_data: for @callback
 */
void
jump_service_enable_model_async (JumpService *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_service_enable_model_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  g_queue_push_tail (&self->enabling, task);
  if (g_queue_get_length (&self->enabling) == 1)
    start_next (self);
}

/**
 * jump_service_enable_model_finish:
 * @error: JUMP_ERROR_FORBIDDEN where an organisation decides, JUMP_ERROR_RATE_LIMITED,
 *   JUMP_ERROR_SIGNED_OUT and what else the way upstream brings; with upstream's words
 */
gboolean
jump_service_enable_model_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
