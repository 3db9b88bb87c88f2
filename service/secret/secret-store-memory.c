/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/secret/secret-store-memory.h"

struct _JumpSecretStoreMemory
{
  GObject parent_instance;

  GHashTable *secrets; /* (owned) (element-type utf8 JumpSecretText) */
};

static void secret_store_iface_init (JumpSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpSecretStoreMemory,
                               jump_secret_store_memory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

static const char *
jump_secret_store_memory_get_name (JumpSecretStore *store)
{
  return "memory";
}

static void
jump_secret_store_memory_lookup_async (JumpSecretStore *store,
                                       const char *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  JumpSecretStoreMemory *self = JUMP_SECRET_STORE_MEMORY (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  JumpSecretText *secret = g_hash_table_lookup (self->secrets, key);

  g_task_set_source_tag (task, jump_secret_store_memory_lookup_async);
  g_task_return_pointer (task,
                         secret == NULL ? NULL : jump_secret_text_ref (secret),
                         (GDestroyNotify) jump_secret_text_unref);
}

static void
jump_secret_store_memory_save_async (JumpSecretStore *store,
                                     const char *key,
                                     const char *label,
                                     JumpSecretText *secret,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  JumpSecretStoreMemory *self = JUMP_SECRET_STORE_MEMORY (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_secret_store_memory_save_async);
  g_hash_table_replace (self->secrets, g_strdup (key), jump_secret_text_ref (secret));
  g_task_return_boolean (task, TRUE);
}

static void
jump_secret_store_memory_clear_async (JumpSecretStore *store,
                                      const char *key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  JumpSecretStoreMemory *self = JUMP_SECRET_STORE_MEMORY (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_secret_store_memory_clear_async);
  g_hash_table_remove (self->secrets, key);
  g_task_return_boolean (task, TRUE);
}

static void
secret_store_iface_init (JumpSecretStoreInterface *iface)
{
  iface->get_name = jump_secret_store_memory_get_name;
  iface->lookup_async = jump_secret_store_memory_lookup_async;
  iface->save_async = jump_secret_store_memory_save_async;
  iface->clear_async = jump_secret_store_memory_clear_async;
}

static void
jump_secret_store_memory_finalize (GObject *object)
{
  JumpSecretStoreMemory *self = JUMP_SECRET_STORE_MEMORY (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);
  G_OBJECT_CLASS (jump_secret_store_memory_parent_class)->finalize (object);
}

static void
jump_secret_store_memory_class_init (JumpSecretStoreMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_secret_store_memory_finalize;
}

static void
jump_secret_store_memory_init (JumpSecretStoreMemory *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash,
                                         g_str_equal,
                                         g_free,
                                         (GDestroyNotify) jump_secret_text_unref);
}

JumpSecretStore *
jump_secret_store_memory_new (void)
{
  return g_object_new (JUMP_TYPE_SECRET_STORE_MEMORY, NULL);
}
