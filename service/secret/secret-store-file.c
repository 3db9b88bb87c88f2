/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-secret"

#include "service/secret/secret-store-file.h"

#include "service/base/error.h"
#include "service/base/paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A sign-in is some hundred bytes. More is not ours, and must not be read into memory. */
#define MAX_SECRET_SIZE (64 * 1024)
/* g_file_set_contents_full() writes to NAME.XXXXXX first. */
#define TEMPORARY_SUFFIX_LENGTH 7
/* Windows makes these bits up; there the profile's own folder is private already. */
#ifdef G_OS_WIN32
#define MODE_OF_OTHERS 0
#else
#define MODE_OF_OTHERS 0077
#endif

struct _JumpSecretStoreFile
{
  GObject parent_instance;

  char *dir; /* (owned) */
};

static void secret_store_iface_init (JumpSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpSecretStoreFile,
                               jump_secret_store_file,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_SECRET_STORE,
                                                      secret_store_iface_init))

/* Keys become file names: no separators, and no dots, which temporary files end with. */
static char *
build_path (JumpSecretStoreFile *self, const char *key, GError **error)
{
  for (const char *c = key; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_STORE,
                       "secret key \"%s\": expected letters, digits, - and _",
                       key);
          return NULL;
        }
    }
  return g_build_filename (self->dir, key, NULL);
}

static void
set_error_from_errno (GError **error, int saved_errno, const char *what, const char *path)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               "cannot %s %s: %s",
               what,
               path,
               g_strerror (saved_errno));
}

/* A copy from a backup or an editor may have left the file open to others. */
static void
repair_mode (const char *path, const GStatBuf *info)
{
  if ((info->st_mode & MODE_OF_OTHERS) == 0)
    return;
  g_debug ("%s was readable by others, mode %o; now 0600", path, info->st_mode & 0777);
  if (g_chmod (path, 0600) != 0)
    g_debug ("cannot change the mode of %s: %s", path, g_strerror (errno));
}

/* What a write that was killed left behind holds a secret too. */
static void
remove_leftovers (JumpSecretStoreFile *self, const char *key)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  gsize key_length = strlen (key);
  const char *name;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (strlen (name) != key_length + TEMPORARY_SUFFIX_LENGTH || !g_str_has_prefix (name, key) ||
          name[key_length] != '.')
        continue;
      path = g_build_filename (self->dir, name, NULL);
      if (g_unlink (path) != 0)
        g_debug ("cannot remove %s: %s", path, g_strerror (errno));
    }
}

/* Returns: (nullable): NULL without @error when there is nothing. */
static JumpSecretText *
read_secret (JumpSecretStoreFile *self, const char *key, GError **error)
{
  g_autofree char *path = build_path (self, key, error);
  g_autoptr (GError) local_error = NULL;
  char *contents = NULL;
  gsize length;
  GStatBuf info;

  if (path == NULL)
    return NULL;
  if (g_stat (path, &info) != 0)
    {
      int saved_errno = errno;

      if (saved_errno != ENOENT && saved_errno != ENOTDIR)
        set_error_from_errno (error, saved_errno, "read", path);
      return NULL;
    }
  if (info.st_size > MAX_SECRET_SIZE || (info.st_mode & S_IFMT) != S_IFREG)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "%s is not a secret of ours: expected a file of at most %d bytes",
                   path,
                   MAX_SECRET_SIZE);
      return NULL;
    }
  repair_mode (path, &info);
  if (!g_file_get_contents (path, &contents, &length, &local_error))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "cannot read %s: %s",
                   path,
                   local_error->message);
      return NULL;
    }
  if (length == 0)
    {
      g_free (contents);
      return NULL;
    }
  return jump_secret_text_new_take (contents);
}

static gboolean
write_secret (JumpSecretStoreFile *self, const char *key, JumpSecretText *secret, GError **error)
{
  g_autofree char *path = build_path (self, key, error);
  g_autoptr (GError) local_error = NULL;
  const char *text = jump_secret_text_peek (secret);

  if (path == NULL)
    return FALSE;
  if (!jump_paths_make_private_dir (self->dir, &local_error) ||
      !g_file_set_contents_full (path,
                                 text,
                                 strlen (text),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600,
                                 &local_error))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "cannot write %s: %s",
                   path,
                   local_error->message);
      return FALSE;
    }
  remove_leftovers (self, key);
  return TRUE;
}

static gboolean
remove_secret (JumpSecretStoreFile *self, const char *key, GError **error)
{
  g_autofree char *path = build_path (self, key, error);

  if (path == NULL)
    return FALSE;
  remove_leftovers (self, key);
  if (g_unlink (path) != 0)
    {
      int saved_errno = errno;

      if (saved_errno != ENOENT && saved_errno != ENOTDIR)
        {
          set_error_from_errno (error, saved_errno, "remove", path);
          return FALSE;
        }
    }
  return TRUE;
}

static const char *
jump_secret_store_file_get_name (JumpSecretStore *store)
{
  return "file";
}

static void
jump_secret_store_file_lookup_async (JumpSecretStore *store,
                                     const char *key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  JumpSecretStoreFile *self = JUMP_SECRET_STORE_FILE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JumpSecretText) secret = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, jump_secret_store_file_lookup_async);
  secret = read_secret (self, key, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&secret),
                           (GDestroyNotify) jump_secret_text_unref);
}

static void
jump_secret_store_file_save_async (JumpSecretStore *store,
                                   const char *key,
                                   const char *label,
                                   JumpSecretText *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  JumpSecretStoreFile *self = JUMP_SECRET_STORE_FILE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, jump_secret_store_file_save_async);
  if (write_secret (self, key, secret, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
jump_secret_store_file_clear_async (JumpSecretStore *store,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  JumpSecretStoreFile *self = JUMP_SECRET_STORE_FILE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, jump_secret_store_file_clear_async);
  if (remove_secret (self, key, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
secret_store_iface_init (JumpSecretStoreInterface *iface)
{
  iface->get_name = jump_secret_store_file_get_name;
  iface->lookup_async = jump_secret_store_file_lookup_async;
  iface->save_async = jump_secret_store_file_save_async;
  iface->clear_async = jump_secret_store_file_clear_async;
}

static void
jump_secret_store_file_finalize (GObject *object)
{
  JumpSecretStoreFile *self = JUMP_SECRET_STORE_FILE (object);

  g_clear_pointer (&self->dir, g_free);
  G_OBJECT_CLASS (jump_secret_store_file_parent_class)->finalize (object);
}

static void
jump_secret_store_file_class_init (JumpSecretStoreFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_secret_store_file_finalize;
}

static void
jump_secret_store_file_init (JumpSecretStoreFile *self)
{
}

/**
 * jump_secret_store_file_new:
 * @dir: the folder; made with mode 0700 by the first save
 *
 * Each operation is one small file and happens in place: nothing here can wait for a person.
 *
 * Returns: (transfer full)
 */
JumpSecretStore *
jump_secret_store_file_new (const char *dir)
{
  JumpSecretStoreFile *self = g_object_new (JUMP_TYPE_SECRET_STORE_FILE, NULL);

  self->dir = g_strdup (dir);
  return JUMP_SECRET_STORE (self);
}
