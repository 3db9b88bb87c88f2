/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What stands behind "?" in a request's address: names and values as forms send them, decoded. Names that nobody asks
 * for are passed over; a name that comes twice counts as it came first. Pure. */

typedef struct _JumpQueryString JumpQueryString;

/* @query: (nullable). Returns: (transfer full) (nullable): NULL with JUMP_ERROR_BAD_REQUEST for what cannot be
 * decoded, or is too much. */
JumpQueryString *jump_query_string_new (const char *query, GError **error);
void jump_query_string_free (JumpQueryString *self);

/* Returns: (transfer none) (nullable): NULL when it is not there, or empty. */
const char *jump_query_string_get (const JumpQueryString *self, const char *name);
/* All of a name that comes more than once: 0 is the first. */
const char *jump_query_string_get_nth (const JumpQueryString *self, const char *name, guint n);
/* @value: (inout): stays what it is when there is none of that name. FALSE with an error that names it and says what
 * was expected; @most: G_MAXINT64 for no end. */
gboolean jump_query_string_get_int (const JumpQueryString *self,
                                    const char *name,
                                    gint64 least,
                                    gint64 most,
                                    gint64 *value,
                                    GError **error);
/* @words: (array zero-terminated=1). @index: (inout): as @value above. */
gboolean jump_query_string_get_choice (const JumpQueryString *self,
                                       const char *name,
                                       const char *const *words,
                                       guint *index,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpQueryString, jump_query_string_free)
