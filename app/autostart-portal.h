/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/autostart.h"

/* Inside a sandbox: the Background portal asks the user and does it outside. It does not tell what
 * it has done before, so the last answer is kept in a file. */

#define JUMP_TYPE_AUTOSTART_PORTAL (jump_autostart_portal_get_type ())
G_DECLARE_FINAL_TYPE (JumpAutostartPortal, jump_autostart_portal, JUMP, AUTOSTART_PORTAL, GObject)

/* @data_dir: where the answer is kept. */
JumpAutostart *jump_autostart_portal_new (const char *data_dir);
gboolean jump_autostart_portal_is_needed (void);
