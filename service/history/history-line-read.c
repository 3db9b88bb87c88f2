/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/history/history-line.h"
#include "service/history/line-body.h"
#include "service/history/line-events.h"
#include "service/history/line-fields.h"
#include "service/history/line-headers.h"

#include <string.h>

/* Bodies in a line may nest as deep as bodies may, two levels down. */
#define LINE_DEPTH        (JUMP_LIMIT_JSON_DEPTH + 2)
#define MICROS_PER_SECOND 1000000
/* Longer texts are no names of anything. */
#define NAME_LENGTH 256
#define TEXT_LENGTH 4096
/* Seconds: no request takes a year. */
#define DURATION_MAX 31536000
#define NO_USER      "anonymous"

/* What a line says: theirs, then the members of ours. */
typedef struct
{
  JumpLineFields theirs;
  JumpLineFields ours;
} Line;

static const struct
{
  const char *path;
  const char *api;
} endpoints[] = {
  { "/chat/completions", "chat" },   { "/count_tokens", "count" },
  { "/completions", "completions" }, { "/responses", "responses" },
  { "/messages", "messages" },       { "/api/chat", "ollama" },
  { "/api/generate", "ollama" },     { "/embeddings", "embeddings" },
  { "/api/embed", "embeddings" },
};

/* Only names that records have, as they have them: constants. */
static const char *
find_api (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (endpoints); i++)
    {
      if (g_str_equal (endpoints[i].api, name))
        return endpoints[i].api;
    }
  return NULL;
}

static const char *
guess_api (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      if (g_str_has_suffix (path, endpoints[i].path))
        return endpoints[i].api;
    }
  return NULL;
}

/* Text and numbers that records have under one name, theirs or ours. */
static gboolean
read_ours (const JumpLineFields *ours, JumpExchangeRecord *record, GError **error)
{
  const JumpLineText texts[] = {
    { "method", NAME_LENGTH, &record->method },
    { "client", TEXT_LENGTH, &record->client },
    { "client_key", NAME_LENGTH, &record->client_key },
    { "client_name", TEXT_LENGTH, &record->client_name },
    { "process", NAME_LENGTH, &record->process },
    { "session", TEXT_LENGTH, &record->session },
    { "asked_model", NAME_LENGTH, &record->asked_model },
    { "used_model", NAME_LENGTH, &record->used_model },
    { "route", TEXT_LENGTH, &record->route },
    { "changes", TEXT_LENGTH, &record->changes },
    { "error", TEXT_LENGTH, &record->error },
    { "upstream_id", TEXT_LENGTH, &record->upstream_id },
  };
  const JumpLineNumber numbers[] = {
    { "started", &record->started_wall },
    { "queued", &record->queued_us },
    { "first_byte", &record->first_byte_us },
    { "total", &record->total_us },
    { "all_input_tokens", &record->usage.input_tokens },
    { "all_output_tokens", &record->usage.output_tokens },
    { "cache_read_tokens", &record->usage.cache_read_tokens },
    { "cache_write_tokens", &record->usage.cache_write_tokens },
    { "reasoning_tokens", &record->usage.reasoning_tokens },
    { "nano_aiu", &record->usage.nano_aiu },
    { "estimated_nano_aiu", &record->estimated_nano_aiu },
  };

  return jump_line_fields_read_texts (ours, texts, G_N_ELEMENTS (texts), error) &&
         jump_line_fields_read_numbers (ours, numbers, G_N_ELEMENTS (numbers), error);
}

static gboolean
read_our_counts (const JumpLineFields *ours, JumpExchangeRecord *record, GError **error)
{
  gint64 upstream_status = 0;
  gint64 attempts = 0;
  gint64 body_size = 0;
  g_autofree char *api = NULL;
  const JumpLineText texts[] = { { "api", NAME_LENGTH, &api } };
  const JumpLineNumber numbers[] = {
    { "upstream_status", &upstream_status },
    { "attempts", &attempts },
    { "body_size", &body_size },
  };

  if (!jump_line_fields_read_texts (ours, texts, G_N_ELEMENTS (texts), error) ||
      !jump_line_fields_read_numbers (ours, numbers, G_N_ELEMENTS (numbers), error))
    return FALSE;
  record->api = find_api (api);
  record->upstream_status = (guint) MIN (upstream_status, 999);
  record->attempts = (guint) MIN (attempts, G_MAXUINT);
  record->request_size = (guint64) body_size;
  record->streamed = jump_line_fields_is_true (ours, "streamed");
  record->is_reply_cut = jump_line_fields_is_true (ours, "is_reply_cut");
  record->reply_headers = jump_line_headers_read (jump_line_fields_get (ours, "reply_headers"));
  return TRUE;
}

