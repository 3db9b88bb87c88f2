/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Puts @text on the clipboard; the window of @widget says @done for a moment. */
void jump_copy_text (GtkWidget *widget, const char *text, const char *done);
