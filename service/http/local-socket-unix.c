/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/local-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG     128
#define SOCKET_MODE 0600

struct _JumpLocalSocket
{
  GSocket *socket; /* (owned) */
  char *path;      /* (owned) */
  dev_t device;    /* of the file, once it is there */
  ino_t inode;
};

static gboolean
fail (GError **error, const char *path, const char *reason)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "server.socket %s: %s", path, reason);
  return FALSE;
}

/* Whoever may write to the folder may put a socket of his own in our place. */
static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf info;

  if (g_stat (folder, &info) != 0 || !S_ISDIR (info.st_mode))
    return fail (error, path, "its folder does not exist");
  if ((info.st_mode & S_IWOTH) != 0)
    return fail (error,
                 path,
                 "everybody may write to its folder; choose one that is only yours, such as "
                 "$XDG_RUNTIME_DIR");
  if (info.st_uid != geteuid () && info.st_uid != 0)
    return fail (error, path, "its folder belongs to another user");
  return TRUE;
}

static gboolean
check_path (const char *path, GError **error)
{
  struct sockaddr_un native;

  if (!g_path_is_absolute (path))
    return fail (error, path, "expected an absolute path");
  if (strlen (path) >= sizeof native.sun_path)
    {
      g_autofree char *text = g_strdup_printf ("the path has %" G_GSIZE_FORMAT
                                               " bytes, a socket's may have %" G_GSIZE_FORMAT,
                                               strlen (path),
                                               sizeof native.sun_path - 1);

      return fail (error, path, text);
    }
  return check_folder (path, error);
}

static GSocket *
new_socket (GError **error)
{
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket != NULL)
    g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Does somebody accept connections there? A full queue is somebody, too. */
static gboolean
has_owner (GSocketAddress *address)
{
  g_autoptr (GSocket) probe = new_socket (NULL);
  g_autoptr (GError) error = NULL;

  if (probe == NULL || g_socket_connect (probe, address, NULL, &error))
    return TRUE;
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static gboolean
make_way (const char *path, GSocketAddress *address, GError **error)
{
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode))
    return fail (error, path, "there is a file that is not a socket");
  if (has_owner (address))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BUSY_PORT,
                   "socket %s is taken by another program",
                   path);
      return FALSE;
    }
  g_unlink (path);
  return TRUE;
}

/* On Linux a socket file gets the mode of its descriptor; elsewhere nobody can connect before
 * listening, and the file's own mode is set until then. */
static gboolean
open_at (JumpLocalSocket *self, GSocketAddress *address, GError **error)
{
  GStatBuf info;

  if (fchmod (g_socket_get_fd (self->socket), SOCKET_MODE) != 0)
    g_debug ("mode of the socket: %s", g_strerror (errno));
  if (!g_socket_bind (self->socket, address, FALSE, error))
    return FALSE;
  if (g_chmod (self->path, SOCKET_MODE) != 0 || g_lstat (self->path, &info) != 0)
    return fail (error, self->path, g_strerror (errno));
  self->device = info.st_dev;
  self->inode = info.st_ino;
  g_socket_set_listen_backlog (self->socket, BACKLOG);
  return g_socket_listen (self->socket, error);
}

/**
 * jump_local_socket_new:
 * @path: of the socket file
 * @error: JUMP_ERROR_SETTINGS for a path that is no good, JUMP_ERROR_BUSY_PORT when somebody listens there,
 *   or of G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a socket that listens
 */
JumpLocalSocket *
jump_local_socket_new (const char *path, GError **error)
{
  g_autoptr (JumpLocalSocket) self = g_new0 (JumpLocalSocket, 1);
  g_autoptr (GSocketAddress) address = NULL;

  self->path = g_strdup (path);
  if (!check_path (path, error))
    return NULL;
  address = g_unix_socket_address_new (path);
  self->socket = new_socket (error);
  if (self->socket == NULL || !make_way (path, address, error) || !open_at (self, address, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jump_local_socket_free (JumpLocalSocket *self)
{
  GStatBuf info;

  if (self->inode != 0 && g_lstat (self->path, &info) == 0 && info.st_dev == self->device &&
      info.st_ino == self->inode)
    g_unlink (self->path);
  g_clear_object (&self->socket);
  g_free (self->path);
  g_free (self);
}

GSocket *
jump_local_socket_get_socket (JumpLocalSocket *self)
{
  return self->socket;
}

/**
 * jump_local_socket_admits:
 * @accepted: a connection of a local socket
 *
 * The mode of the file keeps others out already; where it does not count (some systems, folders handed
 * over), this does.
 *
 * Returns: whether it may stay
 */
gboolean
jump_local_socket_admits (GSocket *accepted)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (accepted, NULL);
  uid_t user;

  if (credentials == NULL)
    return FALSE;
  user = g_credentials_get_unix_user (credentials, NULL);
  return user == geteuid () || user == 0;
}

int
jump_local_socket_find_peer (GSocket *accepted)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (accepted, NULL);

  return credentials != NULL ? MAX (0, g_credentials_get_unix_pid (credentials, NULL)) : 0;
}
