/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What of a user turn a person wrote: agents put reminders and facts about the surroundings around
 * it, in blocks such as <system-reminder>…</system-reminder>. */

/* Returns: (transfer full): the rest, without blanks around it */
char *jump_user_text_strip (const char *text);
/* Returns: (transfer full) (nullable): the working directory a text tells of, absolute */
char *jump_user_text_find_directory (const char *text);
gboolean jump_user_text_wants_title (const char *system);
