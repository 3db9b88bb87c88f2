/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* What Windows tells about processes and the connections they hold. */

/* The process at the other end of @accepted, on this computer. Returns: its id, 0 not known */
guint32 jump_process_windows_find_peer (GSocket *accepted);
/* Returns: the process that listens on a TCP port, 0 nobody */
guint32 jump_process_windows_find_listener (guint16 port);
/* Returns: (transfer full) (nullable): the name of its program without ".exe"; NULL when there is
 * no such process or it does not tell */
char *jump_process_windows_dup_name (guint32 pid);
