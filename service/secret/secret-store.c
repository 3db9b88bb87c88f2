/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/secret/secret-store.h"

G_DEFINE_INTERFACE (JumpSecretStore, jump_secret_store, G_TYPE_OBJECT)

/* Every backend answers with a GTask whose source is the store itself, so that these serve all. */
static JumpSecretText *
jump_secret_store_real_lookup_finish (JumpSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
jump_secret_store_real_boolean_finish (JumpSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
jump_secret_store_default_init (JumpSecretStoreInterface *iface)
{
  iface->lookup_finish = jump_secret_store_real_lookup_finish;
  iface->save_finish = jump_secret_store_real_boolean_finish;
  iface->clear_finish = jump_secret_store_real_boolean_finish;
}

const char *
jump_secret_store_get_name (JumpSecretStore *self)
{
  g_return_val_if_fail (JUMP_IS_SECRET_STORE (self), NULL);

  return JUMP_SECRET_STORE_GET_IFACE (self)->get_name (self);
}

/**
 * jump_secret_store_lookup_async:
 * @key: what the secret is kept under: ASCII letters, digits, "-" and "_"
 *
 * The callback comes in a later turn of the loop, always.
 */
void
jump_secret_store_lookup_async (JumpSecretStore *self,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (JUMP_IS_SECRET_STORE (self));
  g_return_if_fail (key != NULL);

  JUMP_SECRET_STORE_GET_IFACE (self)->lookup_async (self, key, cancellable, callback, user_data);
}

JumpSecretText *
jump_secret_store_lookup_finish (JumpSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (JUMP_IS_SECRET_STORE (self), NULL);

  return JUMP_SECRET_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * jump_secret_store_save_async:
 * @key: see jump_secret_store_lookup_async()
 * @label: what a keyring shows to its owner, such as "Jumpseat: GitHub account"
 * @secret: referenced until the store has answered
 *
 * Replaces what was kept under @key.
 */
void
jump_secret_store_save_async (JumpSecretStore *self,
                              const char *key,
                              const char *label,
                              JumpSecretText *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (JUMP_IS_SECRET_STORE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (secret != NULL);

  JUMP_SECRET_STORE_GET_IFACE (self)
      ->save_async (self, key, label, secret, cancellable, callback, user_data);
}

gboolean
jump_secret_store_save_finish (JumpSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (JUMP_IS_SECRET_STORE (self), FALSE);

  return JUMP_SECRET_STORE_GET_IFACE (self)->save_finish (self, result, error);
}

/**
 * jump_secret_store_clear_async:
 * @key: see jump_secret_store_lookup_async()
 *
 * Clearing what is not stored succeeds.
 */
void
jump_secret_store_clear_async (JumpSecretStore *self,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (JUMP_IS_SECRET_STORE (self));
  g_return_if_fail (key != NULL);

  JUMP_SECRET_STORE_GET_IFACE (self)->clear_async (self, key, cancellable, callback, user_data);
}

gboolean
jump_secret_store_clear_finish (JumpSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (JUMP_IS_SECRET_STORE (self), FALSE);

  return JUMP_SECRET_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}
