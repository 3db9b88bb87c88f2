/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/doctor/call-model.h"
#include "service/doctor/call-request.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-call.h"

/* The smallest question that each API takes, asked as any client would ask it. */

typedef struct
{
  const char *path;
  JumpModelEndpoints endpoint;
  const char *before; /* the body around the name of the model */
  const char *after;
  guint n_out; /* tokens at most: OpenAI takes no less than 16 for Responses */
} Call;

#define N_IN 10

static const Call chat = {
  "/v1/chat/completions",
  JUMP_ENDPOINT_CHAT,
  "{\"model\":",
  ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":1}",
  1,
};

static const Call responses = {
  "/v1/responses",
  JUMP_ENDPOINT_RESPONSES,
  "{\"model\":",
  ",\"input\":\"Hi\",\"max_output_tokens\":16,\"store\":false}",
  16,
};

static const Call messages = {
  "/v1/messages",
  JUMP_ENDPOINT_MESSAGES,
  "{\"model\":",
  ",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
  1,
};

static const Call ollama = {
  "/api/chat",
  JUMP_ENDPOINT_CHAT,
  "{\"model\":",
  ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false,"
  "\"options\":{\"num_predict\":1}}",
  1,
};

static const Call embeddings = {
  "/v1/embeddings", JUMP_ENDPOINT_EMBEDDINGS, "{\"model\":", ",\"input\":[\"Hi\"]}", 0,
};

/* {"error":{"message":…}}, or {"error":"…"} as Ollama has it. */
static const char *
get_message (JumpJsonReply *reply)
{
  JsonObject *object = jump_json_reply_get_object (reply);
  JsonObject *error = object == NULL ? NULL : jump_json_get_object (object, "error");

  if (object == NULL)
    return NULL;
  return error == NULL ? jump_json_get_string (object, "error", NULL)
                       : jump_json_get_string (error, "message", NULL);
}

static void
on_answered (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  const char *label = user_data;

  if (reply == NULL)
    jump_check_end (check, jump_judge_call (label, 0, error->message));
  else
    jump_check_end (check, jump_judge_call (label, reply->status, get_message (reply)));
}

static void
make_call (JumpCheck *check, const Call *call)
{
  g_autoptr (JumpModel) model =
      jump_call_model_choose (G_LIST_MODEL (check->tools->catalog), call->endpoint);
  g_autofree char *cost = NULL;
  char *label;

  if (model == NULL)
    {
      jump_check_end (check, jump_verdict_new_skipped ("because no model of this account has it"));
      return;
    }
  cost = jump_call_model_describe_cost (model, N_IN, call->n_out);
  label = g_strdup_printf ("%s, %s", jump_model_get_id (model), cost);
  jump_check_ask (check,
                  jump_call_request_new (check->tools,
                                         call->path,
                                         call->before,
                                         jump_model_get_id (model),
                                         call->after),
                  on_answered,
                  label,
                  g_free);
}

void
jump_check_chat (JumpCheck *check)
{
  make_call (check, &chat);
}

void
jump_check_responses (JumpCheck *check)
{
  make_call (check, &responses);
}

void
jump_check_messages (JumpCheck *check)
{
  make_call (check, &messages);
}

void
jump_check_ollama (JumpCheck *check)
{
  make_call (check, &ollama);
}

void
jump_check_embeddings (JumpCheck *check)
{
  make_call (check, &embeddings);
}
