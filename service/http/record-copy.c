/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-copy.h"

static void
copy_texts (JumpExchangeRecord *copy, const JumpExchangeRecord *self)
{
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
}

static GByteArray *
copy_reply (const JumpExchangeRecord *self)
{
  GByteArray *copy;

  if (self->reply_body == NULL || self->state == JUMP_EXCHANGE_ENDED)
    return self->reply_body != NULL ? g_byte_array_ref (self->reply_body) : NULL;
  copy = g_byte_array_sized_new (self->reply_body->len);
  return g_byte_array_append (copy, self->reply_body->data, self->reply_body->len);
}

JumpExchangeRecord *
jump_record_copy_new (const JumpExchangeRecord *self)
{
  JumpExchangeRecord *copy = jump_exchange_record_new ();

  /* Numbers and flags with the rest, whose own copies take the place of what was borrowed. */
  *copy = *self;
  copy->owner = NULL;
  copy_texts (copy, self);
  copy->request_body = self->request_body != NULL ? g_bytes_ref (self->request_body) : NULL;
  copy->sent_body = self->sent_body != NULL ? g_bytes_ref (self->sent_body) : NULL;
  copy->reply_body = copy_reply (self);
  return copy;
}
