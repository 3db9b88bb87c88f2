/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Different spellings of one model's id. Pure text, no catalogue. */

/* Returns: (transfer full): @name in lower case without what tools put around it: "models/" or a
 * vendor in front, ":latest" or "-latest" behind. */
char *jump_model_spelling_strip (const char *name);

/* Returns: (transfer full) (nullable): @name without the date at its end, NULL without a date. */
char *jump_model_spelling_drop_date (const char *name);

/* Returns: (transfer full) (nullable): @name without "[1m]" at its end, NULL without it. */
char *jump_model_spelling_drop_1m (const char *name);

/* Returns: (transfer full): equal for spellings of the same id: claude-sonnet-4.6,
 * claude-sonnet-4-6 and claude-4.6-sonnet. */
char *jump_model_spelling_key (const char *name);
