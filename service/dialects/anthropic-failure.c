/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-failure.h"

#include "service/base/json-write.h"
#include "service/base/redact.h"

/* What Claude Code looks for before it compacts a conversation (protocol 9.11). */
#define OVERFLOW_START "prompt is too long"

static const char *
type_of (const JumpFailure *failure)
{
  switch (failure->kind)
    {
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_OVERFLOW:
    case JUMP_FAILURE_FILTER:
      return "invalid_request_error";
    case JUMP_FAILURE_AUTHENTICATION:
      return "authentication_error";
    case JUMP_FAILURE_BILLING:
      return "billing_error";
    case JUMP_FAILURE_PERMISSION:
      return "permission_error";
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_UNKNOWN_MODEL:
      return "not_found_error";
    case JUMP_FAILURE_TOO_LARGE:
      return "request_too_large";
    case JUMP_FAILURE_RATE_LIMIT:
      return "rate_limit_error";
    case JUMP_FAILURE_OVERLOADED:
      return "overloaded_error";
    case JUMP_FAILURE_TIMEOUT:
      return "timeout_error";
    case JUMP_FAILURE_SERVER:
      return "api_error";
    }
  return "api_error";
}

static char *
dup_message (const JumpFailure *failure)
{
  g_autofree char *message = jump_redact (failure->message);

  if (failure->kind != JUMP_FAILURE_OVERFLOW)
    return g_steal_pointer (&message);
  if (failure->n_tokens >= 0 && failure->max_tokens >= 0)
    return g_strdup_printf (OVERFLOW_START ": %" G_GINT64_FORMAT " tokens > %" G_GINT64_FORMAT
                                           " maximum",
                            failure->n_tokens,
                            failure->max_tokens);
  if (g_str_has_prefix (message, OVERFLOW_START))
    return g_steal_pointer (&message);
  return g_strconcat (OVERFLOW_START ": ", message, NULL);
}

static void
write_object (JumpJsonWriter *writer, const JumpFailure *failure, const char *request_id)
{
  g_autofree char *message = dup_message (failure);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "error");
  jump_json_writer_member (writer, "error");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", type_of (failure));
  jump_json_writer_member_string (writer, "message", message);
  jump_json_writer_end_object (writer);
  if (request_id != NULL)
    jump_json_writer_member_string (writer, "request_id", request_id);
  jump_json_writer_end_object (writer);
}

/**
 * jump_anthropic_failure_write:
 *
 * An overflow is said in the words that make Claude Code compact its conversation, with the numbers where
 * they are known.
 *
 * Returns: (transfer full): the body of an error reply
 */
GBytes *
jump_anthropic_failure_write (const JumpFailure *failure, const char *request_id)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  write_object (&writer, failure, request_id);
  return jump_json_writer_finish_bytes (&writer);
}

/**
 * jump_anthropic_failure_append_event:
 * @out: a stream so far, ending with a complete event
 */
void
jump_anthropic_failure_append_event (GString *out,
                                     const JumpFailure *failure,
                                     const char *request_id)
{
  g_autoptr (GBytes) body = jump_anthropic_failure_write (failure, request_id);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append (out, "event: error\ndata: ");
  g_string_append_len (out, data, (gssize) length);
  g_string_append (out, "\n\n");
}
