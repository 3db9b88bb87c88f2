/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What OpenAI's models demand of schemas that are called strict: every object closed, every property
 * required. */

/* Returns: (transfer full) (nullable): what is wrong, in the real one's words; NULL when nothing is */
char *jump_strict_schema_find_problem (JsonObject *schema);
