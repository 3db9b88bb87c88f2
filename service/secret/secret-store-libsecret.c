/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-secret"

#include "service/secret/secret-store-libsecret.h"

#include "service/base/error.h"
#include "service/secret/secret-keyring.h"
#include "service/secret/secret-service-open.h"

/* Only the calls that name the D-Bus service are used, never secret_password_*(): those prompt on
 * their own, say nothing when the keyring is locked, and inside Flatpak pick a backend that hung
 * in more than half of the calls (platforms 3). */

static const SecretSchema schema = {
  "io.github.jumpseat.Account",
  SECRET_SCHEMA_NONE,
  {
      { "key", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

struct _JumpSecretStoreLibsecret
{
  GObject parent_instance;

  gboolean interactive;
};

typedef enum
{
  OPERATION_PROBE,
  OPERATION_LOOKUP,
  OPERATION_SAVE,
  OPERATION_CLEAR,
} OperationKind;

/* One call on its way through the bus, the service and its collection: the data of a task. */
typedef struct
{
  OperationKind kind;
  GHashTable *attributes; /* (owned) (nullable): NULL for a probe */
  char *label;            /* (owned) (nullable) */
  JumpSecretText *secret; /* (owned) (nullable) */
  SecretService *service; /* (owned) (nullable) */
  GList *items;           /* (owned) (element-type SecretItem): found, not yet dealt with */
} Operation;

static void secret_store_iface_init (JumpSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpSecretStoreLibsecret,
                               jump_secret_store_libsecret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->attributes, g_hash_table_unref);
  g_clear_pointer (&operation->label, g_free);
  g_clear_pointer (&operation->secret, jump_secret_text_unref);
  g_clear_object (&operation->service);
  g_list_free_full (g_steal_pointer (&operation->items), g_object_unref);
  g_free (operation);
}

/* Takes @error. */
static void
return_error (GTask *task, const char *what, GError *error)
{
  g_task_return_error (task, jump_secret_service_explain (what, error));
}

static void
return_locked (GTask *task)
{
  g_task_return_new_error (task, JUMP_ERROR, JUMP_ERROR_STORE, "the keyring is locked");
}

static void
on_secret_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_service_store_finish (SECRET_SERVICE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_error (task, "saving in the keyring", error);
}

static void
store_secret (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);
  SecretValue *value;

  /* The copy is wiped when libsecret lets go of it. */
  value = secret_value_new_full (g_strdup (jump_secret_text_peek (operation->secret)),
                                 -1,
                                 "text/plain",
                                 (GDestroyNotify) jump_secret_free);
  secret_service_store (operation->service,
                        &schema,
                        operation->attributes,
                        SECRET_COLLECTION_DEFAULT,
                        operation->label,
                        value,
                        g_task_get_cancellable (task),
                        on_secret_stored,
                        g_object_ref (task));
  secret_value_unref (value);
}

static void
on_secret_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SecretItem *item = SECRET_ITEM (source);
  GError *error = NULL;
  SecretValue *value;
  const char *text;

  if (!secret_item_load_secret_finish (item, result, &error))
    {
      return_error (task, "reading from the keyring", error);
      return;
    }
  value = secret_item_get_secret (item);
  text = value == NULL ? NULL : secret_value_get_text (value);
  if (text == NULL)
    g_task_return_new_error (task,
                             JUMP_ERROR,
                             JUMP_ERROR_STORE,
                             "reading from the keyring: the entry has no text");
  else
    g_task_return_pointer (task,
                           jump_secret_text_new (text),
                           (GDestroyNotify) jump_secret_text_unref);
  g_clear_pointer (&value, secret_value_unref);
}

static void
load_first_item (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);

  secret_item_load_secret (operation->items->data,
                           g_task_get_cancellable (task),
                           on_secret_loaded,
                           g_object_ref (task));
}

static void
on_item_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    {
      return_error (task, "removing from the keyring", error);
      return;
    }
  g_object_unref (operation->items->data);
  operation->items = g_list_delete_link (operation->items, operation->items);
  if (operation->items == NULL)
    g_task_return_boolean (task, TRUE);
  else
    secret_item_delete (operation->items->data,
                        g_task_get_cancellable (task),
                        on_item_deleted,
                        g_object_ref (task));
}

static void
use_items (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);

  if (operation->kind == OPERATION_LOOKUP)
    load_first_item (task);
  else
    secret_item_delete (operation->items->data,
                        g_task_get_cancellable (task),
                        on_item_deleted,
                        g_object_ref (task));
}

static void
on_items_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  int n_unlocked;

  n_unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);
  if (error != NULL)
    return_error (task, "unlocking the keyring", error);
  else if (n_unlocked < (int) g_list_length (operation->items))
    return_locked (task); /* somebody closed the prompt */
  else
    use_items (task);
}

static void
on_items_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStoreLibsecret *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_locked = FALSE;

  operation->items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    {
      return_error (task, "searching the keyring", error);
      return;
    }
  for (GList *item = operation->items; item != NULL; item = item->next)
    is_locked = is_locked || secret_item_get_locked (item->data);

  if (operation->items == NULL && operation->kind == OPERATION_LOOKUP)
    g_task_return_pointer (task, NULL, NULL);
  else if (operation->items == NULL)
    g_task_return_boolean (task, TRUE);
  else if (!is_locked)
    use_items (task);
  else if (!self->interactive)
    return_locked (task);
  else
    secret_service_unlock (operation->service,
                           operation->items,
                           g_task_get_cancellable (task),
                           on_items_unlocked,
                           g_object_ref (task));
}

