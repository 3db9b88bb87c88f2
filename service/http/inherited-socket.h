/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/activation.h"

#include <gio/gio.h>

/* Sockets that a service manager opened for us, and what each is for, as its name says
 * (FileDescriptorName= of a socket unit):
 *   control  the command line and the dashboard, and no model API
 *   ollama   what server.ollama_port is otherwise
 *   tls      what server.tls_port is otherwise, with the certificate of the settings
 *   others   what server.address and server.port are otherwise; a Unix socket is server.socket */

typedef enum
{
  JUMP_SOCKET_MAIN,
  JUMP_SOCKET_LOCAL, /* the Unix socket beside it */
  JUMP_SOCKET_CONTROL,
  JUMP_SOCKET_OLLAMA,
  JUMP_SOCKET_TLS,
} JumpSocketRole;

typedef struct
{
  GSocket *socket; /* (owned) */
  char *name;      /* (owned) */
  char *place;     /* (owned): "127.0.0.1:8081", "[::1]:8081", or the path of a Unix socket */
  char *address;   /* (owned) (nullable): the IP address; NULL for a Unix socket */
  guint16 port;    /* 0 for a Unix socket */
  JumpSocketRole role;
} JumpInheritedSocket;

/* Returns: (transfer full) (element-type JumpInheritedSocket) (nullable): all of them, perhaps none; NULL with
 * JUMP_ERROR_SETTINGS when one is of no use */
GPtrArray *jump_inherited_sockets_new (const JumpActivation *activation, GError **error);
/* @activation's file @fd under @name, which stays as it is: the socket is another descriptor of it. */
JumpInheritedSocket *jump_inherited_socket_new (int fd, const char *name, GError **error);
void jump_inherited_socket_free (JumpInheritedSocket *self);
const char *jump_socket_role_to_string (JumpSocketRole role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpInheritedSocket, jump_inherited_socket_free)
