/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/setting-layout.h"

#include <gtk/gtk.h>

/* The control of one setting: switch, list or entry, behind one way to read and to fill it. */

/* @is_final: a choice was made, Enter was pressed, or the focus left; otherwise somebody types. */
typedef void (*JumpSettingControlFunc) (GtkWidget *control, gboolean is_final, gpointer user_data);

/* Returns: (transfer floating): the widget that has the focus */
GtkWidget *jump_setting_control_new (const JumpSettingEntry *entry,
                                     JumpSettingControlFunc on_changed,
                                     gpointer user_data);
/* Adds it, and what belongs to it (the button that chooses a file). */
void jump_setting_control_pack (GtkWidget *control, GtkContainer *box);
/* Returns: (transfer full): as in the file: "true", "loopback", "8081" */
char *jump_setting_control_dup_text (GtkWidget *control);
void jump_setting_control_set_text (GtkWidget *control, const char *text);
