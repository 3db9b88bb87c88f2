/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/catalog-wait.h"
#include "service/http/http-reply.h"
#include "service/http/model-report.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"

/* The models as somebody sees them who is in charge: with terms and prices, and what there is to do about them. */

static void
answer_offer (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  GListModel *models = G_LIST_MODEL (jump_relay_get_catalog (context->relay));

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "object", "list");
  jump_json_writer_member (&writer, "data");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (models, i);

      jump_model_report_write (&writer, model, TRUE);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_boolean (&writer, "has_more", FALSE);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /api/models */
void
jump_route_offer (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, answer_offer);
}

static void
on_catalog_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_fresh =
      jump_model_catalog_refresh_finish (JUMP_MODEL_CATALOG (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (is_fresh)
    answer_offer (pending->context, request);
  else
    jump_http_reply_error (request, error);
}

/* POST /api/models/refresh: asks upstream now; the answer is the list. */
void
jump_route_offer_refresh (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending = jump_pending_answer_new (context, request);

  jump_model_catalog_refresh_async (jump_relay_get_catalog (context->relay),
                                    pending->cancellable,
                                    on_catalog_refreshed,
                                    pending);
}

/* ---- enabling ---- */

static void
answer_model (JumpClientRequest *request, JumpModel *model)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_model_report_write (&writer, model, TRUE);
  jump_http_reply_json (request, 200, &writer);
}

static void
answer_unknown (JumpClientRequest *request)
{
  g_autoptr (GError) error = g_error_new (JUMP_ERROR,
                                          JUMP_ERROR_NOT_FOUND,
                                          "the account has no model \"%s\"",
                                          request->parameter);

  jump_http_reply_error (request, error);
}

/* In OpenAI's shape, with what there is to agree to. */
static void
answer_terms (JumpClientRequest *request, JumpModel *model)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer,
                                  "message",
                                  "accept_terms: expected true, from somebody who has read the "
                                  "terms of this model");
  jump_json_writer_member_string (&writer, "type", "invalid_request_error");
  jump_json_writer_member_string (&writer, "param", "accept_terms");
  jump_json_writer_member_string (&writer, "code", "terms_not_accepted");
  jump_json_writer_member_string (&writer, "terms", jump_model_get_terms (model));
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 400, &writer);
}

static void
on_model_enabled (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  JumpHttpContext *context = pending->context;
  gboolean is_enabled = context->enable_model_finish (result, &error, context->user_data);
  JumpClientRequest *request = jump_pending_answer_take (pending);
  JumpModel *model;

  if (request == NULL)
    return;
  if (!is_enabled)
    {
      jump_http_reply_error (request, error);
      return;
    }
  model = jump_model_catalog_lookup (jump_relay_get_catalog (context->relay), request->parameter);
  if (model != NULL)
    answer_model (request, model);
  else
    answer_unknown (request);
}

static void
enable (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpModel *model =
      jump_model_catalog_lookup (jump_relay_get_catalog (context->relay), request->parameter);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  JumpPendingAnswer *pending;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  object = length == 0 ? json_object_new () : jump_json_parse_request (data, length, &error);
  if (object == NULL)
    jump_http_reply_error (request, error);
  else if (model == NULL)
    answer_unknown (request);
  else if (jump_model_get_is_enabled (model))
    answer_model (request, model);
  else if (!jump_json_get_boolean (object, "accept_terms", FALSE))
    answer_terms (request, model);
  else
    {
      pending = jump_pending_answer_new (context, request);
      context->enable_model_async (
          request->parameter,
          NULL, /* half an agreement is none: it goes on when the client leaves */
          on_model_enabled,
          pending,
          context->user_data);
    }
}

/* POST /api/models/{id}/enable {"accept_terms":true} */
void
jump_route_offer_enable (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_catalog_wait (context, request, enable);
}
