/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-csv.h"

#include <string.h>

#define LINE_END          "\r\n"
#define NANO_PER_CREDIT   G_GUINT64_CONSTANT (1000000000)
#define MICROS_PER_SECOND 1000000

static const char headings[] =
    ",begins,requests,failed,input_tokens,cached_tokens,cache_write_tokens,output_tokens,"
    "reasoning_tokens,credits,estimated_credits,unpriced_requests,bytes_in,bytes_out,seconds" LINE_END;

/* A cell that begins like this is a formula to a spreadsheet, and names come from whoever asks. */
static gboolean
looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

static void
append_text (GString *out, const char *text)
{
  gboolean is_formula = looks_like_formula (text);

  if (!is_formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append (out, is_formula ? "\"'" : "\"");
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

/* With its offset: the same file may be read in another zone. */
static void
append_time (GString *out, gint64 wall_seconds)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (wall_seconds == 0)
    return;
  time = g_date_time_new_from_unix_local (wall_seconds);
  if (time != NULL)
    text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
  if (text != NULL)
    g_string_append (out, text);
}

static void
append_number (GString *out, guint64 number)
{
  g_string_append_printf (out, ",%" G_GUINT64_FORMAT, number);
}

/* To the last digit: sums of a spreadsheet have to be those of upstream. */
static void
append_credits (GString *out, guint64 nano_aiu)
{
  g_string_append_printf (out,
                          ",%" G_GUINT64_FORMAT ".%09" G_GUINT64_FORMAT,
                          nano_aiu / NANO_PER_CREDIT,
                          nano_aiu % NANO_PER_CREDIT);
}

/**
 * jump_usage_csv_append_head:
 * @out: appended to
 * @by: heading of the first column
 */
void
jump_usage_csv_append_head (GString *out, const char *by)
{
  append_text (out, by);
  g_string_append (out, headings);
}

/**
 * jump_usage_csv_append_row:
 * @out: appended to
 * @name: (nullable): of what the row is about; one that would be a formula gets an apostrophe in front
 * @bucket: wall seconds at which it begins, written as local time with its offset; 0: no time
 * @sums: credits are written with all nine digits, durations in seconds
 */
void
jump_usage_csv_append_row (GString *out, const char *name, gint64 bucket, const JumpUsageSums *sums)
{
  append_text (out, name != NULL ? name : "");
  g_string_append_c (out, ',');
  append_time (out, bucket);
  append_number (out, sums->n_requests);
  append_number (out, sums->n_failed);
  append_number (out, sums->input_tokens);
  append_number (out, sums->cached_tokens);
  append_number (out, sums->cache_write_tokens);
  append_number (out, sums->output_tokens);
  append_number (out, sums->reasoning_tokens);
  if (sums->nano_aiu == 0 && sums->n_unpriced > 0)
    g_string_append_c (out, ',');
  else
    append_credits (out, sums->nano_aiu);
  append_credits (out, sums->estimated_nano_aiu);
  append_number (out, sums->n_unpriced);
  append_number (out, sums->bytes_in);
  append_number (out, sums->bytes_out);
  g_string_append_printf (out,
                          ",%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT LINE_END,
                          sums->total_us / MICROS_PER_SECOND,
                          sums->total_us % MICROS_PER_SECOND);
}
