/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-failure.h"

#include "service/base/json-write.h"
#include "service/base/redact.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-error.h"
#include "service/dialects/upstream-failure.h"

/* Codex waits for as long as Retry-After says, be it hours, unless it is told by this type that something is
 * used up: then it says until when and ends. */
static GBytes *
write_used_up (const JumpFailure *failure)
{
  g_auto (JumpJsonWriter) writer;
  g_autofree char *message = jump_redact (failure->message);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "message", message);
  jump_json_writer_member_string (&writer, "type", "usage_limit_reached");
  jump_json_writer_member_string (&writer, "param", NULL);
  jump_json_writer_member_string (&writer, "code", "rate_limit_exceeded");
  if (failure->resets_at > 0)
    jump_json_writer_member_int (&writer, "resets_at", failure->resets_at);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
}

/**
 * jump_responses_write_failure:
 * @failure: ours or upstream's
 * @request_id: (nullable): is told in a header only
 *
 * Returns: (transfer full): OpenAI's body; too long a prompt is the fault of "input" here
 */
GBytes *
jump_responses_write_failure (const JumpFailure *failure, const char *request_id)
{
  g_autoptr (JumpFailure) copy = jump_failure_copy (failure);

  if (copy->kind == JUMP_FAILURE_OVERFLOW &&
      (copy->param == NULL || g_str_equal (copy->param, "messages")))
    {
      g_free (copy->param);
      copy->param = g_strdup ("input");
    }
  return copy->resets_at < 0 ? jump_openai_error_write (copy, request_id) : write_used_up (copy);
}

/**
 * jump_responses_pass_failure:
 * @status: upstream's
 * @body: (nullable): what came with it
 *
 * Returns: (transfer full): the body for the client
 */
GBytes *
jump_responses_pass_failure (guint status, GBytes *body)
{
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (status, body);

  if (failure->kind == JUMP_FAILURE_OVERFLOW)
    return jump_responses_write_failure (failure, NULL);
  return jump_openai_error_from_upstream (status, body);
}

/**
 * jump_responses_failure_code:
 * @failure: ours or upstream's
 *
 * The API documents a few words only and agents act on some of them: Codex tries again on all but those
 * for an overflow, a used-up quota and an invalid prompt.
 *
 * Returns: the word
 */
const char *
jump_responses_failure_code (const JumpFailure *failure)
{
  switch (failure->kind)
    {
    case JUMP_FAILURE_OVERFLOW:
      return "context_length_exceeded";
    case JUMP_FAILURE_BILLING:
      return "insufficient_quota";
    case JUMP_FAILURE_RATE_LIMIT:
      return "rate_limit_exceeded";
    case JUMP_FAILURE_OVERLOADED:
      return "server_is_overloaded";
    case JUMP_FAILURE_BAD_REQUEST:
    case JUMP_FAILURE_AUTHENTICATION:
    case JUMP_FAILURE_PERMISSION:
    case JUMP_FAILURE_NOT_FOUND:
    case JUMP_FAILURE_UNKNOWN_MODEL:
    case JUMP_FAILURE_TOO_LARGE:
    case JUMP_FAILURE_FILTER:
      return "invalid_prompt";
    case JUMP_FAILURE_TIMEOUT:
    case JUMP_FAILURE_SERVER:
      break;
    }
  return "server_error";
}

/* Upstream may repeat the token that it was shown; clients write errors into logs of theirs. */
static void
put_string (GString *out, const char *text)
{
  g_autofree char *redacted = jump_redact (text);

  jump_json_append_string (out, redacted);
}

/**
 * jump_responses_failure_put:
 * @failure: ours or upstream's
 * @out: gets the object
 */
void
jump_responses_failure_put (const JumpFailure *failure, GString *out)
{
  jump_splice_put_literal (out, "{\"code\":\"");
  g_string_append (out, jump_responses_failure_code (failure));
  jump_splice_put_literal (out, "\",\"message\":");
  put_string (out, failure->message);
  jump_splice_put_literal (out, "}");
}

/**
 * jump_responses_failure_put_event:
 * @failure: ours or upstream's
 * @sequence: the event's sequence_number
 * @out: gets the event
 *
 * Says everything twice: flat as it is documented, nested as OpenAI's own service does it and as the
 * AI SDK and the library "openai" want it.
 */
void
jump_responses_failure_put_event (const JumpFailure *failure, gint64 sequence, GString *out)
{
  g_autoptr (GBytes) body = jump_responses_write_failure (failure, NULL);
  JumpJsonSpan error;

  error.start = g_bytes_get_data (body, &error.length);
  error = jump_json_find_member (error, "error");
  jump_splice_put_literal (out,
                           "event: error\n"
                           "data: {\"type\":\"error\",\"sequence_number\":");
  jump_splice_put_int (out, sequence);
  jump_splice_put_literal (out, ",\"code\":\"");
  g_string_append (out, jump_responses_failure_code (failure));
  jump_splice_put_literal (out, "\",\"message\":");
  put_string (out, failure->message);
  jump_splice_put_literal (out, ",\"param\":null,\"error\":");
  if (error.start != NULL)
    jump_splice_put_span (out, error);
  else
    jump_responses_failure_put (failure, out);
  jump_splice_put_literal (out, "}\n\n");
}
