/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-row-text.h"

#include "ui/figure-text.h"
#include "ui/request-filter.h"

#include <glib/gi18n-lib.h>

static const char *
state_icon (const JumpExchangeRecord *record)
{
  switch (jump_request_outcome (record))
    {
    case JUMP_REQUEST_RUNNING:
      return record->state == JUMP_EXCHANGE_STREAMING ? "media-playback-start-symbolic"
                                                      : "content-loading-symbolic";
    case JUMP_REQUEST_FAILED:
      return "dialog-error-symbolic";
    case JUMP_REQUEST_CANCELLED:
      return "process-stop-symbolic";
    case JUMP_REQUEST_SUCCEEDED:
    case JUMP_REQUEST_ANY:
      break;
    }
  return "object-select-symbolic";
}

/* A running exchange has no numbers yet; a dash would say that there will be none. */
static char *
count_text (const JumpExchangeRecord *record, gint64 count, char *(*format) (gint64))
{
  if (count < 0 && record->state != JUMP_EXCHANGE_ENDED)
    return g_strdup ("");
  return format (count);
}

/* Where upstream named no price, there may be an estimate. */
static char *
credits_text (const JumpExchangeRecord *record)
{
  g_autofree char *estimate = NULL;

  if (record->usage.nano_aiu >= 0 || record->estimated_nano_aiu < 0)
    return count_text (record, record->usage.nano_aiu, jump_figure_text_credits);
  estimate = jump_figure_text_credits (record->estimated_nano_aiu);
  /* Translators: a number that is an estimate: ≈ 12.3 */
  return g_strdup_printf (C_ ("estimate", "≈ %s"), estimate);
}

/* Local time. */
static gboolean
is_same_day (gint64 a_wall, gint64 b_wall)
{
  g_autoptr (GDateTime) a = NULL;
  g_autoptr (GDateTime) b = NULL;

  /* nearly all are: no need to ask what day it is */
  if (a_wall / G_USEC_PER_SEC / 3600 == b_wall / G_USEC_PER_SEC / 3600)
    return TRUE;
  a = g_date_time_new_from_unix_local (a_wall / G_USEC_PER_SEC);
  b = g_date_time_new_from_unix_local (b_wall / G_USEC_PER_SEC);
  return a != NULL && b != NULL && g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static char *
running_text (JumpExchangeState state)
{
  switch (state)
    {
    case JUMP_EXCHANGE_RECEIVED:
    case JUMP_EXCHANGE_ROUTED:
      /* Translators: a request that has arrived and is being read */
      return g_strdup (_("Preparing"));
    case JUMP_EXCHANGE_WAITING:
      /* Translators: a request whose reply has not begun */
      return g_strdup (_("Waiting"));
    case JUMP_EXCHANGE_STREAMING:
      /* Translators: a request whose reply is being received */
      return g_strdup (_("Replying"));
    case JUMP_EXCHANGE_ENDED:
      break;
    }
  return g_strdup ("");
}

/**
 * jump_request_row_text_new:
 * @record: running or ended
 * @column: one that is shown, or the state's icon
 * @client: what jump_client_name_new() makes of the record's client
 * @now_wall: microseconds since the epoch
 *
 * Returns: (transfer full): the text of that cell
 */
char *
jump_request_row_text_new (const JumpExchangeRecord *record,
                           JumpRequestColumn column,
                           const char *client,
                           gint64 now_wall)
{
  switch (column)
    {
    case JUMP_REQUEST_COLUMN_TIME:
      return is_same_day (record->started_wall, now_wall)
                 ? jump_figure_text_clock (record->started_wall)
                 : jump_figure_text_date (record->started_wall / G_USEC_PER_SEC);
    case JUMP_REQUEST_COLUMN_CLIENT:
      return g_strdup (client);
    case JUMP_REQUEST_COLUMN_API:
      return g_strdup (jump_request_api_name (record->api));
    case JUMP_REQUEST_COLUMN_MODEL:
      return jump_request_model_text_new (record);
    case JUMP_REQUEST_COLUMN_WAY:
      return jump_request_way_text_new (record->route);
    case JUMP_REQUEST_COLUMN_STATE:
      return jump_request_state_text_new (record);
    case JUMP_REQUEST_COLUMN_FIRST_BYTE:
      return count_text (record, record->first_byte_us, jump_figure_text_latency);
    case JUMP_REQUEST_COLUMN_DURATION:
      return jump_request_duration_text_new (record, now_wall);
    case JUMP_REQUEST_COLUMN_INPUT:
      return count_text (record, record->usage.input_tokens, jump_figure_text_tokens);
    case JUMP_REQUEST_COLUMN_CACHED:
      return count_text (record, record->usage.cache_read_tokens, jump_figure_text_tokens);
    case JUMP_REQUEST_COLUMN_OUTPUT:
      return count_text (record, record->usage.output_tokens, jump_figure_text_tokens);
    case JUMP_REQUEST_COLUMN_CREDITS:
      return credits_text (record);
    case JUMP_REQUEST_COLUMN_STATE_ICON:
      return g_strdup (state_icon (record));
    case JUMP_REQUEST_N_COLUMNS:
      break;
    }
  return g_strdup ("");
}

/**
 * jump_request_api_name:
 * @api: (nullable): as a record has it
 *
 * Returns: (transfer none): its name for people
 */
const char *
jump_request_api_name (const char *api)
{
  static const struct
  {
    const char *api;
    const char *name;
  } rows[] = {
    { "chat", N_ ("Chat") },
      { "completions", N_ ("Completions") },
        { "responses", N_ ("Responses") },
          { "messages", N_ ("Messages") },
            { "ollama", "Ollama" },
            { "embeddings", N_ ("Embeddings") },
              { "count", N_ ("Token count") },
            };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].api, api) == 0)
      return _(rows[i].name);
  return api != NULL ? api : "";
}

