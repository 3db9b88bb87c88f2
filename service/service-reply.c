/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "service/upstream/error-words.h"

#include <stdio.h>

/* What the replies of upstream say about the account, besides what the client wanted. */

#define QUOTA_PREFIX "x-quota-snapshot-"
/* A 429 without Retry-After: protocol 7.3 backs off a minute. A week is the longest limit. In seconds. */
#define DEFAULT_WAIT 60
#define MAX_WAIT     (7 * 24 * 60 * 60)

static void
on_header_found (const char *name, const char *value, gpointer user_data)
{
  JumpService *self = user_data;

  if (g_ascii_strncasecmp (name, QUOTA_PREFIX, strlen (QUOTA_PREFIX)) == 0)
    jump_quota_take_header (self->quota, name + strlen (QUOTA_PREFIX), value);
}

/* "Mon, 01 Feb 2027 00:00:00 GMT", the one form of dates that servers still send. Returns: wall seconds,
 * 0 for anything else */
static gint64
read_http_date (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char month[4];
  int day, year, hour, minute, second;
  const char *found;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (text,
              "%*3s, %2d %3s %4d %2d:%2d:%2d GMT",
              &day,
              month,
              &year,
              &hour,
              &minute,
              &second) != 6)
    return 0;
  found = strstr (months, month);
  if (found == NULL || strlen (month) != 3 || (found - months) % 3 != 0)
    return 0;
  date = g_date_time_new_utc (year, (int) (found - months) / 3 + 1, day, hour, minute, second);
  return date == NULL ? 0 : g_date_time_to_unix (date);
}

/* @text: (nullable): seconds, or a date. Returns: seconds from now */
static gint64
read_wait (JumpService *self, const char *text)
{
  gint64 seconds = DEFAULT_WAIT;
  char *end = NULL;

  if (text != NULL && *text != '\0')
    {
      seconds = g_ascii_strtoll (text, &end, 10);
      if (end == text)
        {
          gint64 date = read_http_date (text);

          seconds = date == 0 ? DEFAULT_WAIT : date - jump_clock_get_wall_seconds (self->clock);
        }
    }
  return CLAMP (seconds, 0, MAX_WAIT);
}

static void
on_wait_over (gpointer user_data)
{
  JumpService *self = user_data;

  self->wait_alarm = 0;
  jump_service_note_change (self);
}

static void
clear_refusal (JumpService *self)
{
  self->last_status = 0;
  self->wait_until = 0;
  jump_clock_clear_alarm (self->clock, &self->wait_alarm);
  g_clear_pointer (&self->refusal_message, g_free);
  g_clear_pointer (&self->refusal_url, g_free);
}

static void
keep_refusal (JumpService *self, guint status, const char *body, gsize length)
{
  clear_refusal (self);
  self->last_status = status;
  self->refusal_message = jump_error_words_new (body, length, &self->refusal_url);
}

static void
start_wait (JumpService *self, const char *retry_after)
{
  gint64 seconds = read_wait (self, retry_after);

  self->wait_until = jump_clock_get_wall_seconds (self->clock) + seconds;
  /* a second late: by the wall clock it must be over then */
  self->wait_alarm =
      jump_clock_add_alarm (self->clock, (guint64) (seconds + 1) * 1000, on_wait_over, self);
}

/* Only what speaks of the account counts (protocol 7.2); other refusals are about one request and leave
 * what is known of the account alone. */
static void
on_upstream_replied (JumpUpstreamCall *call,
                     guint status,
                     const char *body,
                     gsize length,
                     gpointer user_data)
{
  JumpService *self = user_data;

  if (status < 400)
    {
      clear_refusal (self);
      self->last_status = status;
      jump_upstream_call_foreach_header (call, on_header_found, self);
    }
  else if (status == 402 || status == 429 || status == 466)
    keep_refusal (self, status, body, length);
  if (status == 429)
    start_wait (self, jump_upstream_call_get_header (call, "retry-after"));
  if (status == 402)
    jump_quota_refresh_async (self->quota, NULL, NULL, NULL);
  jump_service_note_exchange (self);
}

void
jump_service_watch_upstream (JumpService *self)
{
  jump_upstream_client_watch_replies (self->upstream, on_upstream_replied, self);
}

/* Of another account. */
void
jump_service_forget_replies (JumpService *self)
{
  clear_refusal (self);
}
