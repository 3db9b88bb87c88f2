/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

static void
write_request (JumpJsonWriter *writer, JumpApprovalRequest *request)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", jump_approval_request_get_id (request));
  jump_json_writer_member_string (writer, "client", jump_approval_request_get_client (request));
  jump_json_writer_member_string (writer, "model", jump_approval_request_get_model (request));
  jump_json_writer_member_string (writer, "reason", jump_approval_request_get_reason (request));
  jump_json_writer_member_int (writer, "since", jump_approval_request_get_since (request));
  jump_json_writer_member_int (writer, "until", jump_approval_request_get_until (request));
  jump_json_writer_end_object (writer);
}

/* GET /api/approvals: {"approvals":[{"id","client","model","reason","since","until"}]}, oldest first, times
 * in seconds since the epoch; the reason is null unless it is about money. */
void
jump_route_approvals (JumpHttpContext *context, JumpClientRequest *request)
{
  GListModel *desk = G_LIST_MODEL (jump_relay_get_approvals (context->relay));
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "approvals");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < g_list_model_get_n_items (desk); i++)
    {
      g_autoptr (JumpApprovalRequest) waiting = g_list_model_get_item (desk, i);

      write_request (&writer, waiting);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static gboolean
read_answer (JumpClientRequest *request, JumpApprovalAnswer *out_answer, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonObject) object = jump_json_parse_request (data, length, error);
  const char *word;

  if (object == NULL || !jump_json_need_string (object, "", "answer", &word, error))
    return FALSE;
  if (jump_approval_answer_parse (word, out_answer))
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "answer: expected once, ten_minutes, always or deny, not \"%.40s\"",
               word);
  return FALSE;
}

/* POST /api/approvals/{id} {"answer":"once"} */
void
jump_route_approval_answer (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpApprovalDesk *desk = jump_relay_get_approvals (context->relay);
  JumpApprovalAnswer answer;
  g_autoptr (GError) error = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };

  if (!read_answer (request, &answer, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  if (!jump_approval_desk_answer (desk, request->parameter, answer))
    {
      error = g_error_new (JUMP_ERROR,
                           JUMP_ERROR_NOT_FOUND,
                           "id: no request \"%s\" waits to be allowed",
                           request->parameter);
      jump_http_reply_error (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "id", request->parameter);
  jump_json_writer_member_boolean (&writer, "allowed", answer != JUMP_APPROVAL_DENY);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}
