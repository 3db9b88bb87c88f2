/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What the doctor finds (service/doctor/doctor.h), as a list with what to do about it. Begins at once, without
 * model calls: those cost credits, so they have a button of their own. */

#define JUMP_TYPE_CHECK_DIALOG (jump_check_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JumpCheckDialog, jump_check_dialog, JUMP, CHECK_DIALOG, GtkDialog)

/* @parent: (nullable) */
GtkWidget *jump_check_dialog_new (GtkWindow *parent, JumpService *service);