/* Without SECRET_SEARCH_UNLOCK: whether to ask is decided above, where it is known. */
static void
search_items (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);

  secret_service_search (operation->service,
                         &schema,
                         operation->attributes,
                         SECRET_SEARCH_ALL,
                         g_task_get_cancellable (task),
                         on_items_found,
                         g_object_ref (task));
}

static void
on_collection_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStoreLibsecret *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (collection == NULL && !self->interactive)
    {
      /* With or without an error: gnome-keyring names a "login" collection that does not exist
       * until somebody chose a password for it. */
      g_debug ("no default collection: %s", error == NULL ? "none named" : error->message);
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_STORE,
                               "the secret service has no keyring yet");
    }
  else if (collection != NULL && !self->interactive && secret_collection_get_locked (collection))
    return_locked (task);
  else if (operation->kind == OPERATION_PROBE)
    g_task_return_boolean (task, TRUE);
  else
    store_secret (task);
}

static void
check_collection (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);

  secret_collection_for_alias (operation->service,
                               SECRET_COLLECTION_DEFAULT,
                               SECRET_COLLECTION_NONE,
                               g_task_get_cancellable (task),
                               on_collection_found,
                               g_object_ref (task));
}

static void
on_service_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  operation->service = jump_secret_service_open_finish (result, &error);
  if (operation->service == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  switch (operation->kind)
    {
    case OPERATION_PROBE:
    case OPERATION_SAVE:
      check_collection (task);
      break;
    case OPERATION_LOOKUP:
    case OPERATION_CLEAR:
      search_items (task);
      break;
    }
}

static void
start_operation (JumpSecretStoreLibsecret *self,
                 Operation *operation,
                 const char *key,
                 gpointer source_tag,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);
  if (key != NULL)
    operation->attributes = secret_attributes_build (&schema, "key", key, NULL);
  jump_secret_service_open_async (cancellable, on_service_opened, g_object_ref (task));
}

static const char *
jump_secret_store_libsecret_get_name (JumpSecretStore *store)
{
  return "keyring";
}

static void
jump_secret_store_libsecret_lookup_async (JumpSecretStore *store,
                                          const char *key,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->kind = OPERATION_LOOKUP;
  start_operation (JUMP_SECRET_STORE_LIBSECRET (store),
                   operation,
                   key,
                   jump_secret_store_libsecret_lookup_async,
                   cancellable,
                   callback,
                   user_data);
}

static void
jump_secret_store_libsecret_save_async (JumpSecretStore *store,
                                        const char *key,
                                        const char *label,
                                        JumpSecretText *secret,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->kind = OPERATION_SAVE;
  operation->label = g_strdup (label != NULL ? label : key);
  operation->secret = jump_secret_text_ref (secret);
  start_operation (JUMP_SECRET_STORE_LIBSECRET (store),
                   operation,
                   key,
                   jump_secret_store_libsecret_save_async,
                   cancellable,
                   callback,
                   user_data);
}

static void
jump_secret_store_libsecret_clear_async (JumpSecretStore *store,
                                         const char *key,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->kind = OPERATION_CLEAR;
  start_operation (JUMP_SECRET_STORE_LIBSECRET (store),
                   operation,
                   key,
                   jump_secret_store_libsecret_clear_async,
                   cancellable,
                   callback,
                   user_data);
}

static void
secret_store_iface_init (JumpSecretStoreInterface *iface)
{
  iface->get_name = jump_secret_store_libsecret_get_name;
  iface->lookup_async = jump_secret_store_libsecret_lookup_async;
  iface->save_async = jump_secret_store_libsecret_save_async;
  iface->clear_async = jump_secret_store_libsecret_clear_async;
}

static void
jump_secret_store_libsecret_class_init (JumpSecretStoreLibsecretClass *klass)
{
}

static void
jump_secret_store_libsecret_init (JumpSecretStoreLibsecret *self)
{
}

/**
 * jump_secret_store_libsecret_new:
 * @interactive: whether somebody is there to unlock a keyring
 *
 * There is no time limit in here: the caller knows how long it can wait, and cancels.
 *
 * Returns: (transfer full)
 */
JumpSecretStore *
jump_secret_store_libsecret_new (gboolean interactive)
{
  JumpSecretStoreLibsecret *self = g_object_new (JUMP_TYPE_SECRET_STORE_LIBSECRET, NULL);

  self->interactive = interactive;
  return JUMP_SECRET_STORE (self);
}

JumpSecretStore *
jump_secret_keyring_new (gboolean interactive)
{
  return jump_secret_store_libsecret_new (interactive);
}

void
jump_secret_keyring_probe_async (JumpSecretStore *keyring,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->kind = OPERATION_PROBE;
  start_operation (JUMP_SECRET_STORE_LIBSECRET (keyring),
                   operation,
                   NULL,
                   jump_secret_keyring_probe_async,
                   cancellable,
                   callback,
                   user_data);
}

gboolean
jump_secret_keyring_probe_finish (JumpSecretStore *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
