/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What control files need to ask the system: implemented in control-file-unix.c and
 * control-file-windows.c. */

gint64 jump_control_file_own_pid (void);
gboolean jump_control_file_process_lives (gint64 pid);

/* For sandboxes, each of which numbers its processes anew. Implemented in control-file-port.c.
 * @url: "http://127.0.0.1:8081" */
gboolean jump_control_file_port_answers (const char *url);
