/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/check.h"

/* Below the limit of a check, so that a request that hangs is told as one. */
#define REQUEST_MS (JUMP_DOCTOR_CHECK_SECONDS * 1000 - 1000)

typedef struct
{
  JumpCheck *check; /* (owned) */
  JumpCheckReplyFunc func;
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

JumpCheck *
jump_check_new (const JumpCheckRow *row)
{
  JumpCheck *self = g_new0 (JumpCheck, 1);

  g_atomic_ref_count_init (&self->refs);
  self->row = row;
  self->cancellable = g_cancellable_new ();
  self->started = -1;
  return self;
}

JumpCheck *
jump_check_ref (JumpCheck *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
jump_check_unref (JumpCheck *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->verdict, jump_verdict_free);
  g_free (self);
}

gboolean
jump_check_is_over (const JumpCheck *self)
{
  return self->verdict != NULL || self->tools == NULL;
}

/**
 * jump_check_end:
 * @verdict: (transfer full):
 *
 * What it still waits for is cancelled.
 */
void
jump_check_end (JumpCheck *check, JumpVerdict *verdict)
{
  g_autoptr (JumpCheck) self = jump_check_ref (check);

  if (jump_check_is_over (self))
    {
      jump_verdict_free (verdict);
      return;
    }
  self->verdict = verdict;
  g_cancellable_cancel (self->cancellable);
  self->on_over (self, self->user_data);
}

static void
question_free (Question *question)
{
  jump_check_unref (question->check);
  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (!jump_check_is_over (question->check))
    question->func (question->check, reply, error, question->user_data);
}

/**
 * jump_check_ask:
 * @request: (transfer full):
 * @func: gets the answer
 * @user_data: (transfer full): for @func
 * @free_data: (nullable): for @user_data
 */
void
jump_check_ask (JumpCheck *self,
                JumpHttpRequest *request,
                JumpCheckReplyFunc func,
                gpointer user_data,
                GDestroyNotify free_data)
{
  Question *question = g_new0 (Question, 1);

  question->check = jump_check_ref (self);
  question->func = func;
  question->user_data = user_data;
  question->free_data = free_data;
  request->total_timeout_ms = REQUEST_MS;
  jump_json_call_async (self->tools->client, request, self->cancellable, on_replied, question);
}
