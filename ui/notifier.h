/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"
#include "ui/told-before.h"

/* Desktop notifications: sign-in needed and done, quota at 80 and 95 %, client refused, and the
 * icon's signals where no icon is shown. Each once, until its cause was gone. */

#define JUMP_TYPE_NOTIFIER (jump_notifier_get_type ())
G_DECLARE_FINAL_TYPE (JumpNotifier, jump_notifier, JUMP, NOTIFIER, GObject)

/* @told: (transfer none): outlives the notifier */
JumpNotifier *
jump_notifier_new (GApplication *application, JumpService *service, JumpToldBefore *told);
/* Whether a tray icon is visible; without one more is told. Nothing is told before this is known. */
void jump_notifier_set_has_tray (JumpNotifier *self, gboolean has_tray);
/* Whether somebody is at the window, which shows the same. */
void jump_notifier_set_is_watched (JumpNotifier *self, gboolean is_watched);
