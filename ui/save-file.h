/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Asks where to put something and puts it there; the window says how it went. */

/* @widget: what was clicked. @title: of the dialog. @name: proposed */
void jump_save_file_ask (GtkWidget *widget, const char *title, const char *name, GBytes *content);
/* Says @text in the window of @widget. */
void jump_save_file_tell (GtkWidget *widget, const char *text);
