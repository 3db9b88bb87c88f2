/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The ids of Responses as Copilot gives them out: long, opaque, another one in every event for the
 * same thing (protocol 6.1). None of them may come back, except beside the reasoning it was
 * delivered with. */

/* @partner: what it is delivered with, "" for nothing. Returns: (transfer full) */
char *jump_opaque_id_make (const char *partner);
gboolean jump_opaque_id_belongs_to (const char *id, const char *partner);
/* Whether it is one of these at all. */
gboolean jump_opaque_id_is_own (const char *id);
