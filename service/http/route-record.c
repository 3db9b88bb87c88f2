/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/record-shelf.h"
#include "service/http/record-text.h"
#include "service/http/routes.h"

#include <string.h>

/* What the reference says; its clients compare it. */
#define REFERENCE_PATH      "/api/request/"
#define REFERENCE_NOT_FOUND "{\"error\":\"Request not found\"}"

typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  JumpRecordPart part;
} Asking;

static void
free_asking (Asking *self)
{
  jump_pending_answer_free (self->answer);
  g_free (self);
}

static void
answer_not_found (JumpClientRequest *request, const char *what)
{
  g_autoptr (GError) error = NULL;

  if (g_str_has_prefix (request->path, REFERENCE_PATH))
    {
      g_autoptr (GBytes) body =
          g_bytes_new_static (REFERENCE_NOT_FOUND, strlen (REFERENCE_NOT_FOUND));

      jump_http_reply_bytes (request, 404, "application/json", body);
      return;
    }
  error = g_error_new (JUMP_ERROR, JUMP_ERROR_NOT_FOUND, "%s \"%s\"", what, request->parameter);
  jump_http_reply_error (request, error);
}

static void
on_text_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *self = user_data;
  g_autoptr (GError) error = NULL;
  char *text = jump_record_text_write_finish (result, &error);
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL && error != NULL)
    jump_http_reply_error (request, error);
  else if (request != NULL && body == NULL)
    answer_not_found (request, "that body is not kept of the request");
  else if (request != NULL)
    jump_http_reply_bytes (request,
                           200,
                           self->part == JUMP_RECORD_CURL ? "text/plain; charset=utf-8"
                                                          : "application/json",
                           body);
  free_asking (self);
}

static void
on_record_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpExchangeRecord) record = jump_record_shelf_get_finish (result, &error);
  JumpHttpContext *context = self->answer->context;
  JumpClientRequest *request;

  if (record != NULL && self->answer->request != NULL)
    {
      jump_record_text_write_async (record,
                                    self->part,
                                    context->url,
                                    self->answer->cancellable,
                                    on_text_written,
                                    self);
      return;
    }
  request = jump_pending_answer_take (self->answer);
  if (request != NULL && error != NULL)
    jump_http_reply_error (request, error);
  else if (request != NULL)
    answer_not_found (request, "there is no request");
  free_asking (self);
}

static void
answer_part (JumpHttpContext *context, JumpClientRequest *request, JumpRecordPart part)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->answer = jump_pending_answer_new (context, request);
  asking->part = part;
  jump_record_shelf_get_async (context,
                               request->parameter,
                               asking->answer->cancellable,
                               on_record_found,
                               asking);
}

/* GET /api/requests/{id}, /api/request/{id}: as a line of a .jl file */
void
jump_route_record (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_part (context, request, JUMP_RECORD_ALL);
}

/* GET …/{id}/request-body: as it was sent to upstream */
void
jump_route_record_request (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_part (context, request, JUMP_RECORD_REQUEST);
}

/* GET …/{id}/original-request-body: as the client sent it */
void
jump_route_record_own_request (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_part (context, request, JUMP_RECORD_OWN_REQUEST);
}

/* GET …/{id}/response-body */
void
jump_route_record_reply (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_part (context, request, JUMP_RECORD_REPLY);
}

/* GET …/{id}/curl: text */
void
jump_route_record_curl (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_part (context, request, JUMP_RECORD_CURL);
}
