/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/prompt-words.h"

#include <json-glib/json-glib.h>

/* Makes up a value that a JSON schema accepts, with words of the prompt where they fit. Knows what
 * tools and structured outputs use: types, properties, required, enum, const, items, anyOf, oneOf,
 * allOf (its first), $ref, format, and the usual limits. */

/* @variant: 0, 1, …: picks other words, for calls in parallel.
 * @complete: whether optional properties are filled in too.
 * Returns: (transfer full): JSON */
char *jump_schema_instance_make (JsonObject *schema,
                                 const JumpPromptWords *words,
                                 guint variant,
                                 gboolean complete);
