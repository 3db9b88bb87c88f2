/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/upstream-failure.h"

#include "service/base/redact.h"
#include "service/dialects/upstream-words.h"

#include <string.h>

typedef struct
{
  const char *word;
  JumpFailureKind kind;
} WordRow;

/* Codes of protocol 7.2 and 7.3, and OpenAI's own. What is only "bad request" needs no row. */
static const WordRow codes[] = {
  { "context_length_exceeded", JUMP_FAILURE_OVERFLOW },
  { "model_max_prompt_tokens_exceeded", JUMP_FAILURE_OVERFLOW },
  { "model_context_window_exceeded", JUMP_FAILURE_OVERFLOW },
  { "request_too_large", JUMP_FAILURE_TOO_LARGE },
  { "model_not_found", JUMP_FAILURE_UNKNOWN_MODEL },
  { "model_not_supported", JUMP_FAILURE_UNKNOWN_MODEL },
  { "agent_mode_limit_exceeded", JUMP_FAILURE_RATE_LIMIT },
  { "extension_blocked", JUMP_FAILURE_RATE_LIMIT },
  { "integration_rate_limited", JUMP_FAILURE_RATE_LIMIT },
  { "rate_limit_exceeded", JUMP_FAILURE_RATE_LIMIT },
  { "rate_limited", JUMP_FAILURE_RATE_LIMIT },
  { "user_global_rate_limited", JUMP_FAILURE_RATE_LIMIT },
  { "user_model_rate_limited", JUMP_FAILURE_RATE_LIMIT },
  { "user_weekly_rate_limited", JUMP_FAILURE_RATE_LIMIT },
  { "model_overloaded", JUMP_FAILURE_OVERLOADED },
  { "server_is_overloaded", JUMP_FAILURE_OVERLOADED },
  { "service_unavailable", JUMP_FAILURE_OVERLOADED },
  { "upstream_provider_rate_limit", JUMP_FAILURE_OVERLOADED },
  { "additional_spend_limit_reached", JUMP_FAILURE_BILLING },
  { "billing_not_configured", JUMP_FAILURE_BILLING },
  { "free_quota_exceeded", JUMP_FAILURE_BILLING },
  { "insufficient_quota", JUMP_FAILURE_BILLING },
  { "overage_limit_reached", JUMP_FAILURE_BILLING },
  { "quota_exceeded", JUMP_FAILURE_BILLING },
  { "session_quota_exceeded", JUMP_FAILURE_BILLING },
  { "expired_token", JUMP_FAILURE_AUTHENTICATION },
  { "invalid_api_key", JUMP_FAILURE_AUTHENTICATION },
  { "invalid_token", JUMP_FAILURE_AUTHENTICATION },
  { "session_expired", JUMP_FAILURE_AUTHENTICATION },
  { "token_expired", JUMP_FAILURE_AUTHENTICATION },
  { "content_filter", JUMP_FAILURE_FILTER },
  { "content_policy_violation", JUMP_FAILURE_FILTER },
  { "cyber_policy", JUMP_FAILURE_FILTER },
  { "user_request_timeout", JUMP_FAILURE_TIMEOUT },
  { "not_found", JUMP_FAILURE_NOT_FOUND },
  { "bad_request", JUMP_FAILURE_BAD_REQUEST },
  { "internal_error", JUMP_FAILURE_SERVER },
  { "server_error", JUMP_FAILURE_SERVER },
};

/* Types of errors: Anthropic's, and those of OpenAI's that say more than the status. */
static const WordRow types[] = {
  { "authentication_error", JUMP_FAILURE_AUTHENTICATION },
  { "billing_error", JUMP_FAILURE_BILLING },
  { "insufficient_quota", JUMP_FAILURE_BILLING },
  { "not_found_error", JUMP_FAILURE_NOT_FOUND },
  { "overloaded_error", JUMP_FAILURE_OVERLOADED },
  { "permission_error", JUMP_FAILURE_PERMISSION },
  { "rate_limit_error", JUMP_FAILURE_RATE_LIMIT },
  { "request_too_large", JUMP_FAILURE_TOO_LARGE },
  { "timeout_error", JUMP_FAILURE_TIMEOUT },
};

