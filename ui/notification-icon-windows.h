/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <windows.h>

/* Pictures as Windows wants them. */

/* Returns: (transfer full) (nullable): for DestroyIcon() */
HICON jump_notification_icon_new (GBytes *pixels, int size);
/* Returns: (transfer full) (nullable): the one that is compiled into the program, in its big size */
HICON jump_notification_icon_of_program (void);
