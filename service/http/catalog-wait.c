/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/catalog-wait.h"

#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"

typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  JumpRouteFunc func;
} Wait;

static void
on_catalog_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Wait *wait = user_data;
  g_autoptr (JumpPendingAnswer) pending = wait->answer;
  g_autoptr (GError) error = NULL;
  gboolean is_there =
      jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (is_there)
    wait->func (pending->context, request);
  else
    jump_http_reply_error (request, error);
}

/**
 * jump_catalog_wait:
 * @context: lives longer than the request
 * @request: not answered yet
 * @answer: called at once when the catalogue is there
 */
void
jump_catalog_wait (JumpHttpContext *context, JumpClientRequest *request, JumpRouteFunc answer)
{
  JumpModelCatalog *catalog = jump_relay_get_catalog (context->relay);
  Wait *wait;

  if (jump_model_catalog_is_ready (catalog))
    {
      answer (context, request);
      return;
    }
  wait = g_new0 (Wait, 1);
  wait->answer = jump_pending_answer_new (context, request);
  wait->func = answer;
  jump_model_catalog_ensure_async (catalog, wait->answer->cancellable, on_catalog_ensured, wait);
}
