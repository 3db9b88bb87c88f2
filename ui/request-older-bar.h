/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-archive.h"

#include <gtk/gtk.h>

/* Above the list: brings in older requests, and says how far that went. Emits "asked" when somebody pressed it. */

#define JUMP_TYPE_REQUEST_OLDER_BAR (jump_request_older_bar_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestOlderBar, jump_request_older_bar, JUMP, REQUEST_OLDER_BAR, GtkBox)

void jump_request_older_bar_set_archive (JumpRequestOlderBar *self, JumpRequestArchive *archive);
/* @text: (nullable): what somebody looks for in the list; the archive is asked for it, too. */
void jump_request_older_bar_set_text (JumpRequestOlderBar *self, const char *text);
