/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* @parent: (nullable) */
GtkWidget *
jump_about_dialog_new (GtkWindow *parent, GActionGroup *app_actions, JumpService *service);
