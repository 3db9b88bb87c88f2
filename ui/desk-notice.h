/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* What the desktop is to tell the person. desk-notice-unix.c hands it on as a GNotification; GLib shows
 * none on Windows, where it comes out of the tray icon (desk-notice-windows.c). */

typedef struct _JumpDeskNotice JumpDeskNotice;

/* @action: in detail, "app.show-window", done when the notice itself is clicked. @target: (nullable) */
JumpDeskNotice *
jump_desk_notice_new (const char *title, const char *body, const char *action, GVariant *target);
void jump_desk_notice_free (JumpDeskNotice *self);

void jump_desk_notice_set_priority (JumpDeskNotice *self, GNotificationPriority priority);
/* Desktops without buttons leave them out. @target: (nullable) */
void jump_desk_notice_add_button (JumpDeskNotice *self,
                                  const char *label,
                                  const char *action,
                                  GVariant *target);

/* Under @id it is replaced by another one, and withdrawn. */
void jump_desk_notice_send (JumpDeskNotice *self, GApplication *application, const char *id);
void jump_desk_notice_withdraw (GApplication *application, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpDeskNotice, jump_desk_notice_free)
