/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-line.h"

#include "service/base/limits.h"
#include "service/history/line-body.h"
#include "service/history/line-events.h"
#include "service/history/line-headers.h"

#include <string.h>

/* What a contract's field without a value of ours says. */
#define NO_MODEL          "unknown"
#define NO_USER           "anonymous"

#define MICROS_PER_SECOND 1000000
#define NANO_PER_CREDIT   1e9

static gint64
get_known (gint64 count)
{
  return MAX (count, 0);
}

/* Theirs leaves out what came from the cache or went into it (H-07), ours holds all input. */
static gint64
get_fresh_input (const JumpUsageCount *usage)
{
  return get_known (usage->input_tokens - get_known (usage->cache_read_tokens) -
                    get_known (usage->cache_write_tokens));
}

static const char *
get_state_name (const JumpExchangeRecord *record)
{
  switch (record->state)
    {
    case JUMP_EXCHANGE_RECEIVED:
    case JUMP_EXCHANGE_ROUTED:
      return "pending";
    case JUMP_EXCHANGE_WAITING:
      return "sending";
    case JUMP_EXCHANGE_STREAMING:
      return "receiving";
    case JUMP_EXCHANGE_ENDED:
      break;
    }
  return record->status >= 400 || record->error != NULL ? "error" : "completed";
}

static void
member_or_null (JumpJsonWriter *writer, const char *name, gboolean is_known, gint64 value)
{
  jump_json_writer_member (writer, name);
  if (is_known)
    jump_json_writer_int (writer, value);
  else
    jump_json_writer_null (writer);
}

static void
write_model (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  gboolean is_other = record->asked_model != NULL && record->used_model != NULL &&
                      strcmp (record->asked_model, record->used_model) != 0;
  const char *model = record->asked_model != NULL ? record->asked_model : record->used_model;

  jump_json_writer_member_string (writer, "model", model != NULL ? model : NO_MODEL);
  jump_json_writer_member_string (writer, "translated_model", is_other ? record->used_model : NULL);
}

/* Two decimals, as the contract has it. */
static void
write_duration (JumpJsonWriter *writer, gint64 microseconds)
{
  gint64 hundredths = (get_known (microseconds) + 5000) / 10000;
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));

  jump_json_writer_member (writer, "duration");
  jump_json_writer_raw (writer, text, -1);
}

/* Everything of the contract that is no body and no header. */
static void
write_facts (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  gboolean has_user = record->client_key != NULL && record->client_name != NULL;

  write_model (writer, record);
  jump_json_writer_member_string (writer, "endpoint", record->path);
  member_or_null (writer, "status_code", record->status != 0, record->status);
  jump_json_writer_member_int (writer, "request_size", (gint64) record->bytes_in);
  jump_json_writer_member_int (writer, "response_size", (gint64) record->bytes_out);
  jump_json_writer_member_int (writer, "input_tokens", get_fresh_input (&record->usage));
  jump_json_writer_member_int (writer, "output_tokens", get_known (record->usage.output_tokens));
  jump_json_writer_member_int (writer,
                               "cache_creation_input_tokens",
                               get_known (record->usage.cache_write_tokens));
  jump_json_writer_member_int (writer,
                               "cache_read_input_tokens",
                               get_known (record->usage.cache_read_tokens));
  write_duration (writer, record->total_us);
  jump_json_writer_member_string (writer, "state", get_state_name (record));
  jump_json_writer_member_string (writer, "user_id", has_user ? record->client_name : NO_USER);
}

static void
write_begin (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", record->id);
  jump_json_writer_member_int (writer, "timestamp", record->started_wall / MICROS_PER_SECOND);
  jump_json_writer_member_string (writer, "client_ip", record->client_address);
}

static void
member_seconds (JumpJsonWriter *writer, const char *name, gint64 microseconds)
{
  jump_json_writer_member (writer, name);
  if (microseconds >= 0)
    jump_json_writer_double (writer, (double) microseconds / MICROS_PER_SECOND);
  else
    jump_json_writer_null (writer);
}

static void
member_credits (JumpJsonWriter *writer, const char *name, gint64 nano_aiu)
{
  jump_json_writer_member (writer, name);
  if (nano_aiu >= 0)
    jump_json_writer_double (writer, (double) nano_aiu / NANO_PER_CREDIT);
  else
    jump_json_writer_null (writer);
}

/* The next three leave out what says nothing: a line is long enough. */
static void
add_text (JumpJsonWriter *writer, const char *name, const char *text)
{
  if (text != NULL)
    jump_json_writer_member_string (writer, name, text);
}

static void
add_number (JumpJsonWriter *writer, const char *name, gint64 number, gint64 absent)
{
  if (number != absent)
    jump_json_writer_member_int (writer, name, number);
}

