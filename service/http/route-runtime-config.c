/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"
#include "service/http/runtime-config.h"

/* {"error":"…"}, as tools written for ghc-api read it. */
static void
answer_problem (JumpClientRequest *request, const GError *error)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "error", error->message);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 400, &writer);
}

/* GET /api/runtime-config */
void
jump_route_runtime_config (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_runtime_config_write (&writer, context);
  jump_http_reply_json (request, 200, &writer);
}

/* POST /api/runtime-config {"max_connection_retries":2,"save":true} */
void
jump_route_runtime_config_change (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GPtrArray) changes = jump_settings_changes_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  gboolean saves = FALSE;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  object = jump_json_parse_request (data, length, &error);
  if (object == NULL || !jump_runtime_config_read (object, context, changes, &saves, &error) ||
      !jump_settings_set_many (context->settings, changes, saves, NULL, &error))
    {
      answer_problem (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (
      &writer,
      "message",
      saves
          ? "Runtime configuration updated. It is saved."
          : "Runtime configuration updated. It holds until Jumpseat ends; \"save\": true keeps it.");
  jump_json_writer_member (&writer, "config");
  jump_runtime_config_write (&writer, context);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}
