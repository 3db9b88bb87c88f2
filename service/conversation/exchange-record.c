/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/exchange-record.h"

static void
clear_record (gpointer data)
{
  JumpExchangeRecord *self = data;

  g_free (self->id);
  g_free (self->method);
  g_free (self->path);
  g_free (self->client);
  g_free (self->client_key);
  g_free (self->client_name);
  g_free (self->client_address);
  g_free (self->process);
  g_clear_pointer (&self->owner, jump_client_process_unref);
  g_free (self->session);
  g_free (self->asked_model);
  g_free (self->used_model);
  g_free (self->route);
  g_free (self->changes);
  g_free (self->error);
  g_free (self->upstream_id);
  g_free (self->request_headers);
  g_clear_pointer (&self->request_body, g_bytes_unref);
  g_clear_pointer (&self->sent_body, g_bytes_unref);
  g_free (self->reply_headers);
  g_clear_pointer (&self->reply_body, g_byte_array_unref);
  g_free (self->extra);
}

/**
 * jump_exchange_record_new:
 *
 * Returns: (transfer full): a record to be filled in by whoever ran the exchange, with nothing
 *   reported and no first byte yet
 */
JumpExchangeRecord *
jump_exchange_record_new (void)
{
  JumpExchangeRecord *self = g_atomic_rc_box_new0 (JumpExchangeRecord);

  self->first_byte_us = -1;
  self->estimated_nano_aiu = -1;
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return self;
}

/**
 * jump_exchange_record_ref:
 *
 * Returns: (transfer full): @self; any thread may hold it
 */
JumpExchangeRecord *
jump_exchange_record_ref (JumpExchangeRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
jump_exchange_record_unref (JumpExchangeRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

/* What still grows is not shared. */
static GByteArray *
copy_reply (const JumpExchangeRecord *self)
{
  GByteArray *copy;

  if (self->reply_body == NULL || self->state == JUMP_EXCHANGE_ENDED)
    return self->reply_body != NULL ? g_byte_array_ref (self->reply_body) : NULL;
  copy = g_byte_array_sized_new (self->reply_body->len);
  return g_byte_array_append (copy, self->reply_body->data, self->reply_body->len);
}

/**
 * jump_exchange_record_copy:
 * @self: a record, of one that still runs, too
 *
 * Returns: (transfer full): what it says now, for somebody who reads it in a thread or later: it does not grow, and
 *   nobody takes its bodies away
 */
JumpExchangeRecord *
jump_exchange_record_copy (const JumpExchangeRecord *self)
{
  JumpExchangeRecord *copy = g_atomic_rc_box_new0 (JumpExchangeRecord);

  *copy = *self;
  copy->owner = NULL;
  copy->id = g_strdup (self->id);
  copy->method = g_strdup (self->method);
  copy->path = g_strdup (self->path);
  copy->client = g_strdup (self->client);
  copy->client_key = g_strdup (self->client_key);
  copy->client_name = g_strdup (self->client_name);
  copy->client_address = g_strdup (self->client_address);
  copy->process = g_strdup (self->process);
  copy->session = g_strdup (self->session);
  copy->asked_model = g_strdup (self->asked_model);
  copy->used_model = g_strdup (self->used_model);
  copy->route = g_strdup (self->route);
  copy->changes = g_strdup (self->changes);
  copy->error = g_strdup (self->error);
  copy->upstream_id = g_strdup (self->upstream_id);
  copy->request_headers = g_strdup (self->request_headers);
  copy->reply_headers = g_strdup (self->reply_headers);
  copy->extra = g_strdup (self->extra);
  if (self->request_body != NULL)
    copy->request_body = g_bytes_ref (self->request_body);
  if (self->sent_body != NULL)
    copy->sent_body = g_bytes_ref (self->sent_body);
  copy->reply_body = copy_reply (self);
  return copy;
}
