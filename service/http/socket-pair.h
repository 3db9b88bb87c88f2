/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Two connected sockets within this process. Implemented in socket-pair-unix.c and
 * socket-pair-windows.c. */

/* @ends: (out): both are set, or neither. Returns: whether they are there */
gboolean jump_socket_pair_new (GSocket *ends[2], GError **error);
