/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The words around a conversation. Pure; any thread. */

/* Returns: (transfer full): "You", "Assistant", "Tool call: read_file". */
char *jump_conversation_heading_new (const JumpTranscriptPart *part);
/* Returns: (transfer full): the part's text as a text view can bear it: valid, no endless lines, and
 * not longer than anybody reads. */
char *jump_conversation_text_new (const JumpTranscriptPart *part);
/* Returns: (transfer full): what a transcript is made from, frozen, for another thread. */
JumpExchangeRecord *jump_conversation_copy_record (const JumpExchangeRecord *record);