/* Those that only count where there is no status, in streams. */
static const WordRow vague_types[] = {
  { "invalid_request_error", JUMP_FAILURE_BAD_REQUEST },
};

/* Sentences about a prompt that is too long, and what stands in front of their numbers (protocol
 * 7.2, 6.3; the third is OpenAI's, the last ones Anthropic's and Google's). */
static const struct
{
  const char *phrase;
  const char *before_count; /* (nullable) */
  const char *before_limit; /* (nullable) */
} overflows[] = {
  { "prompt token count of ", "prompt token count of ", "exceeds the limit of " },
  { "prompt is too long", "too long: ", " > " },
  { "maximum context length", "resulted in ", "maximum context length is " },
  { "exceeds the context window", NULL, NULL },
  { "too large for model context window", NULL, NULL },
  { "exceed context limit", NULL, " > " },
  { "input token count", "input token count (", "allowed (" },
};

/* @kind is left as it is when no row fits. */
static gboolean
look_up (const WordRow *rows, gsize n_rows, const char *word, JumpFailureKind *kind)
{
  /* "user_global_rate_limited:pro" names the plan behind the colon (protocol 7.3). */
  gsize length = word == NULL ? 0 : strcspn (word, ":");

  for (gsize i = 0; length > 0 && i < n_rows; i++)
    {
      if (strlen (rows[i].word) == length && memcmp (rows[i].word, word, length) == 0)
        {
          *kind = rows[i].kind;
          return TRUE;
        }
    }
  return FALSE;
}

/* Returns: the number behind @before in @text, -1 for none */
static gint64
number_behind (const char *text, const char *before)
{
  const char *at = before == NULL ? NULL : strstr (text, before);

  if (at == NULL || !g_ascii_isdigit (at[strlen (before)]))
    return -1;
  return g_ascii_strtoll (at + strlen (before), NULL, 10);
}

static const char *
message_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return "upstream did not accept the credentials (401)";
    case 402:
      return "the quota of this account is used up (402)";
    case 403:
      return "upstream refused the request (403)";
    case 404:
      return "upstream does not know this path or model (404)";
    case 413:
      return "the request is too large for upstream (413)";
    case 429:
      return "too many requests, try again later (429)";
    default:
      return NULL;
    }
}

static guint
status_for_kind (JumpFailureKind kind)
{
  switch (kind)
    {
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_OVERFLOW:
    case JUMP_FAILURE_FILTER:
      return 400;
    case JUMP_FAILURE_AUTHENTICATION:
      return 401;
    case JUMP_FAILURE_BILLING:
      return 402;
    case JUMP_FAILURE_PERMISSION:
      return 403;
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_UNKNOWN_MODEL:
      return 404;
    case JUMP_FAILURE_TOO_LARGE:
      return 413;
    case JUMP_FAILURE_RATE_LIMIT:
      return 429;
    case JUMP_FAILURE_OVERLOADED:
      return 503;
    case JUMP_FAILURE_TIMEOUT:
      return 504;
    case JUMP_FAILURE_SERVER:
      return 502;
    }
  return 502;
}

/* @status: 0: none, an event of a stream */
static JumpFailureKind
find_kind (guint status, const JumpUpstreamWords *words)
{
  const char *message = words->message != NULL ? words->message : "";
  JumpFailureKind kind = JUMP_FAILURE_SERVER;

  if (look_up (codes, G_N_ELEMENTS (codes), words->code, &kind) ||
      look_up (types, G_N_ELEMENTS (types), words->type, &kind))
    return kind;
  /* 401 for a replayed item id is no matter of credentials (protocol 7.2). */
  if (strstr (message, "does not belong to this connection") != NULL)
    return JUMP_FAILURE_BAD_REQUEST;
  if (status == 422 || strstr (message, "Responsible AI") != NULL ||
      strstr (message, "content management policy") != NULL)
    return JUMP_FAILURE_FILTER;
  if (status == 503 || status == 529)
    return JUMP_FAILURE_OVERLOADED;
  if (status > 0)
    return jump_failure_kind_from_status (status);
  look_up (vague_types, G_N_ELEMENTS (vague_types), words->type, &kind);
  return kind;
}

