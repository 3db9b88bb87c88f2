/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-text.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"
#include "service/keys/key-desk.h"

/* @text: (transfer full): JSON; wiped when it was sent, for there may be a secret in it */
static void
reply (JumpClientRequest *request, guint status, char *text, const GError *error)
{
  g_autoptr (GBytes) body = NULL;

  if (text == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  body = g_bytes_new_with_free_func (text, strlen (text), (GDestroyNotify) jump_secret_free, text);
  jump_http_reply_bytes (request, status, "application/json", body);
}

/* GET /api/keys */
void
jump_route_keys (JumpHttpContext *context, JumpClientRequest *request)
{
  reply (request, 200, jump_key_desk_list (context->keys, context->key_meter), NULL);
}

/* POST /api/keys {"name":"laptop","requests_per_minute":20} */
void
jump_route_key_create (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  char *text = jump_key_desk_create (context->keys, context->key_meter, request->body, &error);

  reply (request, 201, text, error);
}

/* PATCH /api/keys/{id} {"state":"revoked"} */
void
jump_route_key_change (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  char *text = jump_key_desk_change (context->keys,
                                     context->key_meter,
                                     request->parameter,
                                     request->body,
                                     &error);

  reply (request, 200, text, error);
}

/* DELETE /api/keys/{id} */
void
jump_route_key_remove (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  char *text = jump_key_desk_remove (context->keys, request->parameter, &error);

  reply (request, 200, text, error);
}
