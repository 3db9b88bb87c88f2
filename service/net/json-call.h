/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-client.h"

#include <json-glib/json-glib.h>

/* One small request with a reply that is read whole: sign-in, tokens, account, models. The status
 * is not judged here. Cancelling @cancellable closes the connection. */

typedef struct
{
  guint status;
  GBytes *body;      /* (owned) */
  JsonNode *json;    /* (owned) (nullable): the body if it is JSON, whatever its content type */
  char *retry_after; /* (owned) (nullable) */
  char *sso;         /* (owned) (nullable): X-GitHub-SSO */
  char *etag;        /* (owned) (nullable) */
  char *date;        /* (owned) (nullable) */
  char *limit_reset; /* (owned) (nullable): X-RateLimit-Reset */
} JumpJsonReply;

void jump_json_reply_free (JumpJsonReply *self);
JsonObject *jump_json_reply_get_object (JumpJsonReply *self);

void jump_json_call_async (JumpHttpClient *client,
                           JumpHttpRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
JumpJsonReply *jump_json_call_finish (JumpHttpClient *client, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpJsonReply, jump_json_reply_free)
