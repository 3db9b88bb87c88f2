/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-error.h"

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/base/redact.h"
#include "service/dialects/upstream-failure.h"
#include "service/dialects/upstream-words.h"

#include <string.h>

static const char *
type_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return "authentication_error";
    case 402:
      return "insufficient_quota";
    case 403:
      return "permission_error";
    case 408:
      return "api_error";
    case 429:
      return "rate_limit_error";
    default:
      return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    }
}

/* (nullable): the word for a status whose body gave none. */
static const char *
code_for_status (guint status)
{
  switch (status)
    {
    case 402:
      return "insufficient_quota";
    case 408:
    case 504:
      return "timeout";
    case 413:
      return "request_too_large";
    case 429:
      return "rate_limit_exceeded";
    default:
      return NULL;
    }
}

/* Upstream may repeat the token that it was shown; clients write errors into logs of theirs. */
static void
put_redacted (JumpJsonWriter *writer, const char *name, const char *text)
{
  g_autofree char *redacted = text == NULL ? NULL : jump_redact (text);

  jump_json_writer_member_string (writer, name, redacted);
}

static GBytes *
build_body (const char *message, const char *type, const char *param, const char *code)
{
  g_auto (JumpJsonWriter) writer;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  put_redacted (&writer, "message", message);
  put_redacted (&writer, "type", type);
  put_redacted (&writer, "param", param);
  put_redacted (&writer, "code", code);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
}

static gboolean
has_secret (const char *data, gsize length)
{
  g_autofree char *text = g_strndup (data, length);
  g_autofree char *redacted = jump_redact (text);

  return strcmp (text, redacted) != 0;
}

/* OpenAI's shape needs a message and a type; param and code may be left out. */
static gboolean
has_shape (const char *data, gsize length)
{
  JumpJsonSpan root, error, message, type;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  root = jump_json_span_trim (data, length);
  if (jump_json_span_kind (root) != JUMP_JSON_OBJECT ||
      jump_json_find_member (root, "type").start != NULL)
    return FALSE;
  error = jump_json_find_member (root, "error");
  if (jump_json_span_kind (error) != JUMP_JSON_OBJECT)
    return FALSE;
  message = jump_json_find_member (error, "message");
  type = jump_json_find_member (error, "type");
  return jump_json_span_kind (message) == JUMP_JSON_STRING && message.length > 2 &&
         message.start[1] != '{' && jump_json_span_kind (type) == JUMP_JSON_STRING &&
         !jump_json_span_is_empty_string (type);
}

static const char *
type_for_kind (JumpFailureKind kind)
{
  switch (kind)
    {
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_OVERFLOW:
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_UNKNOWN_MODEL:
    case JUMP_FAILURE_TOO_LARGE:
    case JUMP_FAILURE_FILTER:
      return "invalid_request_error";
    case JUMP_FAILURE_AUTHENTICATION:
      return "authentication_error";
    case JUMP_FAILURE_BILLING:
      return "insufficient_quota";
    case JUMP_FAILURE_PERMISSION:
      return "permission_error";
    case JUMP_FAILURE_RATE_LIMIT:
      return "rate_limit_error";
    case JUMP_FAILURE_OVERLOADED:
    case JUMP_FAILURE_TIMEOUT:
    case JUMP_FAILURE_SERVER:
      return "api_error";
    }
  return "api_error";
}

/* (nullable): OpenAI's own word, for failures that brought none. */
static const char *
code_for_kind (JumpFailureKind kind)
{
  switch (kind)
    {
    case JUMP_FAILURE_OVERFLOW:
      return "context_length_exceeded";
    case JUMP_FAILURE_AUTHENTICATION:
      return "invalid_api_key";
    case JUMP_FAILURE_BILLING:
      return "insufficient_quota";
    case JUMP_FAILURE_UNKNOWN_MODEL:
      return "model_not_found";
    case JUMP_FAILURE_TOO_LARGE:
      return "request_too_large";
    case JUMP_FAILURE_RATE_LIMIT:
      return "rate_limit_exceeded";
    case JUMP_FAILURE_OVERLOADED:
      return "service_unavailable";
    case JUMP_FAILURE_TIMEOUT:
      return "timeout";
    case JUMP_FAILURE_FILTER:
      return "content_filter";
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_PERMISSION:
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_SERVER:
      return NULL;
    }
  return NULL;
}

