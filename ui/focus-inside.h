/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Tab goes through the controls of a container that is itself no place to stop at. A GtkListBox and
 * its rows stop the focus, also where they may not have it, and then it moves no further. */

void jump_focus_inside (GtkContainer *container);
