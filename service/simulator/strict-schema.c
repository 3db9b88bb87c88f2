/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/strict-schema.h"

#include "service/base/json-read.h"

#include <string.h>

#define MAX_DEPTH 12

static char *find_problem (JsonObject *schema, const char *context, guint depth);

static char *
check_object (JsonObject *schema, JsonObject *properties, const char *context, guint depth)
{
  JsonNode *additional = json_object_get_member (schema, "additionalProperties");
  JsonArray *required = jump_json_get_array (schema, "required");
  JsonObjectIter iter;
  const char *name;

  if (additional == NULL || jump_json_get_boolean (schema, "additionalProperties", TRUE))
    return g_strdup_printf (
        "In context=(%s), 'additionalProperties' is required to be supplied and to be false.",
        context);
  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonObject *inner = jump_json_get_object (properties, name);
      g_autofree char *deeper =
          g_strdup_printf ("%s%s'properties', '%s'", context, *context == '\0' ? "" : ", ", name);
      char *problem;

      if (required == NULL || !jump_json_array_has_string (required, name))
        return g_strdup_printf ("In context=(%s), 'required' is required to be supplied and to be "
                                "an array including every key in properties. Missing '%s'.",
                                context,
                                name);
      problem = inner == NULL ? NULL : find_problem (inner, deeper, depth + 1);
      if (problem != NULL)
        return problem;
    }
  return NULL;
}

static char *
find_problem (JsonObject *schema, const char *context, guint depth)
{
  JsonObject *properties = jump_json_get_object (schema, "properties");
  JsonObject *items = jump_json_get_object (schema, "items");
  g_autofree char *deeper = g_strdup_printf ("%s%s'items'", context, *context == '\0' ? "" : ", ");
  char *problem = NULL;

  if (depth > MAX_DEPTH)
    return NULL;
  if (properties != NULL)
    problem = check_object (schema, properties, context, depth);
  if (problem == NULL && items != NULL)
    problem = find_problem (items, deeper, depth + 1);
  return problem;
}

/**
 * jump_strict_schema_find_problem:
 */
char *
jump_strict_schema_find_problem (JsonObject *schema)
{
  return find_problem (schema, "", 0);
}
