/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* What to send along with a report of a problem, to read before it is copied. */

#define JUMP_TYPE_REPORT_DIALOG (jump_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JumpReportDialog, jump_report_dialog, JUMP, REPORT_DIALOG, GtkDialog)

/* @parent: (nullable). Its button activates "copy-diagnostics" of @app_actions. */
GtkWidget *
jump_report_dialog_new (GtkWindow *parent, GActionGroup *app_actions, const char *diagnostics);
