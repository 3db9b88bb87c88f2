/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* A request and its reply as a conversation: who said what, under headings, as one text to select
 * from. It is read in a thread, and put in piece by piece. */

#define JUMP_TYPE_CONVERSATION_VIEW (jump_conversation_view_get_type ())
G_DECLARE_FINAL_TYPE (JumpConversationView,
                      jump_conversation_view,
                      JUMP,
                      CONVERSATION_VIEW,
                      GtkStack)

/* Shows what @record has by now; may be called again as it grows. */
void jump_conversation_view_set_record (JumpConversationView *self, JumpExchangeRecord *record);
void jump_conversation_view_set_note (JumpConversationView *self, const char *note);
