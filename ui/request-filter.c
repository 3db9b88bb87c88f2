/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-filter.h"

#include <string.h>

/* What the service notes when the client leaves before its reply is complete. */
#define STATUS_CLIENT_LEFT 499

/* Case is ignored for ASCII without allocating: ten thousand rows are searched at every key. */
static gboolean
contains_ascii (const char *text, const char *needle)
{
  gsize length = strlen (needle);

  for (; *text != '\0'; text++)
    if (g_ascii_tolower (*text) == g_ascii_tolower (*needle) &&
        g_ascii_strncasecmp (text, needle, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded_text = NULL;
  g_autofree char *folded_needle = NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_is_ascii (needle) || g_str_is_ascii (text))
    return contains_ascii (text, needle);
  folded_text = g_utf8_casefold (text, -1);
  folded_needle = g_utf8_casefold (needle, -1);
  return strstr (folded_text, folded_needle) != NULL;
}

static gboolean
contains_text (const JumpExchangeRecord *record, const char *client, const char *text)
{
  return contains (record->asked_model, text) || contains (record->used_model, text) ||
         contains (client, text) || contains (record->client, text) ||
         contains (record->id, text) || contains (record->upstream_id, text) ||
         contains (record->path, text) || contains (record->error, text);
}

/**
 * jump_request_outcome:
 * @record: running or ended
 *
 * Returns: how it stands; a stream that broke off with an error has failed, whatever its status line
 *   said when it began
 */
JumpRequestOutcome
jump_request_outcome (const JumpExchangeRecord *record)
{
  if (record->state != JUMP_EXCHANGE_ENDED)
    return JUMP_REQUEST_RUNNING;
  if (record->status == STATUS_CLIENT_LEFT)
    return JUMP_REQUEST_CANCELLED;
  if (record->status >= 400 || record->error != NULL)
    return JUMP_REQUEST_FAILED;
  return JUMP_REQUEST_SUCCEEDED;
}

JumpRequestFilter *
jump_request_filter_new (void)
{
  JumpRequestFilter *self = g_new0 (JumpRequestFilter, 1);

  self->outcome = JUMP_REQUEST_ANY;
  return self;
}

JumpRequestFilter *
jump_request_filter_copy (const JumpRequestFilter *self)
{
  JumpRequestFilter *copy = g_new0 (JumpRequestFilter, 1);

  copy->text = g_strdup (self->text);
  copy->model = g_strdup (self->model);
  copy->client = g_strdup (self->client);
  copy->outcome = self->outcome;
  return copy;
}

void
jump_request_filter_free (JumpRequestFilter *self)
{
  g_free (self->text);
  g_free (self->model);
  g_free (self->client);
  g_free (self);
}

gboolean
jump_request_filter_equal (const JumpRequestFilter *self, const JumpRequestFilter *other)
{
  return g_strcmp0 (self->text, other->text) == 0 && g_strcmp0 (self->model, other->model) == 0 &&
         g_strcmp0 (self->client, other->client) == 0 && self->outcome == other->outcome;
}

gboolean
jump_request_filter_is_empty (const JumpRequestFilter *self)
{
  return (self->text == NULL || *self->text == '\0') && self->model == NULL &&
         self->client == NULL && self->outcome == JUMP_REQUEST_ANY;
}

/**
 * jump_request_filter_matches_facts:
 * @self: a filter
 * @record: running or ended
 * @client: (nullable): what jump_client_name_new() makes of the record's client
 */
gboolean
jump_request_filter_matches_facts (const JumpRequestFilter *self,
                                   const JumpExchangeRecord *record,
                                   const char *client)
{
  if (self->outcome != JUMP_REQUEST_ANY && jump_request_outcome (record) != self->outcome)
    return FALSE;
  if (self->model != NULL && g_strcmp0 (self->model, record->asked_model) != 0 &&
      g_strcmp0 (self->model, record->used_model) != 0)
    return FALSE;
  return self->client == NULL || g_strcmp0 (self->client, client) == 0;
}

/**
 * jump_request_filter_matches:
 * @self: every part of it that is set must fit
 * @record: running or ended
 * @client: (nullable): what jump_client_name_new() makes of the record's client
 */
gboolean
jump_request_filter_matches (const JumpRequestFilter *self,
                             const JumpExchangeRecord *record,
                             const char *client)
{
  return jump_request_filter_matches_facts (self, record, client) &&
         (self->text == NULL || *self->text == '\0' || contains_text (record, client, self->text));
}
