/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"

#include <gio/gio.h>
#include <string.h>

/* What stands in place of an absent member. */
static gboolean
read_flag (JsonObject *object,
           const char *member,
           gboolean fallback,
           gboolean *out_flag,
           GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *out_flag = fallback;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected a boolean", member);
      return FALSE;
    }
  *out_flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_wish (GBytes *body, gboolean *out_offline, gboolean *out_calls, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = NULL;

  *out_offline = FALSE;
  *out_calls = TRUE;
  if (length == 0)
    return TRUE;
  object = jump_json_parse_request (data, length, error);
  return object != NULL && read_flag (object, "offline", FALSE, out_offline, error) &&
         read_flag (object, "calls", TRUE, out_calls, error);
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  JumpHttpContext *context = pending->context;
  g_autoptr (GError) error = NULL;
  char *report = context->examine_finish (result, &error, context->user_data);
  g_autoptr (GBytes) body = report == NULL ? NULL : g_bytes_new_take (report, strlen (report));
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (body == NULL)
    jump_http_reply_error (request, error);
  else
    jump_http_reply_bytes (request, 200, "application/json", body);
}

/* POST /api/doctor {"offline":false,"calls":true}; the body may be left out */
void
jump_route_doctor (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  JumpPendingAnswer *pending;
  gboolean is_offline;
  gboolean has_calls;

  if (!read_wish (request->body, &is_offline, &has_calls, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  pending = jump_pending_answer_new (context, request);
  context->examine_async (is_offline,
                          !has_calls,
                          pending->cancellable,
                          on_examined,
                          pending,
                          context->user_data);
}
