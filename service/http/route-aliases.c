/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/catalog-wait.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

/* Short names of models: the table model_aliases of the settings. */

/* With the model that the name means now, null when the account has none. */
static void
write_alias (JumpJsonWriter *writer, JumpHttpContext *context, const char *name, const char *target)
{
  JumpMapped how = JUMP_MAPPED_SAME;
  JumpModel *model = NULL;
  g_autofree char *id = jump_model_mapping_resolve (jump_relay_get_mapping (context->relay),
                                                    jump_relay_get_catalog (context->relay),
                                                    name,
                                                    &how,
                                                    &model);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", name);
  jump_json_writer_member_string (writer, "target", target);
  jump_json_writer_member_string (writer, "model", model != NULL ? id : NULL);
  jump_json_writer_end_object (writer);
}

static void
answer_list (JumpHttpContext *context, JumpClientRequest *request)
{
  GPtrArray *rows = jump_settings_get_table (context->settings, JUMP_TABLE_MODEL_ALIASES);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "aliases");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpSettingPair *row = g_ptr_array_index (rows, i);

      write_alias (&writer, context, row->name, row->target);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static char *
dup_setting_name (const JumpClientRequest *request)
{
  return g_strconcat (jump_setting_table_group (JUMP_TABLE_MODEL_ALIASES),
                      ".",
                      request->parameter,
                      NULL);
}

static void
answer_one (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *name = dup_setting_name (request);
  g_autofree char *target = jump_settings_get_text (context->settings, name, NULL);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  write_alias (&writer, context, request->parameter, target);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /api/models/aliases */
void
jump_route_aliases (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_list);
}

/* PUT /api/models/aliases/{name} {"target":"claude-sonnet-*"} */
void
jump_route_alias_set (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *name = dup_setting_name (request);
  const char *target = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  object = jump_json_parse_request (data, length, &error);
  if (object == NULL || !jump_json_need_string (object, "", "target", &target, &error) ||
      !jump_settings_set_text (context->settings, name, target, &error))
    {
      if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
        error->code = JUMP_ERROR_BAD_REQUEST;
      jump_http_reply_error (request, error);
      return;
    }
  jump_catalog_wait (context, request, answer_one);
}

/* DELETE /api/models/aliases/{name} */
void
jump_route_alias_remove (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dup_setting_name (request);

  if (jump_settings_reset (context->settings, name, &error))
    {
      jump_http_reply_empty (request, NULL);
      return;
    }
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
    error->code = JUMP_ERROR_NOT_FOUND;
  jump_http_reply_error (request, error);
}
