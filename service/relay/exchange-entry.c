/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/exchange-entry.h"

#include "service/relay/approval-desk-private.h"

#define UNKNOWN_CLIENT "unknown"

struct _JumpExchangeEntry
{
  const JumpExchangeContext *context; /* (unowned): outlives us */
  JumpExchangeRecord *record;         /* (owned) */
  JumpExchangeEntryFunc func;
  gpointer user_data;
  char *reason;                  /* (owned) (nullable) */
  gint64 since;                  /* monotonic µs */
  gboolean is_over;              /* nothing is waited for any more */
  JumpApprovalRequest *approval; /* (unowned) (nullable): while it waits for somebody's word */
  JumpTurn *turn;                /* (owned) (nullable) */
};

/* Afterwards @self may be gone. */
static void
tell (JumpExchangeEntry *self, const GError *error, guint retry_after)
{
  jump_exchange_entry_settle (self);
  self->is_over = TRUE;
  if (error == NULL)
    jump_burst_watch_add (self->context->bursts);
  self->func (error, retry_after, self->user_data);
}

static void
on_turn_decided (const GError *error, guint retry_after, gpointer user_data)
{
  tell (user_data, error, retry_after);
}

static const char *
get_name (const JumpExchangeRecord *record)
{
  const char *name = record->client_name;

  return name != NULL && *name != '\0' ? name : UNKNOWN_CLIENT;
}

/* One client does not become several by the names of its programs. */
static const char *
get_fair_name (const JumpExchangeRecord *record)
{
  return record->client_key != NULL ? record->client_key : get_name (record);
}

static void
ask_for_turn (JumpExchangeEntry *self)
{
  g_autoptr (GError) error = NULL;
  guint retry_after;

  self->turn = jump_turn_queue_ask (self->context->turns,
                                    get_fair_name (self->record),
                                    on_turn_decided,
                                    self,
                                    &retry_after,
                                    &error);
  if (self->turn == NULL)
    tell (self, error, retry_after);
  else if (jump_turn_is_given (self->turn))
    tell (self, NULL, 0);
}

static void
on_approval_decided (const GError *error, gpointer user_data)
{
  JumpExchangeEntry *self = user_data;

  self->approval = NULL;
  if (error != NULL)
    tell (self, error, 0);
  else
    ask_for_turn (self);
}

JumpExchangeEntry *
jump_exchange_entry_new (const JumpExchangeContext *context,
                         JumpExchangeRecord *record,
                         JumpExchangeEntryFunc func,
                         gpointer user_data)
{
  JumpExchangeEntry *self = g_new0 (JumpExchangeEntry, 1);

  self->context = context;
  self->record = jump_exchange_record_ref (record);
  self->func = func;
  self->user_data = user_data;
  self->since = jump_clock_get_monotonic_time (context->clock);
  return self;
}

void
jump_exchange_entry_set_reason (JumpExchangeEntry *self, const char *reason)
{
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

void
jump_exchange_entry_begin (JumpExchangeEntry *self)
{
  const char *name = get_name (self->record);
  g_autoptr (GError) error = NULL;
  guint retry_after;

  if (!jump_approval_desk_needs_word (self->context->approvals, name, self->reason))
    {
      ask_for_turn (self);
      return;
    }
  self->approval = jump_approval_desk_ask (self->context->approvals,
                                           self->record->id,
                                           name,
                                           self->record->asked_model,
                                           self->reason,
                                           on_approval_decided,
                                           self,
                                           &retry_after,
                                           &error);
  if (self->approval == NULL)
    tell (self, error, retry_after);
}

gboolean
jump_exchange_entry_is_short_wait (const JumpExchangeEntry *self)
{
  return self->turn != NULL && jump_turn_is_short_wait (self->turn);
}

void
jump_exchange_entry_settle (JumpExchangeEntry *self)
{
  if (!self->is_over)
    self->record->queued_us = jump_clock_get_monotonic_time (self->context->clock) - self->since;
}

void
jump_exchange_entry_free (JumpExchangeEntry *self)
{
  JumpTurn *turn = g_steal_pointer (&self->turn);

  jump_exchange_entry_settle (self);
  if (self->approval != NULL)
    jump_approval_desk_withdraw (self->context->approvals, self->approval);
  jump_exchange_record_unref (self->record);
  g_free (self->reason);
  g_free (self);
  if (turn != NULL)
    jump_turn_return (turn);
}
