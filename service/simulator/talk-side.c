/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/talk-side.h"

#include "service/base/json-read.h"
#include "service/simulator/allowance.h"
#include "service/simulator/chat-check.h"
#include "service/simulator/chat-question.h"
#include "service/simulator/chat-reply.h"
#include "service/simulator/chat-stream.h"
#include "service/simulator/cost.h"
#include "service/simulator/messages-check.h"
#include "service/simulator/messages-question.h"
#include "service/simulator/messages-reply.h"
#include "service/simulator/messages-stream.h"
#include "service/simulator/responses-check.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-reply.h"
#include "service/simulator/responses-stream.h"
#include "service/simulator/wit.h"

typedef struct
{
  const char *key;
  JumpPlannedReply *(*check) (JumpSimulatorState *state,
                              const JumpIncomingCall *call,
                              JsonObject **out_model);
  void (*read) (JumpQuestion *question, JsonObject *body, JsonObject *model);
  JumpPlannedReply *(*reply) (const JumpQuestion *question, const JumpAnswer *answer);
  JumpPlannedReply *(*stream) (const JumpQuestion *question, const JumpAnswer *answer);
  gboolean counts; /* tells tokens, says nothing */
} Api;

static const Api apis[] = {
  { "POST /chat/completions",
    jump_chat_check,
    jump_chat_question_read,
    jump_chat_reply_new,
    jump_chat_plan_stream,
    FALSE },
  { "POST /responses",
    jump_responses_check,
    jump_responses_question_read,
    jump_responses_reply_new,
    jump_responses_plan_stream,
    FALSE },
  { "POST /v1/messages",
    jump_messages_check,
    jump_messages_question_read,
    jump_messages_reply_new,
    jump_messages_plan_stream,
    FALSE },
  { "POST /v1/messages/count_tokens",
    jump_messages_check_count,
    jump_messages_question_read,
    NULL,
    NULL,
    TRUE },
};

static const Api *
find_api (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (apis); i++)
    {
      if (g_str_equal (apis[i].key, key))
        return &apis[i];
    }
  return NULL;
}

/* Some APIs say when they put something into the prompt cache: all but the newest turn. */
static void
count_tokens (JumpSimulatorState *state, const JumpQuestion *question, JumpAnswer *answer)
{
  const char *id = jump_json_get_string (question->model, "id", "");
  guint n_seen =
      question->turns == NULL ? 0 : jump_prefix_memory_learn (state->memory, id, question->turns);

  answer->prompt_tokens = question->prompt_tokens;
  answer->cached_tokens = jump_question_estimate (question, n_seen);
  if (question->marks_cache && question->turn_tokens->len > n_seen)
    answer->written_tokens =
        jump_question_estimate (question, question->turn_tokens->len - 1) - answer->cached_tokens;
  answer->written_tokens = MAX (answer->written_tokens, 0);
}

static JumpPlannedReply *
tell_count (const JumpQuestion *question)
{
  return jump_planned_reply_new_json (
      200,
      g_strdup_printf ("{\"input_tokens\":%" G_GINT64_FORMAT "}", question->prompt_tokens));
}

static JumpPlannedReply *
say (JumpSimulatorState *state, const Api *api, const JumpQuestion *question)
{
  g_autoptr (JumpAnswer) answer = jump_wit_answer (question, state->scenario->wit);
  JumpPlannedReply *reply;

  count_tokens (state, question, answer);
  answer->created = jump_clock_get_wall_seconds (state->clock);
  if (question->stream)
    {
      reply = api->stream (question, answer);
      reply->gap_ms = (guint) state->scenario->pace_ms;
    }
  else
    {
      reply = api->reply (question, answer);
    }
  jump_allowance_add_headers (state, reply);
  jump_allowance_take (state, jump_cost_get_credits (question, answer), question->model);
  return reply;
}

/**
 * jump_talk_side_knows:
 */
gboolean
jump_talk_side_knows (const char *key)
{
  return find_api (key) != NULL;
}

/**
 * jump_talk_side_answer:
 * @state: whose catalogue
 * @call: of a path that jump_talk_side_knows(); gets the number of reasoning states that came back
 */
JumpPlannedReply *
jump_talk_side_answer (JumpSimulatorState *state, JumpIncomingCall *call)
{
  const Api *api = find_api (call->key);
  g_auto (JumpQuestion) question = { 0 };
  JumpPlannedReply *reply;
  JsonObject *model = NULL;

  g_return_val_if_fail (api != NULL, NULL);

  reply = api->check (state, call, &model);
  if (reply == NULL && !api->counts)
    reply = jump_allowance_refuse (state, model);
  if (reply != NULL)
    return reply;
  api->read (&question, jump_incoming_call_get_object (call), model);
  question.quirks = state->scenario->quirks;
  call->n_seals = question.n_seals;
  return api->counts ? tell_count (&question) : say (state, api, &question);
}
