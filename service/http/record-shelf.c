/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-shelf.h"

static void
on_record_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpExchangeRecord *recent = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  JumpExchangeRecord *record =
      jump_history_store_get_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (record == NULL && recent != NULL)
    record = jump_exchange_record_ref (recent);
  if (record == NULL && error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, record, (GDestroyNotify) jump_exchange_record_unref);
}

void
jump_record_shelf_get_async (JumpHttpContext *context,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  JumpExchangeRecord *recent = jump_record_shelf_dup_recent (context, id);

  g_task_set_source_tag (task, jump_record_shelf_get_async);
  if (recent != NULL && (recent->state != JUMP_EXCHANGE_ENDED || recent->request_body != NULL ||
                         recent->reply_body != NULL))
    {
      g_task_return_pointer (task, recent, (GDestroyNotify) jump_exchange_record_unref);
      return;
    }
  if (recent != NULL)
    g_task_set_task_data (task, recent, (GDestroyNotify) jump_exchange_record_unref);
  jump_history_store_get_async (context->store,
                                id,
                                cancellable,
                                on_record_found,
                                g_steal_pointer (&task));
}

JumpExchangeRecord *
jump_record_shelf_get_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jump_record_shelf_uses_store (JumpHttpContext *context)
{
  return jump_settings_get_boolean (context->settings, JUMP_KEY_HISTORY_STORE);
}

JumpExchangeRecord *
jump_record_shelf_dup_recent (JumpHttpContext *context, const char *id)
{
  JumpExchangeItem *item = jump_history_ring_find (context->history, id);

  return item != NULL ? jump_exchange_record_copy (jump_exchange_item_get_record (item)) : NULL;
}
