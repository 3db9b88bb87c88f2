/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"
#include "service/http/status-report.h"

#include <gio/gio.h>

/* GET /api/status */
void
jump_route_control_status (JumpHttpContext *context, JumpClientRequest *request)
{
  char *report = jump_status_report_new (context, context->url);
  g_autoptr (GBytes) body = g_bytes_new_take (report, strlen (report));

  jump_http_reply_bytes (request, 200, "application/json", body);
}

/* POST /api/window */
void
jump_route_control_show (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer,
                                   "shown",
                                   context->show != NULL && context->show (context->user_data));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* POST /api/stop */
void
jump_route_control_stop (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "stopping", TRUE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 202, &writer);
  context->stop (context->user_data);
}

static void
on_token_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_refresh_finish (JUMP_TOKEN_MANAGER (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);
  g_auto (JumpJsonWriter) writer = { 0 };

  if (request == NULL)
    return;
  if (token == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "token_expires_at", token->expires_at);
  jump_json_writer_member_int (&writer,
                               "token_expires_in_seconds",
                               token->expires_at == 0
                                   ? 0
                                   : token->expires_at -
                                         jump_clock_get_wall_seconds (pending->context->clock));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* POST /api/token/refresh */
void
jump_route_control_refresh (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending = jump_pending_answer_new (context, request);

  jump_token_manager_refresh_async (context->tokens,
                                    pending->cancellable,
                                    on_token_refreshed,
                                    pending);
}

static void
set_paused (JumpHttpContext *context, JumpClientRequest *request, gboolean is_paused)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  if (context->set_paused != NULL)
    context->set_paused (is_paused, context->user_data);
  else
    context->is_paused = is_paused;
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "paused", context->is_paused);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* POST /api/pause: what runs goes on, new model requests are turned away. */
void
jump_route_control_pause (JumpHttpContext *context, JumpClientRequest *request)
{
  set_paused (context, request, TRUE);
}

/* POST /api/resume */
void
jump_route_control_resume (JumpHttpContext *context, JumpClientRequest *request)
{
  set_paused (context, request, FALSE);
}

/* DELETE /api/requests/{id} */
void
jump_route_control_cancel (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  if (!jump_relay_cancel (context->relay, request->parameter))
    {
      g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                              JUMP_ERROR_NOT_FOUND,
                                              "no request \"%s\" is running",
                                              request->parameter);

      jump_http_reply_error (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "id", request->parameter);
  jump_json_writer_member_boolean (&writer, "cancelled", TRUE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}