char *
jump_request_state_text_new (const JumpExchangeRecord *record)
{
  switch (jump_request_outcome (record))
    {
    case JUMP_REQUEST_RUNNING:
      return running_text (record->state);
    case JUMP_REQUEST_FAILED:
      /* Translators: a request that failed, with the number of its HTTP status */
      return record->status >= 400 ? g_strdup_printf (_("Failed (%u)"), record->status)
                                   : g_strdup (_("Failed"));
    case JUMP_REQUEST_CANCELLED:
      return g_strdup (_("Cancelled"));
    case JUMP_REQUEST_SUCCEEDED:
    case JUMP_REQUEST_ANY:
      break;
    }
  /* Translators: a request that went well */
  return g_strdup (_("Done"));
}

/**
 * jump_request_way_text_new:
 * @route: (nullable): what jump_route_describe() said of it, such as "translated; messages>chat"
 *
 * Returns: (transfer full): its first word for people
 */
char *
jump_request_way_text_new (const char *route)
{
  static const struct
  {
    const char *word;
    const char *text;
  } rows[] = {
    /* Translators: how a request reached the model: sent on as it came */
    { "verbatim", N_ ("Direct") },
      /* Translators: how a request reached the model: some fields had to change */
      { "patched", N_ ("Adapted") },
        /* Translators: how a request reached the model: from one API to another */
        { "translated", N_ ("Translated") },
          /* Translators: a count of tokens that was made here, without asking upstream */
          { "estimated", N_ ("Estimated") },
            { "embeddings", N_ ("Direct") },
          };

  if (route == NULL)
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (route, rows[i].word))
      return g_strdup (_(rows[i].text));
  return g_strndup (route, strcspn (route, ";"));
}

/* "claude-sonnet-4-6" is how some programs write "claude-sonnet-4.6". */
static gboolean
is_same_model (const char *asked, const char *used)
{
  for (; *asked != '\0' && *used != '\0'; asked++, used++)
    {
      if (*asked != *used && !(*asked == '-' && *used == '.'))
        return FALSE;
    }
  return *asked == *used;
}

char *
jump_request_model_text_new (const JumpExchangeRecord *record)
{
  const char *asked = record->asked_model;
  const char *used = record->used_model;

  if (asked == NULL || used == NULL || is_same_model (asked, used))
    return g_strdup (used != NULL ? used : asked != NULL ? asked : "");
  /* Translators: the model asked for, and the model that was used instead */
  return g_strdup_printf (C_ ("model", "%s → %s"), asked, used);
}

/**
 * jump_request_duration_text_new:
 * @record: running or ended
 * @now_wall: microseconds since the epoch
 *
 * Returns: (transfer full): whole seconds while it runs, since it is drawn once a second
 */
char *
jump_request_duration_text_new (const JumpExchangeRecord *record, gint64 now_wall)
{
  gint64 seconds = MAX (0, now_wall - record->started_wall) / G_USEC_PER_SEC;

  if (record->state == JUMP_EXCHANGE_ENDED)
    return jump_figure_text_latency (record->total_us);
  if (seconds >= 60)
    return jump_figure_text_countdown (seconds);
  /* Translators: seconds that a request has been running for */
  return g_strdup_printf (_("%d s"), (int) seconds);
}
