/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/history-import.h"

/* Asks what of the history is to be deleted, and deletes it for good. */

#define JUMP_TYPE_HISTORY_PURGE (jump_history_purge_get_type ())
G_DECLARE_FINAL_TYPE (JumpHistoryPurge, jump_history_purge, JUMP, HISTORY_PURGE, GtkDialog)

/* @widget: what was clicked; its window says how it went. @changed: when it is done; @widget lives until then. */
void jump_history_purge_ask (GtkWidget *widget,
                             JumpService *service,
                             JumpHistoryChangedFunc changed,
                             gpointer user_data);
