/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/notification-area-windows.h"

#include <gio/gio.h>

/* Shows beside the tray icon what the program has to tell. Whoever has the application reaches it
 * by two actions, "show-notice" and "withdraw-notice", which are there as long as the icon is. */

typedef struct _JumpNoticeBoard JumpNoticeBoard;

JumpNoticeBoard *jump_notice_board_new (JumpNotificationArea *area, GApplication *application);
void jump_notice_board_free (JumpNoticeBoard *self);
/* Somebody clicked notice @number. */
void jump_notice_board_choose (JumpNoticeBoard *self, guint number);
