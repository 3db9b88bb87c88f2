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

/* A credential holds at most CRED_MAX_CREDENTIAL_BLOB_SIZE bytes. What is longer goes on in a second one, and so
 * on; one that is full may be followed by another. */
#define PART_SIZE CRED_MAX_CREDENTIAL_BLOB_SIZE
#define MAX_PARTS 16

/* Returns: (transfer full): free with g_free(). Keys are ASCII, so this cannot fail. */
static WCHAR *
build_target (const char *key, guint part)
{
  g_autofree char *target = part == 0 ? g_strconcat (TARGET_PREFIX, key, NULL)
                                      : g_strdup_printf (TARGET_PREFIX "%s/%u", key, part + 1);

  return (WCHAR *) g_utf8_to_utf16 (target, -1, NULL, NULL, NULL);
}

/* Returns: how it went; ERROR_NOT_FOUND when there is none */
static DWORD
read_part (const char *key, guint part, GByteArray *text, gboolean *out_is_full)
{
  g_autofree WCHAR *target = build_target (key, part);
  PCREDENTIALW credential = NULL;

  if (!CredReadW (target, CRED_TYPE_GENERIC, 0, &credential))
    return GetLastError ();
  g_byte_array_append (text, credential->CredentialBlob, credential->CredentialBlobSize);
  *out_is_full = credential->CredentialBlobSize == PART_SIZE;
  jump_secret_wipe (credential->CredentialBlob, credential->CredentialBlobSize);
  CredFree (credential);
  return ERROR_SUCCESS;
}

static DWORD
write_part (const char *key, guint part, const char *label, const char *text, gsize length)
{
  g_autofree WCHAR *target = build_target (key, part);
  g_autofree WCHAR *comment =
      label == NULL ? NULL : (WCHAR *) g_utf8_to_utf16 (label, -1, NULL, NULL, NULL);
  CREDENTIALW credential = {
    .Type = CRED_TYPE_GENERIC,
    .TargetName = target,
    .Comment = comment,
    .CredentialBlobSize = (DWORD) length,
    .CredentialBlob = (LPBYTE) text,
    /* Not CRED_PERSIST_ENTERPRISE: it would roam to other machines of the domain. */
    .Persist = CRED_PERSIST_LOCAL_MACHINE,
    .UserName = (LPWSTR) USER_NAME,
  };

  return CredWriteW (&credential, 0) ? ERROR_SUCCESS : GetLastError ();
}

/* Returns: how it went; there is nothing from @first on afterwards */
static DWORD
remove_parts (const char *key, guint first)
{
  for (guint part = first; part < MAX_PARTS; part++)
    {
      g_autofree WCHAR *target = build_target (key, part);

      if (!CredDeleteW (target, CRED_TYPE_GENERIC, 0))
        return GetLastError () == ERROR_NOT_FOUND ? ERROR_SUCCESS : GetLastError ();
    }
  return ERROR_SUCCESS;
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
  GByteArray *text =
      g_byte_array_sized_new (MAX_PARTS * PART_SIZE + 1); /* never moved: wiped in one place */
  gboolean is_full = TRUE;
  DWORD code = ERROR_SUCCESS;
  gsize length;

  g_task_set_source_tag (task, jump_secret_store_wincred_lookup_async);
  for (guint part = 0; part < MAX_PARTS && is_full && code == ERROR_SUCCESS; part++)
    code = read_part (key, part, text, &is_full);
  length = text->len;
  if (code == ERROR_SUCCESS || (code == ERROR_NOT_FOUND && length > 0))
    {
      g_autofree char *bytes = (char *) g_byte_array_free (text, FALSE);

      /* The blobs have no zero at their end. */
      g_task_return_pointer (task,
                             jump_secret_text_new_take (g_strndup (bytes, length)),
                             (GDestroyNotify) jump_secret_text_unref);
      jump_secret_wipe (bytes, length);
      return;
    }
  jump_secret_wipe (text->data, length);
  g_byte_array_unref (text);
  if (code == ERROR_NOT_FOUND)
    g_task_return_pointer (task, NULL, NULL);
  else
    return_windows_error (task, "reading from", code);
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
  const char *text = jump_secret_text_peek (secret);
  gsize length = strlen (text);
  guint n_parts = (guint) (length / PART_SIZE + (length % PART_SIZE != 0 || length == 0));
  DWORD code = ERROR_SUCCESS;

  g_task_set_source_tag (task, jump_secret_store_wincred_save_async);
  if (n_parts > MAX_PARTS)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_STORE,
                               "saving in Credential Manager: expected at most %d bytes",
                               (int) (MAX_PARTS * PART_SIZE));
      return;
    }
  /* The first one last, so that nobody reads a new beginning without its end. */
  for (guint part = n_parts; part-- > 0 && code == ERROR_SUCCESS;)
    code = write_part (key,
                       part,
                       label,
                       text + part * PART_SIZE,
                       MIN (length - part * PART_SIZE, (gsize) PART_SIZE));
  if (code == ERROR_SUCCESS)
    code = remove_parts (key, n_parts);
  if (code == ERROR_SUCCESS)
    g_task_return_boolean (task, TRUE);
  else
    return_windows_error (task, "saving in", code);
}

static void
jump_secret_store_wincred_clear_async (JumpSecretStore *store,
                                       const char *key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  DWORD code = remove_parts (key, 0);

  g_task_set_source_tag (task, jump_secret_store_wincred_clear_async);
  if (code == ERROR_SUCCESS)
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
  g_autofree WCHAR *target = build_target ("probe", 0);
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
