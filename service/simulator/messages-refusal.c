/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-refusal.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/random.h"
#include "service/simulator/messages-backend.h"

/**
 * jump_messages_refuse:
 * @model: whose backend says it
 * @format: the message, as printf
 */
JumpPlannedReply *
jump_messages_refuse (JsonObject *model, const char *format, ...)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *message = NULL;
  g_autofree char *key = jump_random_hex (12);
  g_autofree char *id = jump_model_dup_backend_id (model, "req", key);
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "type", "error");
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "type", "invalid_request_error");
  jump_json_writer_member_string (&writer, "message", message);
  jump_json_writer_end_object (&writer);
  jump_json_writer_member_string (&writer, "request_id", id);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (400, jump_json_writer_finish (&writer));
}

/**
 * jump_messages_refuse_feature:
 */
JumpPlannedReply *
jump_messages_refuse_feature (void)
{
  return jump_planned_reply_new_error (
      400,
      "FAILED_PRECONDITION",
      NULL,
      "Organization Policy constraint constraints/vertexai.allowedPartnerModelFeatures violated: "
      "structured_outputs is not allowed for this model.");
}

/**
 * jump_messages_check_members:
 */
JumpPlannedReply *
jump_messages_check_members (JsonObject *model,
                             JsonObject *object,
                             const char *path,
                             const char *const *allowed)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (!g_strv_contains (allowed, name))
        return jump_messages_refuse (model,
                                     "%s%s%s: Extra inputs are not permitted",
                                     path,
                                     *path == '\0' ? "" : ".",
                                     name);
    }
  return NULL;
}

/**
 * jump_messages_check_cache:
 * @model: whose backend says it
 * @object: a block or a tool
 * @path: where it stands
 */
JumpPlannedReply *
jump_messages_check_cache (JsonObject *model, JsonObject *object, const char *path)
{
  static const char *const members[] = { "type", NULL };
  JsonObject *cache = jump_json_get_object (object, "cache_control");
  g_autofree char *inner = g_strconcat (path, ".cache_control.ephemeral", NULL);

  if (cache == NULL)
    return NULL;
  if (g_strcmp0 (jump_json_get_string (cache, "type", NULL), "ephemeral") != 0)
    return jump_messages_refuse (
        model,
        "%s.cache_control: Input tag found using 'type' does not match any "
        "of the expected tags: 'ephemeral'",
        path);
  return jump_messages_check_members (model, cache, inner, members);
}
