/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/copilot-side.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/random.h"
#include "service/simulator/embedding-side.h"
#include "service/simulator/talk-side.h"

#define PLAIN "text/plain; charset=utf-8"

/* Texts of protocol 7.2. Returns: (nullable): what is wrong with the credentials. */
static JumpPlannedReply *
check_caller (JumpSimulatorState *state, const JumpIncomingCall *call, guint *out_exchange)
{
  const char *header = jump_incoming_call_get_header (call, "Authorization");
  gint64 now = jump_clock_get_wall_seconds (state->clock);
  JumpTokenState token;

  if (header == NULL)
    return jump_planned_reply_new_text (401, PLAIN, "unauthorized: missing Authorization header\n");
  if (!g_str_has_prefix (header, "Bearer ") || header[strlen ("Bearer ")] == '\0')
    return jump_planned_reply_new_text (400,
                                        PLAIN,
                                        "bad request: Authorization header is badly formatted\n");

  token = jump_token_mint_check (state->mint, header + strlen ("Bearer "), now, out_exchange);
  switch (token)
    {
    case JUMP_TOKEN_UNKNOWN:
      return jump_planned_reply_new_text (
          401,
          PLAIN,
          "unauthorized: AuthenticateToken authentication failed\n");
    case JUMP_TOKEN_EXPIRED:
      return jump_planned_reply_new_text (401,
                                          PLAIN,
                                          "IDE token expired: unauthorized: token expired\n");
    case JUMP_TOKEN_IDE:
      if (jump_incoming_call_get_header (call, "Editor-Version") == NULL)
        return jump_planned_reply_new_text (
            400,
            PLAIN,
            "bad request: missing Editor-Version header for IDE auth\n");
      return NULL;
    case JUMP_TOKEN_DIRECT:
      break;
    }
  if (state->scenario->kind == JUMP_ACCOUNT_REVOKED)
    return jump_planned_reply_new_text (401,
                                        PLAIN,
                                        "unauthorized: AuthenticateToken authentication failed\n");
  if (state->scenario->kind == JUMP_ACCOUNT_NO_SEAT)
    return jump_planned_reply_new_text (403, PLAIN, "unauthorized: not licensed to use Copilot\n");
  return NULL;
}

static gboolean
is_identified (const JumpIncomingCall *call)
{
  return jump_incoming_call_get_header (call, "Copilot-Integration-Id") != NULL;
}

static void
add_tracing (JumpPlannedReply *reply)
{
  g_autofree char *request_id = jump_random_uuid ();
  g_autofree char *a = jump_random_hex (2);
  g_autofree char *b = jump_random_hex (12);
  g_autofree char *github_id = g_strdup_printf ("%s:%s", a, b);

  jump_planned_reply_add_header (reply, "x-request-id", request_id);
  jump_planned_reply_add_header (reply, "x-copilot-service-request-id", request_id);
  jump_planned_reply_add_header (reply, "x-github-request-id", github_id);
  jump_planned_reply_add_header (reply, "x-github-backend", "Kubernetes");
}

static JumpPlannedReply *
answer_policy (JumpSimulatorState *state, JumpIncomingCall *call, JsonObject *model)
{
  JsonObject *body = jump_incoming_call_get_object (call);

  if (g_strcmp0 (jump_json_get_string (body, "state", NULL), "enabled") != 0)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         NULL,
                                         "state: expected \"enabled\"");
  if (!state->shape->individual)
    return jump_planned_reply_new_error (403,
                                         "forbidden",
                                         NULL,
                                         "model policies are managed by your organization");
  jump_model_shelf_enable (state->shelf, model);
  return jump_planned_reply_new_json (200, g_strdup ("{\"state\":\"enabled\",\"terms\":\"\"}"));
}

/* GET /models, GET /models/{id}, POST /models/{id}/policy */
static JumpPlannedReply *
answer_models (JumpSimulatorState *state, JumpIncomingCall *call)
{
  g_auto (GStrv) parts = g_strsplit (call->path + 1, "/", -1);
  guint n = g_strv_length (parts);
  JsonObject *model = n > 1 ? jump_model_shelf_find (state->shelf, parts[1]) : NULL;
  gboolean is_get = g_str_equal (call->method, "GET");

  if (n == 1 && is_get)
    return jump_planned_reply_new_json (200,
                                        jump_model_shelf_list (state->shelf, is_identified (call)));
  if (n == 2 && is_get && model != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), model);

      return jump_planned_reply_new_json (200, jump_json_node_to_text (node));
    }
  if (n == 3 && g_str_equal (call->method, "POST") && g_str_equal (parts[2], "policy") &&
      model != NULL)
    return answer_policy (state, call, model);
  return NULL;
}

/* What is known without a look at the caller. Returns: (nullable) */
static JumpPlannedReply *
answer_anybody (const JumpIncomingCall *call)
{
  if (g_str_equal (call->key, "GET /_ping"))
    return jump_planned_reply_new_text (200, PLAIN, "OK");
  /* A way to talk over WebSocket, shown to those who do not ask for one (protocol 6.2). */
  if (g_str_equal (call->key, "GET /responses"))
    return jump_planned_reply_new_text (400, PLAIN, "Bad Request\n");
  return NULL;
}

static JumpPlannedReply *
answer_known (JumpSimulatorState *state, JumpIncomingCall *call)
{
  JumpPlannedReply *reply = answer_anybody (call);
  guint exchange = 0;
  gboolean is_models =
      g_str_equal (call->path, "/models") || g_str_has_prefix (call->path, "/models/");
  gboolean is_talk = jump_talk_side_knows (call->key);
  gboolean is_embeddings = g_str_equal (call->key, "POST /embeddings");

  if (reply != NULL || (!is_models && !is_talk && !is_embeddings))
    return reply;
  reply = check_caller (state, call, &exchange);
  if (reply != NULL)
    return reply;
  if (is_models)
    return answer_models (state, call);
  if (is_embeddings)
    return jump_embedding_side_answer (state, call);
  if (exchange > 0 && exchange < state->scenario->misdirected_before)
    return jump_planned_reply_new_text (421, PLAIN, "Misdirected Request\n");
  return jump_talk_side_answer (state, call);
}

/**
 * jump_copilot_side_answer:
 *
 * Returns: (transfer full): unknown paths get the real 404
 */
JumpPlannedReply *
jump_copilot_side_answer (JumpSimulatorState *state, JumpIncomingCall *call)
{
  JumpPlannedReply *reply = answer_known (state, call);

  if (reply == NULL)
    reply = jump_planned_reply_new_text (404, PLAIN, "404 page not found\n");
  add_tracing (reply);
  return reply;
}