/* Of tools that know no such thing, from what they do know. */
static gboolean
guess_ours (const JumpLineFields *theirs, JumpExchangeRecord *record, GError **error)
{
  g_autofree char *user = NULL;
  const JumpLineText texts[] = {
    { "model", NAME_LENGTH, &record->asked_model },
    { "translated_model", NAME_LENGTH, &record->used_model },
    { "user_id", TEXT_LENGTH, &user },
  };

  if (!jump_line_fields_read_texts (theirs, texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (record->used_model == NULL)
    record->used_model = g_strdup (record->asked_model);
  if (g_strcmp0 (user, NO_USER) != 0)
    {
      record->client_key = g_strdup (user);
      record->client_name = g_steal_pointer (&user);
    }
  record->api = guess_api (record->path);
  record->streamed =
      jump_json_span_kind (jump_line_fields_get (theirs, "raw_events")) == JUMP_JSON_ARRAY;
  return TRUE;
}

/* What they leave out of their input is part of ours. */
static gboolean
read_their_counts (const JumpLineFields *theirs, JumpExchangeRecord *record, GError **error)
{
  JumpUsageCount *usage = &record->usage;
  gint64 status = 0;
  gint64 bytes_in = 0;
  gint64 bytes_out = 0;
  const JumpLineNumber numbers[] = {
    { "status_code", &status },
    { "request_size", &bytes_in },
    { "response_size", &bytes_out },
    { "input_tokens", &usage->input_tokens },
    { "output_tokens", &usage->output_tokens },
    { "cache_creation_input_tokens", &usage->cache_write_tokens },
    { "cache_read_input_tokens", &usage->cache_read_tokens },
  };
  double seconds = 0;

  if (!jump_line_fields_read_numbers (theirs, numbers, G_N_ELEMENTS (numbers), error) ||
      !jump_line_fields_read_double (theirs, "duration", DURATION_MAX, &seconds, error))
    return FALSE;
  if (usage->input_tokens >= 0)
    usage->input_tokens += MAX (usage->cache_read_tokens, 0) + MAX (usage->cache_write_tokens, 0);
  record->status = (guint) MIN (status, 999);
  record->bytes_in = (guint64) bytes_in;
  record->bytes_out = (guint64) bytes_out;
  record->total_us = (gint64) (seconds * MICROS_PER_SECOND + 0.5);
  return TRUE;
}

static gboolean
read_their_facts (const JumpLineFields *theirs, JumpExchangeRecord *record, GError **error)
{
  g_autofree char *state = NULL;
  const JumpLineText texts[] = {
    { "id", NAME_LENGTH, &record->id },
    { "client_ip", NAME_LENGTH, &record->client_address },
    { "endpoint", TEXT_LENGTH, &record->path },
    { "state", NAME_LENGTH, &state },
  };

  if (!jump_line_fields_read_texts (theirs, texts, G_N_ELEMENTS (texts), error) ||
      !jump_line_fields_read_time (theirs, "timestamp", &record->started_wall, error) ||
      !read_their_counts (theirs, record, error))
    return FALSE;
  if (record->id == NULL || *record->id == '\0')
    {
      g_free (record->id);
      record->id = g_uuid_string_random ();
    }
  if (record->path == NULL)
    record->path = g_strdup ("/");
  if (g_strcmp0 (state, "error") == 0 && record->status < 400)
    record->error = g_strdup ("failed");
  return TRUE;
}

static GBytes *
read_bytes (const JumpLineFields *ours, const char *name)
{
  g_autofree char *text = jump_json_span_dup_string (jump_line_fields_get (ours, name));
  gsize length = 0;
  guchar *data;

  if (text == NULL)
    return NULL;
  data = g_base64_decode (text, &length);
  return g_bytes_new_take (data, length);
}

static gboolean
is_same (JumpJsonSpan one, JumpJsonSpan other)
{
  return one.length == other.length &&
         (one.length == 0 || memcmp (one.start, other.start, one.length) == 0);
}

/* The reference's older lines have one body, not both. */
static void
read_requests (const Line *line, JumpExchangeRecord *record)
{
  JumpJsonSpan original = jump_line_fields_get (&line->theirs, "original_request_body");
  JumpJsonSpan sent = jump_line_fields_get (&line->theirs, "request_body");

  if (original.start == NULL)
    original = sent;
  record->request_body = read_bytes (&line->ours, "request_bytes");
  record->sent_body = read_bytes (&line->ours, "sent_bytes");
  if (record->request_body == NULL)
    record->request_body = jump_line_body_read (original);
  if (record->sent_body == NULL && !is_same (original, sent))
    record->sent_body = jump_line_body_read (sent);
}

static GByteArray *
to_array (GBytes *bytes)
{
  GByteArray *array;

  if (bytes == NULL)
    return NULL;
  array = g_byte_array_sized_new ((guint) g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) > 0)
    g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return array;
}

static void
read_reply (const Line *line, JumpExchangeRecord *record)
{
  JumpJsonSpan events = jump_line_fields_get (&line->theirs, "raw_events");
  g_autoptr (GBytes) body = read_bytes (&line->ours, "reply_bytes");

  if (body == NULL && jump_json_span_kind (events) == JUMP_JSON_ARRAY)
    {
      record->reply_body =
          jump_line_events_join (record->api, events, jump_line_fields_get (&line->ours, "frames"));
      return;
    }
  if (body == NULL)
    body = jump_line_body_read (jump_line_fields_get (&line->theirs, "response_body"));
  record->reply_body = to_array (body);
}

/* What we do not know, of both objects, in the shape that a line has. */
static char *
join_extra (const Line *line)
{
  g_autoptr (GString) out = g_string_new ("{");

  g_string_append (out, line->theirs.unknown->str);
  if (line->ours.unknown->len > 0)
    g_string_append_printf (out,
                            "%s\"" JUMP_HISTORY_LINE_OURS "\":{%s}",
                            out->len > 1 ? "," : "",
                            line->ours.unknown->str);
  g_string_append_c (out, '}');
  return out->len > 2 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static gboolean
read_facts (const Line *line, JumpExchangeRecord *record, GError **error)
{
  const JumpLineFields *ours = &line->ours;

  if (!read_their_facts (&line->theirs, record, error))
    return FALSE;
  if (!ours->is_there)
    return guess_ours (&line->theirs, record, error);
  record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return read_ours (ours, record, error) && read_our_counts (ours, record, error);
}

static JumpExchangeRecord *
read_line (const Line *line, GError **error)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  if (!read_facts (line, record, error))
    return NULL;
  if (record->method == NULL)
    record->method = g_strdup ("POST");
  record->state = JUMP_EXCHANGE_ENDED;
  record->is_imported = TRUE;
  record->request_headers =
      jump_line_headers_read (jump_line_fields_get (&line->theirs, "request_headers"));
  read_requests (line, record);
  read_reply (line, record);
  record->extra = join_extra (line);
  return g_steal_pointer (&record);
}

static void
clear_line (Line *line)
{
  jump_line_fields_clear (&line->theirs);
  jump_line_fields_clear (&line->ours);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, clear_line)

/**
 * jump_history_line_read:
 * @line: one line of a .jl file, with or without its end
 * @length: in bytes
 * @error: %JUMP_ERROR_BAD_REQUEST that names the member and what was expected
 *
 * Takes as long as the line is long: not for the main loop. Headers with secrets lose them, whoever wrote the
 * file.
 *
 * Returns: (transfer full) (nullable): what the line says, ended and imported
 */
JumpExchangeRecord *
jump_history_line_read (const char *line, gsize length, GError **error)
{
  g_auto (Line) parsed = { 0 };
  JumpJsonSpan span;
  JumpJsonSpan ours;

  if (length > JUMP_LIMIT_HISTORY_LINE)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "expected a line of at most %u MiB",
                   JUMP_LIMIT_HISTORY_LINE / (1024 * 1024));
      return NULL;
    }
  if (!jump_json_validate (line, length, LINE_DEPTH, error))
    return NULL;
  span = jump_json_span_trim (line, length);
  if (jump_json_span_kind (span) != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "expected a JSON object");
      return NULL;
    }
  if (!jump_line_fields_init_theirs (&parsed.theirs, span, error))
    return NULL;
  ours = jump_line_fields_get (&parsed.theirs, JUMP_HISTORY_LINE_OURS);
  if (!jump_line_fields_init_ours (&parsed.ours, ours, error))
    return NULL;
  return read_line (&parsed, error);
}
