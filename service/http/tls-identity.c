/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/tls-identity.h"

#include "service/base/error.h"
#include "service/http/tls-key-check.h"

/* How a file looked when it was read. */
typedef struct
{
  gint64 size;
  guint64 inode;  /* of what a link leads to: one may be replaced by a copy as old as itself */
  gint64 changed; /* µs: two files of one second may share size and inode */
  gint64 handed;  /* µs, of owner and mode: one that could not be read may be given to us later */
} FileStamp;

#define ATTRIBUTES                                                          \
  G_FILE_ATTRIBUTE_STANDARD_SIZE                                            \
  "," G_FILE_ATTRIBUTE_UNIX_INODE "," G_FILE_ATTRIBUTE_TIME_MODIFIED        \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC "," G_FILE_ATTRIBUTE_TIME_CHANGED \
  "," G_FILE_ATTRIBUTE_TIME_CHANGED_USEC

static gint64
get_time (GFileInfo *info, const char *seconds, const char *microseconds)
{
  return (gint64) g_file_info_get_attribute_uint64 (info, seconds) * G_USEC_PER_SEC +
         g_file_info_get_attribute_uint32 (info, microseconds);
}

struct _JumpTlsIdentity
{
  char *certificate_file;       /* (owned) */
  char *key_file;               /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
  FileStamp stamps[2];          /* of both files, when they were tried last */
};

static FileStamp
read_stamp (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL)
    return (FileStamp){ 0 };
  return (FileStamp){
    .size = g_file_info_get_size (info),
    .inode = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE),
    .changed = get_time (info, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC),
    .handed = get_time (info, G_FILE_ATTRIBUTE_TIME_CHANGED, G_FILE_ATTRIBUTE_TIME_CHANGED_USEC),
  };
}

static gboolean
is_same_stamp (FileStamp a, FileStamp b)
{
  return a.size == b.size && a.inode == b.inode && a.changed == b.changed && a.handed == b.handed;
}

static gboolean
check_file (const char *path, const char *setting, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;

  if (*path == '\0')
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "%s is empty: server.tls_port needs a file there",
                   setting);
      return FALSE;
    }
  if (g_file_get_contents (path, &text, NULL, &problem))
    return TRUE;
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "%s: %s", setting, problem->message);
  return FALSE;
}

static GTlsCertificate *
load (const char *certificate_file, const char *key_file, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GTlsCertificate *certificate;

  if (!check_file (certificate_file, "server.tls_certificate", error) ||
      !check_file (key_file, "server.tls_key", error))
    return NULL;
  certificate = g_tls_certificate_new_from_files (certificate_file, key_file, &problem);
  if (certificate == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_SETTINGS,
                 "server.tls_certificate %s with server.tls_key %s: %s",
                 certificate_file,
                 key_file,
                 problem->message);
  else if (!jump_tls_key_check (certificate, &problem))
    {
      g_clear_object (&certificate);
      g_set_error (
          error,
          JUMP_ERROR,
          JUMP_ERROR_SETTINGS,
          "server.tls_certificate %s and server.tls_key %s do not belong together: expected "
          "the private key of this certificate (%s)",
          certificate_file,
          key_file,
          problem->message);
    }
  return certificate;
}

/**
 * jump_tls_identity_new:
 * @certificate_file: PEM: ours, and behind it those that signed it
 * @key_file: PEM, without a password
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: (transfer full) (nullable)
 */
JumpTlsIdentity *
jump_tls_identity_new (const char *certificate_file, const char *key_file, GError **error)
{
  g_autoptr (JumpTlsIdentity) self = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_set_error_literal (error,
                           JUMP_ERROR,
                           JUMP_ERROR_SETTINGS,
                           "server.tls_port: GLib has no TLS here; install glib-networking, or set "
                           "server.tls_port to 0");
      return NULL;
    }
  self = g_new0 (JumpTlsIdentity, 1);
  self->certificate_file = g_strdup (certificate_file);
  self->key_file = g_strdup (key_file);
  self->stamps[0] = read_stamp (certificate_file);
  self->stamps[1] = read_stamp (key_file);
  self->certificate = load (certificate_file, key_file, error);
  return self->certificate != NULL ? g_steal_pointer (&self) : NULL;
}

void
jump_tls_identity_free (JumpTlsIdentity *self)
{
  g_clear_object (&self->certificate);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_free (self);
}

/**
 * jump_tls_identity_get:
 * @self: an identity
 *
 * Looks whether the files have changed. What cannot be read leaves the old certificate in place: whoever
 * renews one writes two files, one after the other.
 *
 * Returns: (transfer none)
 */
GTlsCertificate *
jump_tls_identity_get (JumpTlsIdentity *self)
{
  FileStamp certificate = read_stamp (self->certificate_file);
  FileStamp key = read_stamp (self->key_file);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *fresh;

  if (is_same_stamp (certificate, self->stamps[0]) && is_same_stamp (key, self->stamps[1]))
    return self->certificate;
  self->stamps[0] = certificate;
  self->stamps[1] = key;
  fresh = load (self->certificate_file, self->key_file, &error);
  if (fresh == NULL)
    {
      g_warning ("going on with the old certificate: %s", error->message);
      return self->certificate;
    }
  g_set_object (&self->certificate, fresh);
  g_object_unref (fresh);
  return self->certificate;
}
