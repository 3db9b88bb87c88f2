/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/error-line.h"

#include "service/base/json-write.h"
#include "service/base/redact.h"
#include "service/history/line-body.h"

#include <string.h>

/* What is kept of the answer to a failed refresh (H-19). */
#define REFRESH_REPLY_MAX (64 * 1024)

static void
member_status (JumpJsonWriter *writer, guint status)
{
  jump_json_writer_member (writer, "status_code");
  if (status != 0)
    jump_json_writer_int (writer, status);
  else
    jump_json_writer_null (writer);
}

static void
member_bytes (JumpJsonWriter *writer,
              const char *name,
              gboolean is_there,
              gconstpointer data,
              gsize length)
{
  jump_json_writer_member (writer, name);
  if (is_there)
    jump_line_body_write (writer, data != NULL ? data : "", length);
  else
    jump_json_writer_null (writer);
}

/**
 * jump_error_line_new:
 * @record: of an exchange that failed
 * @wall: seconds at which it ended
 *
 * Returns: (transfer full): a line without its end
 */
char *
jump_error_line_new (const JumpExchangeRecord *record, gint64 wall)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  gsize length = 0;
  gconstpointer request =
      record->request_body != NULL ? g_bytes_get_data (record->request_body, &length) : NULL;
  const GByteArray *reply = record->reply_body;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "timestamp", wall);
  jump_json_writer_member_string (&writer, "client_ip", record->client_address);
  jump_json_writer_member_string (&writer, "endpoint", record->path);
  member_status (&writer, record->status);
  member_bytes (&writer, "request", record->request_body != NULL, request, length);
  member_bytes (&writer,
                "response",
                reply != NULL,
                reply != NULL ? reply->data : NULL,
                reply != NULL ? reply->len : 0);
  jump_json_writer_member_string (&writer, "id", record->id);
  jump_json_writer_member_string (&writer, "error", record->error);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_error_line_new_for_refresh:
 * @wall: seconds at which it failed
 * @endpoint: (nullable): the address that was asked
 * @status: 0: no answer came
 * @error: in one sentence
 * @reply: (nullable): what came; response_length is that of all of it
 *
 * Returns: (transfer full): a line without its end
 */
char *
jump_error_line_new_for_refresh (gint64 wall,
                                 const char *endpoint,
                                 guint status,
                                 const char *error,
                                 const char *reply)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  gsize length = reply != NULL ? strlen (reply) : 0;
  g_autofree char *kept = reply != NULL ? g_strndup (reply, MIN (length, REFRESH_REPLY_MAX)) : NULL;
  g_autofree char *shown = kept != NULL ? g_utf8_make_valid (kept, -1) : NULL;
  g_autofree char *redacted = shown != NULL ? jump_redact (shown) : NULL;
  g_autofree char *words = jump_redact (error);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "timestamp", wall);
  jump_json_writer_member_string (&writer, "event_type", "upstream_error");
  jump_json_writer_member_string (&writer, "operation", "copilot_token_refresh");
  jump_json_writer_member_string (&writer, "endpoint", endpoint);
  member_status (&writer, status);
  jump_json_writer_member_string (&writer, "error", words);
  jump_json_writer_member_string (&writer, "response", redacted);
  jump_json_writer_member_int (&writer, "response_length", (gint64) length);
  jump_json_writer_member_boolean (&writer, "response_truncated", length > REFRESH_REPLY_MAX);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}
