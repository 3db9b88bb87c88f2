/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What control files need to ask the system: implemented in control-file-unix.c and
 * control-file-windows.c. */

gint64 jump_control_file_own_pid (void);
gboolean jump_control_file_process_lives (gint64 pid);
