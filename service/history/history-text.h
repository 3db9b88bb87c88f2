/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Text as it is looked for: what is to be read in bodies, without the JSON around it, and what somebody types as a
 * question that the search engine takes. */

/* (transfer full): in one case; bytes that are no UTF-8 are replaced. */
char *jump_history_text_fold (const char *text);
/* Appends the strings of @body, JSON or a stream of it, as words; no more than what fits into @out's @limit bytes.
 * Pieces of a streamed answer are joined. */
void jump_history_text_append_body (GString *out, GBytes *body, gsize limit);
/* Appends plain text: a script without spaces gets a space around each letter, so that any part can be found. */
void jump_history_text_append_words (GString *out, const char *text);
/* (transfer full) (nullable): for MATCH: all words, the last one perhaps not finished; NULL: there are none. No
 * text is wrong. */
char *jump_history_text_make_match (const char *text);
