/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-refusal.h"

/**
 * jump_responses_refuse_unknown:
 */
JumpPlannedReply *
jump_responses_refuse_unknown (const char *path)
{
  return jump_planned_reply_new_error (400,
                                       "unknown_parameter",
                                       path,
                                       "Unknown parameter: '%s'.",
                                       path);
}

/**
 * jump_responses_refuse_missing:
 */
JumpPlannedReply *
jump_responses_refuse_missing (const char *path)
{
  return jump_planned_reply_new_error (400,
                                       "missing_required_parameter",
                                       path,
                                       "Missing required parameter: '%s'.",
                                       path);
}

/**
 * jump_responses_check_members:
 */
JumpPlannedReply *
jump_responses_check_members (JsonObject *object, const char *path, const char *const *allowed)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *full = NULL;

      if (g_strv_contains (allowed, name))
        continue;
      full = g_strconcat (path, *path == '\0' ? "" : ".", name, NULL);
      return jump_responses_refuse_unknown (full);
    }
  return NULL;
}
