/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-secret"

#include "service/secret/secret-store-wincred.h"

#include "service/base/error.h"
#include "service/secret/secret-keyring.h"

#include <string.h>
#include <windows.h>

/* after windows.h, which it needs */
#include <wincred.h>

/* Credentials of the signed-in Windows user; Credential Manager lists them under this name. */
#define TARGET_PREFIX "io.github.jumpseat.Account/"
#define USER_NAME     L"Jumpseat"

struct _JumpSecretStoreWincred
{
  GObject parent_instance;
};

static void secret_store_iface_init (JumpSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpSecretStoreWincred,
                               jump_secret_store_wincred,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

/* Returns: (transfer full): free with g_free(). Keys are ASCII, so this cannot fail. */
static WCHAR *
build_target (const char *key)
{
  g_autofree char *target = g_strconcat (TARGET_PREFIX, key, NULL);

  return (WCHAR *) g_utf8_to_utf16 (target, -1, NULL, NULL, NULL);
}

static void
return_windows_error (GTask *task, const char *what, DWORD code)
{
  g_autofree char *reason = g_win32_error_message ((int) code);

  g_task_return_new_error (task,
                           JUMP_ERROR,
                           JUMP_ERROR_STORE,
                           "%s Credential Manager: %s",
                           what,
                           reason);
}

static const char *
jump_secret_store_wincred_get_name (JumpSecretStore *store)
{
  return "keyring";
}

static void
jump_secret_store_wincred_lookup_async (JumpSecretStore *store,
                                        const char *key,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_autofree WCHAR *target = build_target (key);
  PCREDENTIALW credential = NULL;
  char *text;

  g_task_set_source_tag (task, jump_secret_store_wincred_lookup_async);
  if (!CredReadW (target, CRED_TYPE_GENERIC, 0, &credential))
    {
      DWORD code = GetLastError ();

      if (code == ERROR_NOT_FOUND)
        g_task_return_pointer (task, NULL, NULL);
      else
        return_windows_error (task, "reading from", code);
      return;
    }
  /* The blob has no zero at its end. */
  text = g_malloc0 ((gsize) credential->CredentialBlobSize + 1);
  memcpy (text, credential->CredentialBlob, credential->CredentialBlobSize);
  jump_secret_wipe (credential->CredentialBlob, credential->CredentialBlobSize);
  CredFree (credential);
  g_task_return_pointer (task,
                         jump_secret_text_new_take (text),
                         (GDestroyNotify) jump_secret_text_unref);
}

static void
jump_secret_store_wincred_save_async (JumpSecretStore *store,
                                      const char *key,
                                      const char *label,
                                      JumpSecretText *secret,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_autofree WCHAR *target = build_target (key);
  g_autofree WCHAR *comment = NULL;
  const char *text = jump_secret_text_peek (secret);
  gsize length = strlen (text);
  CREDENTIALW credential = { 0 };

  g_task_set_source_tag (task, jump_secret_store_wincred_save_async);
  if (length > CRED_MAX_CREDENTIAL_BLOB_SIZE)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_STORE,
                               "saving in Credential Manager: expected at most %d bytes",
                               (int) CRED_MAX_CREDENTIAL_BLOB_SIZE);
      return;
    }
  if (label != NULL)
    comment = (WCHAR *) g_utf8_to_utf16 (label, -1, NULL, NULL, NULL);
  credential.Type = CRED_TYPE_GENERIC;
  credential.TargetName = target;
  credential.Comment = comment;
  credential.CredentialBlobSize = (DWORD) length;
  credential.CredentialBlob = (LPBYTE) text;
  /* Not CRED_PERSIST_ENTERPRISE: it would roam to other machines of the domain. */
  credential.Persist = CRED_PERSIST_LOCAL_MACHINE;
  credential.UserName = (LPWSTR) USER_NAME;
  if (CredWriteW (&credential, 0))
    g_task_return_boolean (task, TRUE);
  else
    return_windows_error (task, "saving in", GetLastError ());
}

static void
jump_secret_store_wincred_clear_async (JumpSecretStore *store,
                                       const char *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_autofree WCHAR *target = build_target (key);
  DWORD code = ERROR_SUCCESS;

  g_task_set_source_tag (task, jump_secret_store_wincred_clear_async);
  if (!CredDeleteW (target, CRED_TYPE_GENERIC, 0))
    code = GetLastError ();
  if (code == ERROR_SUCCESS || code == ERROR_NOT_FOUND)
    g_task_return_boolean (task, TRUE);
  else
    return_windows_error (task, "removing from", code);
}

static void
secret_store_iface_init (JumpSecretStoreInterface *iface)
{
  iface->get_name = jump_secret_store_wincred_get_name;
  iface->lookup_async = jump_secret_store_wincred_lookup_async;
  iface->save_async = jump_secret_store_wincred_save_async;
  iface->clear_async = jump_secret_store_wincred_clear_async;
}

static void
jump_secret_store_wincred_class_init (JumpSecretStoreWincredClass *klass)
{
}

static void
jump_secret_store_wincred_init (JumpSecretStoreWincred *self)
{
}

/**
 * jump_secret_store_wincred_new:
 *
 * Credential Manager is unlocked as long as its user is signed in, and its calls do not wait for
 * anybody, so each operation happens in place.
 *
 * Returns: (transfer full)
 */
JumpSecretStore *
jump_secret_store_wincred_new (void)
{
  return g_object_new (JUMP_TYPE_SECRET_STORE_WINCRED, NULL);
}

JumpSecretStore *
jump_secret_keyring_new (gboolean interactive)
{
  return jump_secret_store_wincred_new ();
}

/* A service account without a profile has no Credential Manager: reading says so. */
void
jump_secret_keyring_probe_async (JumpSecretStore *keyring,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (keyring, cancellable, callback, user_data);
  g_autofree WCHAR *target = build_target ("probe");
  PCREDENTIALW credential = NULL;
  DWORD code = ERROR_SUCCESS;

  g_task_set_source_tag (task, jump_secret_keyring_probe_async);
  if (!CredReadW (target, CRED_TYPE_GENERIC, 0, &credential))
    code = GetLastError ();
  if (credential != NULL)
    CredFree (credential);
  if (code == ERROR_SUCCESS || code == ERROR_NOT_FOUND)
    g_task_return_boolean (task, TRUE);
  else
    return_windows_error (task, "opening", code);
}

gboolean
jump_secret_keyring_probe_finish (JumpSecretStore *keyring, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, keyring), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
