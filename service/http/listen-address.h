/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the settings server.address and server.tls_address mean. Pure. */

/* Returns: (transfer full) (array zero-terminated=1): IP addresses to listen at. The command line looks
 * for us on loopback, so one address of this computer comes with those of loopback behind it. */
GStrv jump_listen_address_list_hosts (const char *address);
/* Only programs on this computer reach it. */
gboolean jump_listen_address_is_loopback (const char *address);
/* @setting: "server.address". @has_key: there is a client key that works. Returns: FALSE with
 * JUMP_ERROR_SETTINGS where others could use the seat without a key. */
gboolean jump_listen_address_check (const char *address,
                                    const char *setting,
                                    gboolean has_key,
                                    GError **error);