static void
add_flag (JumpJsonWriter *writer, const char *name, gboolean is_set)
{
  if (is_set)
    jump_json_writer_member_boolean (writer, name, TRUE);
}

static void
write_our_facts (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  add_text (writer, "method", record->method);
  add_text (writer, "api", record->api);
  add_text (writer, "client", record->client);
  add_text (writer, "client_key", record->client_key);
  add_text (writer, "client_name", record->client_name);
  add_text (writer, "process", record->process);
  add_text (writer, "session", record->session);
  add_text (writer, "asked_model", record->asked_model);
  add_text (writer, "used_model", record->used_model);
  add_text (writer, "route", record->route);
  add_text (writer, "changes", record->changes);
  add_text (writer, "error", record->error);
  add_text (writer, "upstream_id", record->upstream_id);
  add_number (writer, "upstream_status", record->upstream_status, 0);
  add_flag (writer, "streamed", record->streamed);
  jump_json_writer_member_int (writer, "started", record->started_wall);
  add_number (writer, "queued", record->queued_us, 0);
  add_number (writer, "first_byte", record->first_byte_us, -1);
  jump_json_writer_member_int (writer, "total", record->total_us);
  add_number (writer, "attempts", record->attempts, 0);
  add_number (writer, "all_input_tokens", record->usage.input_tokens, -1);
  add_number (writer, "all_output_tokens", record->usage.output_tokens, -1);
  add_number (writer, "cache_read_tokens", record->usage.cache_read_tokens, -1);
  add_number (writer, "cache_write_tokens", record->usage.cache_write_tokens, -1);
  add_number (writer, "reasoning_tokens", record->usage.reasoning_tokens, -1);
  add_number (writer, "nano_aiu", record->usage.nano_aiu, -1);
  add_number (writer, "estimated_nano_aiu", record->estimated_nano_aiu, -1);
  add_number (writer, "body_size", (gint64) record->request_size, 0);
  add_flag (writer, "is_reply_cut", record->is_reply_cut);
  add_flag (writer, "is_imported", record->is_imported);
}

static void
write_body (JumpJsonWriter *writer, const char *name, GBytes *body)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  jump_json_writer_member (writer, name);
  jump_line_body_write (writer, body != NULL && data == NULL ? "" : data, length);
}

/* What a string of JSON cannot give back, for us alone. */
static void
add_bytes (JumpJsonWriter *writer, const char *name, gconstpointer data, gsize length)
{
  g_autofree char *text = NULL;

  if (data == NULL || jump_line_body_is_text (data, length))
    return;
  text = g_base64_encode (data, length);
  jump_json_writer_member_string (writer, name, text);
}

static void
add_body_bytes (JumpJsonWriter *writer, const char *name, GBytes *body)
{
  if (body != NULL)
    add_bytes (writer, name, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* One that was cut may end inside a character: that one goes. */
static gsize
get_reply_length (const JumpExchangeRecord *record)
{
  const char *data = (const char *) record->reply_body->data;
  const char *valid = NULL;
  gsize length = record->reply_body->len;

  if (record->is_reply_cut && length > 0 && !g_utf8_validate (data, (gssize) length, &valid) &&
      data + length - valid < 4)
    return (gsize) (valid - data);
  return length;
}

/* Members of @object that are not called @but. */
static void
write_members (JumpJsonWriter *writer, JumpJsonSpan object, const char *but)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    return;
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (but != NULL && g_str_equal (name, but))
        continue;
      jump_json_writer_member (writer, name);
      jump_line_body_write_raw (writer, value.start, value.length);
    }
}

static JumpJsonSpan
get_extra (const JumpExchangeRecord *record)
{
  JumpJsonSpan none = { NULL, 0 };

  if (record->extra == NULL ||
      !jump_json_validate (record->extra, strlen (record->extra), JUMP_LIMIT_JSON_DEPTH + 2, NULL))
    return none;
  return jump_json_span_trim (record->extra, strlen (record->extra));
}

/* @events: (nullable): the reply, when it is one of them */
static void
write_ours (JumpJsonWriter *writer, const JumpExchangeRecord *record, const JumpLineEvents *events)
{
  JumpJsonSpan extra = get_extra (record);

  jump_json_writer_member (writer, JUMP_HISTORY_LINE_OURS);
  jump_json_writer_begin_object (writer);
  write_our_facts (writer, record);
  if (record->reply_headers != NULL)
    {
      jump_json_writer_member (writer, "reply_headers");
      jump_line_headers_write (writer, record->reply_headers);
    }
  if (events != NULL)
    jump_line_events_write_frames (events, writer, "frames");
  add_body_bytes (writer, "request_bytes", record->request_body);
  add_body_bytes (writer, "sent_bytes", record->sent_body);
  if (record->reply_body != NULL)
    add_bytes (writer, "reply_bytes", record->reply_body->data, get_reply_length (record));
  write_members (writer, jump_json_find_member (extra, JUMP_HISTORY_LINE_OURS), NULL);
  jump_json_writer_end_object (writer);
  write_members (writer, extra, JUMP_HISTORY_LINE_OURS);
}

