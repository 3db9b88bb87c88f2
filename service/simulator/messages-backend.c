/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-backend.h"

#include "service/base/json-read.h"
#include "service/simulator/model-shelf.h"

#include <string.h>

/**
 * jump_model_find_version:
 */
double
jump_model_find_version (JsonObject *model)
{
  const char *id = jump_json_get_string (model, "id", "");
  const char *digits = strpbrk (id, "0123456789");

  return digits == NULL ? 0 : g_ascii_strtod (digits, NULL);
}

/**
 * jump_model_is_at_vertex:
 *
 * Of the shares that were measured, those that are whole.
 */
gboolean
jump_model_is_at_vertex (JsonObject *model)
{
  double version = jump_model_find_version (model);

  return version > 4 && version < 4.55;
}

gboolean
jump_model_thinks_adaptively (JsonObject *model)
{
  return jump_model_supports (model, "adaptive_thinking");
}

gboolean
jump_model_takes_budget (JsonObject *model)
{
  return jump_model_supports (model, "max_thinking_budget");
}

/**
 * jump_model_dup_backend_id:
 */
char *
jump_model_dup_backend_id (JsonObject *model, const char *kind, const char *key)
{
  return g_strdup_printf ("%s_%s_%s", kind, jump_model_is_at_vertex (model) ? "vrtx" : "bdrk", key);
}
