/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Whether anything on this desktop shows tray icons: a StatusNotifierWatcher that has a host, or,
 * where there is no watcher, an XEmbed tray. Follows panels that come, die and return; asks nobody
 * in a loop and waits for nobody. Emits "changed" when the answer became another one, and once when
 * it is known first. */

#define JUMP_TYPE_TRAY_HOST (jump_tray_host_get_type ())
G_DECLARE_FINAL_TYPE (JumpTrayHost, jump_tray_host, JUMP, TRAY_HOST, GObject)

/* @connection: (nullable): the session bus */
JumpTrayHost *jump_tray_host_new (GDBusConnection *connection);
/* FALSE as long as it is not known. */
gboolean jump_tray_host_is_present (JumpTrayHost *self);
