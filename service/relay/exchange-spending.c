/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/exchange-private.h"
#include "service/relay/request-cost.h"
#include "service/relay/session-name.h"
#include "service/relay/spending-gate.h"

/* What an exchange may cost, what it did, and whose conversation it was. */

void
jump_exchange_use_model (JumpExchange *self, JumpAskedModel *other)
{
  char *asked = g_steal_pointer (&self->model.asked);

  jump_asked_model_clear (&self->model);
  self->model = *other;
  g_free (self->model.asked);
  self->model.asked = asked;
  *other = (JumpAskedModel){ NULL };
}

/* The client's key may be for other models only. */
static gboolean
use_cheaper (JumpExchange *self, const char *name)
{
  g_auto (JumpAskedModel) other = { NULL };
  g_autoptr (GError) error = NULL;

  if (!jump_asked_model_resolve (&other, self->context, name, &error) ||
      !jump_asked_model_check_allowed (&other, self->pass, &error))
    {
      g_debug ("%s: no cheaper model: %s", self->record->id, error->message);
      return FALSE;
    }
  if (g_strcmp0 (other.used, self->model.used) == 0)
    return TRUE;
  jump_exchange_use_model (self, &other);
  g_free (self->record->used_model);
  self->record->used_model = g_strdup (self->model.used);
  jump_changes_add (&self->changes, "budget-model");
  return TRUE;
}

static gboolean
stop (JumpExchange *self, const JumpSpendingVerdict *verdict, GError **error)
{
  self->retry_after = verdict->retry_after;
  self->is_final = TRUE;
  g_propagate_error (error, jump_spending_gate_new_error (verdict));
  return FALSE;
}

/**
 * jump_exchange_ask_guard:
 * @self: an exchange whose model is known
 * @error: JUMP_ERROR_RATE_LIMITED: it may not cost anything
 *
 * Counting tokens is free. Where somebody has to allow the rest, the reason is kept for the way in.
 *
 * Returns: whether the exchange may go on, perhaps with another model
 */
gboolean
jump_exchange_ask_guard (JumpExchange *self, GError **error)
{
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  if (self->purpose == JUMP_RELAY_COUNT)
    return TRUE;
  jump_spending_gate_ask (self->context, self->record, self->model.used, &verdict);
  switch (verdict.action)
    {
    case JUMP_SPENDING_GO:
      return TRUE;
    case JUMP_SPENDING_STOP:
      return stop (self, &verdict, error);
    case JUMP_SPENDING_ASK:
      self->ask_reason = g_strdup (verdict.message);
      break;
    case JUMP_SPENDING_CHEAPER:
      break;
    }
  if (verdict.model != NULL && !use_cheaper (self, verdict.model))
    return stop (self, &verdict, error);
  return TRUE;
}

/* ---- the record ---- */

/**
 * jump_exchange_note_session:
 * @self: an exchange whose request was scanned
 *
 * Headers name the conversation, else the body does, else the response that it goes on from is part of one.
 */
void
jump_exchange_note_session (JumpExchange *self)
{
  JumpExchangeRecord *record = self->record;
  g_autofree char *in_body = jump_json_span_dup_string (self->facts.session);
  g_autofree char *previous = jump_json_span_dup_string (self->facts.previous_response_id);
  g_autofree char *told = g_steal_pointer (&record->session);

  record->session = jump_session_name_new (told, in_body, self->facts.is_session_person);
  if (record->session == NULL && previous != NULL)
    record->session = jump_response_store_dup_session (self->context->responses,
                                                       jump_client_pass_get_owner (self->pass),
                                                       previous);
}

/* Tokens that were cut off count as far as they came; what failed whole is not billed. */
void
jump_exchange_estimate (JumpExchange *self)
{
  JumpExchangeRecord *record = self->record;

  if (record->usage.nano_aiu < 0 && self->purpose == JUMP_RELAY_GENERATE)
    record->estimated_nano_aiu = jump_request_cost_estimate (self->model.model, &record->usage);
}

/* What upstream was asked, where it is something else than the client's own bytes. */
void
jump_exchange_keep_sent (JumpExchange *self)
{
  JumpExchangeRecord *record = self->record;
  GBytes *sent = self->prepared.body;

  g_clear_pointer (&record->sent_body, g_bytes_unref);
  if (self->recorder != NULL && sent != record->request_body && record->request_body != NULL &&
      !g_bytes_equal (sent, record->request_body))
    record->sent_body = g_bytes_ref (sent);
}