static void
write_reply (JumpJsonWriter *writer, const JumpExchangeRecord *record, const JumpLineEvents *events)
{
  jump_json_writer_member (writer, "response_body");
  if (events != NULL || record->reply_body == NULL)
    jump_json_writer_null (writer);
  else
    jump_line_body_write (writer,
                          record->reply_body->len > 0 ? (const char *) record->reply_body->data
                                                      : "",
                          get_reply_length (record));
  jump_json_writer_member (writer, "raw_events");
  if (events != NULL)
    jump_line_events_write (events, writer);
  else
    jump_json_writer_null (writer);
}

/**
 * jump_history_line_new:
 * @record: has ended
 *
 * Input tokens of the contract leave out what came from the cache or went into it; those of ours are all of
 * them. A member that an import brought and that we do not know stands behind ours. Takes as long as the bodies
 * are large: not for the main loop. A record that has ended may be read in any thread.
 *
 * Returns: (transfer full): one line of JSON, without its end
 */
char *
jump_history_line_new (const JumpExchangeRecord *record)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_auto (JumpLineEvents) split = { 0 };
  JumpLineEvents *events = NULL;

  if (record->streamed && record->reply_body != NULL && record->reply_body->len > 0)
    {
      jump_line_events_init (&split,
                             record->api,
                             (const char *) record->reply_body->data,
                             get_reply_length (record));
      events = jump_line_events_has_any (&split) ? &split : NULL;
    }
  jump_json_writer_init (&writer);
  write_begin (&writer, record);
  jump_json_writer_member (&writer, "request_headers");
  jump_line_headers_write (&writer, record->request_headers);
  write_body (&writer, "original_request_body", record->request_body);
  write_body (&writer,
              "request_body",
              record->sent_body != NULL ? record->sent_body : record->request_body);
  write_reply (&writer, record, events);
  write_facts (&writer, record);
  write_ours (&writer, record, events);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_history_line_write_item:
 * @writer: where a value may stand
 * @record: running or ended
 *
 * Behind the members of the contract stand ours: api, client (the key's name, or the program), user_agent, key (id
 * of the client key), process, session, method, route, changes, streamed, queued, first_byte, total (seconds),
 * attempts, upstream_status, upstream_id, reasoning_tokens, credits, estimated_credits (only where upstream named no
 * price), error, imported. What is not known is null.
 */
void
jump_history_line_write_item (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  const JumpUsageCount *usage = &record->usage;

  write_begin (writer, record);
  write_facts (writer, record);
  jump_json_writer_member_string (writer, "api", record->api);
  jump_json_writer_member_string (writer, "client", record->client_name);
  jump_json_writer_member_string (writer, "user_agent", record->client);
  jump_json_writer_member_string (writer, "key", record->client_key);
  jump_json_writer_member_string (writer, "process", record->process);
  jump_json_writer_member_string (writer, "session", record->session);
  jump_json_writer_member_string (writer, "method", record->method);
  jump_json_writer_member_string (writer, "route", record->route);
  jump_json_writer_member_string (writer, "changes", record->changes);
  jump_json_writer_member_boolean (writer, "streamed", record->streamed);
  member_seconds (writer, "queued", record->queued_us);
  member_seconds (writer, "first_byte", record->first_byte_us);
  member_seconds (writer, "total", record->state == JUMP_EXCHANGE_ENDED ? record->total_us : -1);
  jump_json_writer_member_int (writer, "attempts", record->attempts);
  member_or_null (writer, "upstream_status", record->upstream_status != 0, record->upstream_status);
  jump_json_writer_member_string (writer, "upstream_id", record->upstream_id);
  member_or_null (writer,
                  "reasoning_tokens",
                  usage->reasoning_tokens >= 0,
                  usage->reasoning_tokens);
  member_credits (writer, "credits", usage->nano_aiu);
  member_credits (writer,
                  "estimated_credits",
                  usage->nano_aiu < 0 ? record->estimated_nano_aiu : -1);
  jump_json_writer_member_string (writer, "error", record->error);
  jump_json_writer_member_boolean (writer, "imported", record->is_imported);
  jump_json_writer_end_object (writer);
}