/* Clients look for OpenAI's sentence and read its numbers. Returns: (transfer full) */
static char *
overflow_message (const JumpFailure *failure)
{
  if (failure->n_tokens < 0 || failure->max_tokens < 0 ||
      strstr (failure->message, "maximum context length is ") != NULL)
    return g_strdup (failure->message);
  return g_strdup_printf ("This model's maximum context length is %" G_GINT64_FORMAT " tokens. "
                          "However, your messages resulted in %" G_GINT64_FORMAT " tokens. "
                          "Please reduce the length of the messages. (%s)",
                          failure->max_tokens,
                          failure->n_tokens,
                          failure->message);
}

/* Upstream's code passes, except that too long a prompt always has the code that clients act upon. */
static GBytes *
write_failure (const JumpFailure *failure)
{
  gboolean is_overflow = failure->kind == JUMP_FAILURE_OVERFLOW;
  const char *code = failure->code;
  const char *param = failure->param;
  g_autofree char *message = NULL;

  if (is_overflow)
    {
      message = overflow_message (failure);
      param = param != NULL ? param : "messages";
    }
  if (code == NULL || is_overflow)
    code = code_for_kind (failure->kind);
  return build_body (message != NULL ? message : failure->message,
                     type_for_kind (failure->kind),
                     param,
                     code);
}

/**
 * jump_openai_error_from_upstream:
 * @status: upstream's status, which the client gets as well
 * @body: (nullable): what came with it; the content type says nothing (protocol 5.5)
 *
 * Upstream's own type, param and code are kept; what it left out follows from @status. Too long a
 * prompt is said in OpenAI's words, see jump_openai_error_write().
 *
 * Returns: (transfer full): the body; @body itself when it has the shape already and nothing in it
 *   looks like a secret
 */
GBytes *
jump_openai_error_from_upstream (guint status, GBytes *body)
{
  g_auto (JumpUpstreamWords) words = { NULL };
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (status, body);
  const char *data = NULL;
  gsize length = 0;

  if (failure->kind == JUMP_FAILURE_OVERFLOW)
    return write_failure (failure);
  if (body != NULL)
    data = g_bytes_get_data (body, &length);
  if (length > 0 && has_shape (data, length) && !has_secret (data, length))
    return g_bytes_ref (body);
  if (length > 0)
    jump_upstream_words_read (&words, data, length);
  return build_body (words.message != NULL ? words.message : failure->message,
                     words.type != NULL ? words.type : type_for_status (status),
                     words.param,
                     words.code != NULL ? words.code : code_for_status (status));
}

/**
 * jump_openai_error_append_failure:
 * @out: the stream so far, ending with a complete event
 * @failure: why it ends here
 */
void
jump_openai_error_append_failure (GString *out, const JumpFailure *failure)
{
  g_autoptr (GBytes) body = write_failure (failure);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append (out, "data: ");
  g_string_append_len (out, data, (gssize) length);
  g_string_append (out, "\n\n");
}

/**
 * jump_openai_error_write:
 * @failure: ours or upstream's; upstream's code passes, except that too long a prompt always has the
 *   code that clients act upon
 * @request_id: not part of OpenAI's shape; the reply's header carries it
 *
 * The dialects' write_failure.
 *
 * Returns: (transfer full): the body
 */
GBytes *
jump_openai_error_write (const JumpFailure *failure, G_GNUC_UNUSED const char *request_id)
{
  return write_failure (failure);
}
