/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Who listens on a TCP port, as far as the system tells: port-holder-linux.c reads /proc,
 * port-holder-none.c knows nothing. */

/* Returns: (transfer full) (nullable): "nginx (pid 123)" */
char *jump_port_holder_find (guint16 port);
