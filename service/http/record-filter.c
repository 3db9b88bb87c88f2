/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-filter.h"

#include <string.h>

#define MICROS_PER_SECOND 1000000

static gboolean
is_same (const char *wanted, const char *value)
{
  return wanted == NULL || g_strcmp0 (wanted, value) == 0;
}

static gboolean
status_matches (guint wanted, guint status)
{
  if (wanted == 0)
    return TRUE;
  return wanted < 10 ? status / 100 == wanted : status == wanted;
}

gint64
jump_record_filter_measure (JumpMetric metric, const JumpExchangeRecord *record)
{
  switch (metric)
    {
    case JUMP_METRIC_NONE:
      break;
    case JUMP_METRIC_REQUEST_SIZE:
      return (gint64) record->bytes_in;
    case JUMP_METRIC_REPLY_SIZE:
      return (gint64) record->bytes_out;
    case JUMP_METRIC_DURATION:
      return record->total_us;
    case JUMP_METRIC_INPUT_TOKENS:
      return record->usage.input_tokens;
    case JUMP_METRIC_OUTPUT_TOKENS:
      return record->usage.output_tokens;
    case JUMP_METRIC_NANO_AIU:
      return record->usage.nano_aiu;
    }
  return 0;
}

/* What is not known is in no range. */
static gboolean
metric_matches (const JumpHistoryQuery *query, const JumpExchangeRecord *record)
{
  gint64 value = jump_record_filter_measure (query->metric, record);

  return query->metric == JUMP_METRIC_NONE ||
         (value >= 0 && value >= query->at_least && (query->below == 0 || value < query->below));
}

gboolean
jump_record_filter_matches (const JumpHistoryQuery *query, const JumpExchangeRecord *record)
{
  gint64 started = record->started_wall / MICROS_PER_SECOND;
  const char *key = record->client_key != NULL ? record->client_key : "";

  return is_same (query->model, record->used_model) && is_same (query->api, record->api) &&
         is_same (query->client, record->client_name) && is_same (query->client_key, key) &&
         is_same (query->session, record->session) &&
         status_matches (query->status, record->status) && started >= query->from &&
         (query->until == 0 || started < query->until) &&
         !(query->excludes_imported && record->is_imported) && metric_matches (query, record);
}

/* ---- text ---- */

/* Bytes that begin like @word are looked for first, in both cases: that is what takes long bodies. */
static gboolean
contains (const char *data, gsize length, const char *word, gsize word_length)
{
  char both[3] = { g_ascii_tolower (*word), g_ascii_toupper (*word), '\0' };
  const char *end = data + length;

  for (guint i = 0; i < (both[0] == both[1] ? 1u : 2u); i++)
    {
      const char *p = data;

      while ((gsize) (end - p) >= word_length &&
             (p = memchr (p, both[i], (gsize) (end - p) - word_length + 1)) != NULL)
        {
          if (g_ascii_strncasecmp (p, word, word_length) == 0)
            return TRUE;
          p++;
        }
    }
  return FALSE;
}

static gboolean
is_in_text (const char *text, const char *word, gsize length)
{
  return text != NULL && contains (text, strlen (text), word, length);
}

static gboolean
is_in_facts (const JumpExchangeRecord *record, const char *word, gsize length)
{
  const char *const texts[] = { record->asked_model, record->used_model,  record->route,
                                record->client,      record->client_name, record->session,
                                record->path,        record->error };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (is_in_text (texts[i], word, length))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_bytes (GBytes *bytes, const char *word, gsize word_length)
{
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return data != NULL && contains (data, length, word, word_length);
}

/* Every word of @text somewhere, in whatever order. */
static gboolean
has_words (const JumpExchangeRecord *record, const char *text, GBytes *request, GByteArray *reply)
{
  const char *word = text + strspn (text, " \t\r\n\"");

  while (*word != '\0')
    {
      gsize length = strcspn (word, " \t\r\n\"");

      if (!is_in_facts (record, word, length) && !is_in_bytes (request, word, length) &&
          (reply == NULL || !contains ((const char *) reply->data, reply->len, word, length)))
        return FALSE;
      word += length;
      word += strspn (word, " \t\r\n\"");
    }
  return TRUE;
}

gboolean
jump_record_filter_finds (const JumpHistoryQuery *query,
                          const JumpExchangeRecord *record,
                          GBytes *request,
                          GByteArray *reply)
{
  gsize length = query->text != NULL ? strlen (query->text) : 0;

  if (length > 0 && !is_in_facts (record, query->text, length) &&
      !is_in_bytes (request, query->text, length))
    return FALSE;
  return query->full_text == NULL || has_words (record, query->full_text, request, reply);
}
