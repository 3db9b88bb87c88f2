/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/limit-notice.h"

#include "service/base/http-date.h"
#include "service/base/json-read.h"
#include "service/base/redact.h"
#include "service/upstream/error-words.h"

#include <string.h>

typedef struct
{
  const char *code;
  JumpLimitScope scope;
} CodeRow;

/* Protocol 7.3. A 429 with another one, or with none, is taken for the account's: the most careful
 * reading. */
static const CodeRow code_rows[] = {
  { "user_model_rate_limited", JUMP_LIMIT_SCOPE_MODEL },
  { "model_overloaded", JUMP_LIMIT_SCOPE_MODEL },
  { "upstream_provider_rate_limit", JUMP_LIMIT_SCOPE_MODEL },
  { "integration_rate_limited", JUMP_LIMIT_SCOPE_INTEGRATION },
  { "extension_blocked", JUMP_LIMIT_SCOPE_INTEGRATION },
  { "rate_limited", JUMP_LIMIT_SCOPE_ACCOUNT },
  { "rate_limit_exceeded", JUMP_LIMIT_SCOPE_ACCOUNT },
  { "user_global_rate_limited", JUMP_LIMIT_SCOPE_ACCOUNT },
  { "user_weekly_rate_limited", JUMP_LIMIT_SCOPE_ACCOUNT },
  { "agent_mode_limit_exceeded", JUMP_LIMIT_SCOPE_ACCOUNT },
};

/* "user_global_rate_limited:pro" is the same for every plan. Codes are shown, and a code that upstream makes of
 * a token is none. Returns: (transfer full) (nullable) */
static char *
dup_code (const char *text)
{
  g_autofree char *safe = text == NULL ? NULL : jump_redact (text);

  if (safe == NULL || *safe == '\0')
    return NULL;
  return g_strndup (safe, strcspn (safe, ":"));
}

/* Returns: (transfer full) (nullable) */
static char *
read_code (const JumpLimitReply *reply)
{
  g_autoptr (JsonObject) root =
      reply->length == 0 ? NULL
                         : jump_json_parse_object (reply->body, (gssize) reply->length, NULL);
  JsonObject *inner = jump_json_get_object (root, "error");
  const char *code = jump_json_get_string (inner, "code", NULL);

  return dup_code (code != NULL ? code : jump_json_get_string (root, "code", NULL));
}

static const CodeRow *
find_row (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_rows); i++)
    {
      if (g_strcmp0 (code_rows[i].code, code) == 0)
        return &code_rows[i];
    }
  return NULL;
}

/**
 * jump_limit_notice_new:
 * @reply: an error reply
 * @now: wall time in seconds, for dates
 *
 * A 429 is one, and a 400 that says rate_limited. Not 402: credits can be bought at any moment. Where
 * both headers tell a time the longer one counts.
 *
 * Returns: (transfer full) (nullable)
 */
JumpLimitNotice *
jump_limit_notice_new (const JumpLimitReply *reply, gint64 now)
{
  g_autofree char *code = NULL;
  gint64 first;
  gint64 second;
  JumpLimitNotice *self;

  if (reply->status != 429 && reply->status != 400)
    return NULL;
  code = read_code (reply);
  if (reply->status == 400 && g_strcmp0 (code, "rate_limited") != 0)
    return NULL;
  first = jump_http_date_read_wait (reply->retry_after, now);
  second = jump_http_date_read_wait (reply->user_retry_after, now);
  self = jump_limit_notice_new_for_code (code, MAX (first, second));
  self->message = jump_error_words_new (reply->body, reply->length, &self->url);
  return self;
}

/**
 * jump_limit_notice_new_for_code:
 * @code: (nullable): upstream's word, with or without a plan behind it
 * @seconds: to wait; -1: not told
 *
 * For limits that are told of in other ways than by a status.
 *
 * Returns: (transfer full)
 */
JumpLimitNotice *
jump_limit_notice_new_for_code (const char *code, gint64 seconds)
{
  JumpLimitNotice *self = g_new0 (JumpLimitNotice, 1);
  const CodeRow *row;

  self->code = dup_code (code);
  row = find_row (self->code);
  self->scope = row == NULL ? JUMP_LIMIT_SCOPE_ACCOUNT : row->scope;
  self->seconds = seconds;
  return self;
}

void
jump_limit_notice_free (JumpLimitNotice *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->message);
  g_free (self->url);
  g_free (self);
}

gboolean
jump_limit_code_is_known (const char *code)
{
  return find_row (code) != NULL;
}

/**
 * jump_limit_scope_to_string:
 *
 * Returns: a word for status output and the control routes; part of their contract
 */
const char *
jump_limit_scope_to_string (JumpLimitScope scope)
{
  switch (scope)
    {
    case JUMP_LIMIT_SCOPE_MODEL:
      return "model";
    case JUMP_LIMIT_SCOPE_ACCOUNT:
      return "account";
    case JUMP_LIMIT_SCOPE_INTEGRATION:
      return "integration";
    case JUMP_LIMIT_SCOPE_REFUSED:
      return "refused";
    }
  return "account";
}
