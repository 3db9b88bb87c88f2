/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the system calls an error of a socket: implemented in socket-error-unix.c and
 * socket-error-windows.c. */

/* Returns: (transfer full): "Connection refused" */
char *jump_socket_error_dup_text (int code);
