/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The first run: what this is, whose terms apply, sign in or try the demo. Shown instead of the
 * other pages as long as nobody has been signed in and nothing was chosen. */

#define JUMP_TYPE_PAGE_WELCOME (jump_page_welcome_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageWelcome, jump_page_welcome, JUMP, PAGE_WELCOME, GtkBox)

GtkWidget *jump_page_welcome_new (JumpService *service);
