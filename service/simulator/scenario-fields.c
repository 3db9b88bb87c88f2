/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/scenario-fields.h"

#include "service/base/error.h"
#include "service/base/json-read.h"

/**
 * jump_scenario_fields_only:
 * @object: a part of a scenario
 * @path: where it stands, empty at the top
 * @allowed: NULL-terminated
 */
gboolean
jump_scenario_fields_only (JsonObject *object,
                           const char *path,
                           const char *const *allowed,
                           GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (allowed, name))
        return jump_scenario_fields_fail (error, path, name, "no such field");
    }
  return TRUE;
}

/**
 * jump_scenario_fields_int:
 * @object: a part of a scenario
 * @path: where it stands
 * @member: the field
 * @min: the smallest value that may be written
 * @max: the largest
 * @fallback: when absent; may lie outside the range
 * @out_value: (out): the value
 */
gboolean
jump_scenario_fields_int (JsonObject *object,
                          const char *path,
                          const char *member,
                          gint64 min,
                          gint64 max,
                          gint64 fallback,
                          gint64 *out_value,
                          GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *out_value = fallback;
  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return jump_scenario_fields_fail (error, path, member, "integer");
  *out_value = json_node_get_int (node);
  if (*out_value < min || *out_value > max)
    return jump_scenario_fields_fail (error, path, member, "a number in range");
  return TRUE;
}

/**
 * jump_scenario_fields_fail:
 *
 * Returns: FALSE, so that callers can return it
 */
gboolean
jump_scenario_fields_fail (GError **error,
                           const char *path,
                           const char *member,
                           const char *expected)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "scenario: %s%s%s: expected %s",
               path,
               *path == '\0' ? "" : ".",
               member,
               expected);
  return FALSE;
}
