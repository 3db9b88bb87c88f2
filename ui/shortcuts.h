/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* What the keyboard does in the window, and the window that tells it. */

/* Its keys activate actions of the groups "app." and "win." of @window. */
void jump_shortcuts_add (GtkWindow *window);
void jump_shortcuts_show (GtkWindow *window);