/* The status that clients shall see: upstream's own, except where it is known to mislead. */
static guint
find_status (guint status, JumpFailureKind kind)
{
  if (status < 400)
    return status_for_kind (kind);
  if (kind == JUMP_FAILURE_RATE_LIMIT && status == 400) /* protocol 7.3 */
    return 429;
  if (kind == JUMP_FAILURE_BAD_REQUEST && status == 401)
    return 400;
  return status;
}

/* Upstream may repeat the token that it was shown; clients write errors into logs of theirs. */
static char *
redact_or_null (const char *text)
{
  return text == NULL ? NULL : jump_redact (text);
}

/* "prompt token count of N exceeds the limit of M", "prompt is too long: N tokens > M maximum" and the
 * like. Also finds the numbers for a code that has told the kind already. */
static void
recognise_overflow (JumpFailure *self)
{
  if (self->kind != JUMP_FAILURE_BAD_REQUEST && self->kind != JUMP_FAILURE_OVERFLOW &&
      self->kind != JUMP_FAILURE_TOO_LARGE && self->kind != JUMP_FAILURE_SERVER)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (overflows); i++)
    {
      if (strstr (self->message, overflows[i].phrase) == NULL)
        continue;
      self->kind = JUMP_FAILURE_OVERFLOW;
      self->n_tokens = number_behind (self->message, overflows[i].before_count);
      self->max_tokens = number_behind (self->message, overflows[i].before_limit);
      return;
    }
}

static JumpFailure *
make_failure (guint status, const JumpUpstreamWords *words)
{
  JumpFailureKind kind = find_kind (status, words);
  g_autofree char *code = redact_or_null (words->code);
  g_autofree char *message = redact_or_null (words->message);
  JumpFailure *self;

  status = find_status (status, kind);
  if (message == NULL)
    message = g_strdup (message_for_status (status));
  if (message == NULL)
    message = g_strdup_printf ("upstream answered with status %u and no message", status);
  self = jump_failure_new (kind, status, code, message);
  self->param = redact_or_null (words->param);
  recognise_overflow (self);
  return self;
}

/**
 * jump_upstream_failure_read:
 * @status: of the reply; below 400: the body is an error all the same (protocol 5.4 quirk 7)
 * @body: (nullable): what came with it; the content type says nothing (protocol 5.5)
 *
 * Returns: (transfer full): what it says, secrets taken out
 */
JumpFailure *
jump_upstream_failure_read (guint status, GBytes *body)
{
  g_auto (JumpUpstreamWords) words = { NULL };
  const char *data = NULL;
  gsize length = 0;

  if (body != NULL)
    data = g_bytes_get_data (body, &length);
  if (length > 0)
    jump_upstream_words_read (&words, data, length);
  return make_failure (status >= 400 ? status : words.status, &words);
}

/**
 * jump_upstream_failure_read_event:
 * @data: JSON, not terminated: an error, or anything with one under "error"
 * @length: bytes of @data
 *
 * Returns: (transfer full): what it says, with the status that the same failure would have had
 *   before the stream began
 */
JumpFailure *
jump_upstream_failure_read_event (const char *data, gsize length)
{
  g_auto (JumpUpstreamWords) words = { NULL };

  jump_upstream_words_read (&words, data, length);
  if (words.message == NULL)
    words.message = g_strdup ("upstream broke the answer off without saying why");
  return make_failure (words.status, &words);
}
