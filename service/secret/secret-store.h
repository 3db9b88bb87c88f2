/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

#include <gio/gio.h>

/* Keeps one secret per key ("github-account"). "Not stored" is not an error. Implementations:
 * libsecret, Credential Manager, a 0600 file, memory. Everything is async: a keyring may ask its
 * user, and must never stop the loop. Errors are JUMP_ERROR_STORE, or G_IO_ERROR_CANCELLED. */

#define JUMP_TYPE_SECRET_STORE (jump_secret_store_get_type ())
G_DECLARE_INTERFACE (JumpSecretStore, jump_secret_store, JUMP, SECRET_STORE, GObject)

struct _JumpSecretStoreInterface
{
  GTypeInterface parent;

  const char *(*get_name) (JumpSecretStore *self);
  void (*lookup_async) (JumpSecretStore *self,
                        const char *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  JumpSecretText *(*lookup_finish) (JumpSecretStore *self, GAsyncResult *result, GError **error);
  void (*save_async) (JumpSecretStore *self,
                      const char *key,
                      const char *label,
                      JumpSecretText *secret,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*save_finish) (JumpSecretStore *self, GAsyncResult *result, GError **error);
  void (*clear_async) (JumpSecretStore *self,
                       const char *key,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*clear_finish) (JumpSecretStore *self, GAsyncResult *result, GError **error);
};

/* Returns: "keyring", "file", "memory": for status texts and one log line. */
const char *jump_secret_store_get_name (JumpSecretStore *self);

void jump_secret_store_lookup_async (JumpSecretStore *self,
                                     const char *key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable): the secret; NULL without @error means "not stored". */
JumpSecretText *
jump_secret_store_lookup_finish (JumpSecretStore *self, GAsyncResult *result, GError **error);
void jump_secret_store_save_async (JumpSecretStore *self,
                                   const char *key,
                                   const char *label,
                                   JumpSecretText *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
jump_secret_store_save_finish (JumpSecretStore *self, GAsyncResult *result, GError **error);
void jump_secret_store_clear_async (JumpSecretStore *self,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
jump_secret_store_clear_finish (JumpSecretStore *self, GAsyncResult *result, GError **error);
