/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NANO_AIU_PER_CREDIT 1e9

static char *
get_unknown (void)
{
  return g_strdup ("–");
}

/* Separators are the locale's, and so is whether thousands are grouped at all. */
static char *
format_number (double number, int decimals)
{
  return g_strdup_printf ("%'.*f", decimals, number);
}

/* One decimal where it says something: 1.2, 12.3, but 12 and 123. */
static char *
format_short (double number)
{
  double tenths = round (number * 10);

  return format_number (number, tenths < 1000 && fmod (tenths, 10) != 0 ? 1 : 0);
}

static char *
format_time (gint64 wall_seconds, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_seconds);

  return time == NULL ? get_unknown () : g_date_time_format (time, format);
}

/**
 * jump_figure_text_count:
 * @count: how many, -1 for not known
 */
char *
jump_figure_text_count (gint64 count)
{
  if (count < 0)
    return get_unknown ();
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

/**
 * jump_figure_text_tokens:
 * @tokens: how many, -1 for not known
 */
char *
jump_figure_text_tokens (gint64 tokens)
{
  g_autofree char *number = NULL;

  if (tokens < 0)
    return get_unknown ();
  if (tokens < 1000)
    return g_strdup_printf ("%d", (int) tokens);
  /* What would be rounded up to 1000k is 1M. */
  if (tokens < 999500)
    {
      number = format_short (tokens / 1e3);
      /* Translators: thousands of tokens, as short as can be: 12.3k */
      return g_strdup_printf (C_ ("tokens", "%sk"), number);
    }
  if (tokens < 999500000)
    {
      number = format_short (tokens / 1e6);
      /* Translators: millions of tokens, as short as can be: 1.2M */
      return g_strdup_printf (C_ ("tokens", "%sM"), number);
    }
  number = format_short (tokens / 1e9);
  /* Translators: thousand millions of tokens, as short as can be: 1.2G */
  return g_strdup_printf (C_ ("tokens", "%sG"), number);
}

/**
 * jump_figure_text_credits:
 * @nano_aiu: 1e9 is one credit (protocol 3.5); -1 for not known
 */
char *
jump_figure_text_credits (gint64 nano_aiu)
{
  if (nano_aiu < 0)
    return get_unknown ();
  return jump_figure_text_amount ((double) nano_aiu / NANO_AIU_PER_CREDIT);
}

/**
 * jump_figure_text_amount:
 * @amount: of credits or premium requests; below 0 where more was used than there was
 *
 * What costs something never reads as nothing, and what is whole has no decimals.
 */
char *
jump_figure_text_amount (double amount)
{
  double size = fabs (amount);

  if (!isfinite (amount))
    return get_unknown ();
  if (size == 0)
    return g_strdup ("0");
  if (size < 0.005)
    {
      g_autofree char *least = format_number (0.01, 2);

      return g_strdup_printf ("<%s", least);
    }
  if (size == floor (size))
    return format_number (amount, 0);
  if (size < 9.995)
    return format_number (amount, 2);
  if (size < 99.95)
    return format_number (amount, 1);
  return format_number (amount, 0);
}

/**
 * jump_figure_text_bytes:
 * @bytes: a size
 */
char *
jump_figure_text_bytes (guint64 bytes)
{
  return g_format_size (bytes);
}

/**
 * jump_figure_text_latency:
 * @microseconds: how long something took, -1 for not yet
 */
char *
jump_figure_text_latency (gint64 microseconds)
{
  gint64 seconds = (microseconds + 500000) / 1000000;
  g_autofree char *number = NULL;

  if (microseconds < 0)
    return get_unknown ();
  if (microseconds < 999500)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%d ms"), (int) ((microseconds + 500) / 1000));
  if (microseconds < 59950000)
    {
      number = format_number (microseconds / 1e6, 1);
      /* Translators: seconds */
      return g_strdup_printf (_ ("%s s"), number);
    }
  number = jump_figure_text_countdown (seconds);
  if (seconds < 3600)
    /* Translators: minutes and seconds: 1:05 min */
    return g_strdup_printf (_ ("%s min"), number);
  /* Translators: hours, minutes and seconds: 1:05:00 h */
  return g_strdup_printf (_ ("%s h"), number);
}

static char *
describe_days (int days)
{
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

static char *
describe_hours (int hours)
{
  return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), hours);
}

static char *
describe_minutes (int minutes)
{
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
}

/**
 * jump_figure_text_duration:
 * @seconds: a time that is left or has passed, -1 for not known
 *
 * Two units at most, rounded down: nobody is told of time that is not there.
 */
char *
jump_figure_text_duration (gint64 seconds)
{
  int minutes = (int) (seconds / 60 % 60);
  int hours = (int) (seconds / 3600 % 24);
  int days = (int) MIN (seconds / 86400, G_MAXINT);
  g_autofree char *large = NULL;
  g_autofree char *small = NULL;

  if (seconds < 0)
    return get_unknown ();
  if (seconds < 60)
    return g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds), (int) seconds);
  if (seconds < 3600)
    return describe_minutes (minutes);
  if (days == 0)
    {
      if (minutes == 0)
        return describe_hours (hours);
      large = describe_hours (hours);
      small = describe_minutes (minutes);
    }
  else
    {
      if (hours == 0)
        return describe_days (days);
      large = describe_days (days);
      small = describe_hours (hours);
    }
  /* Translators: a long time and what is over: "2 hours" "5 minutes" */
  return g_strdup_printf (C_ ("duration", "%s %s"), large, small);
}

/**
 * jump_figure_text_countdown:
 * @seconds: what is left, -1 for not known
 */
char *
jump_figure_text_countdown (gint64 seconds)
{
  int minutes = (int) (seconds / 60 % 60);

  if (seconds < 0)
    return get_unknown ();
  if (seconds < 3600)
    return g_strdup_printf ("%d:%02d", minutes, (int) (seconds % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d",
                          seconds / 3600,
                          minutes,
                          (int) (seconds % 60));
}

/**
 * jump_figure_text_clock:
 * @wall_us: microseconds since the epoch, -1 for not known
 */
char *
jump_figure_text_clock (gint64 wall_us)
{
  if (wall_us < 0)
    return get_unknown ();
  /* Translators: a time of day with seconds, in the words of strftime() */
  return format_time (wall_us / G_USEC_PER_SEC, _ ("%H:%M:%S"));
}

/**
 * jump_figure_text_day:
 * @wall_seconds: seconds since the epoch, -1 for not known
 */
char *
jump_figure_text_day (gint64 wall_seconds)
{
  static const char *const months[] = {
    NC_ ("month", "January"),   NC_ ("month", "February"), NC_ ("month", "March"),
    NC_ ("month", "April"),     NC_ ("month", "May"),      NC_ ("month", "June"),
    NC_ ("month", "July"),      NC_ ("month", "August"),   NC_ ("month", "September"),
    NC_ ("month", "October"),   NC_ ("month", "November"), NC_ ("month", "December"),
  };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_seconds);
  g_autoptr (GString) pattern = NULL;

  if (wall_seconds < 0 || time == NULL)
    return get_unknown ();
  /* Translators: a day of the year without the year, in the words of strftime(): 1 December. %B
   * becomes the name of the month as it stands in this file. */
  pattern = g_string_new (C_ ("day", "%-e %B"));
  g_string_replace (
      pattern,
      "%B",
      g_dpgettext2 (GETTEXT_PACKAGE, "month", months[g_date_time_get_month (time) - 1]),
      0);
  return g_date_time_format (time, pattern->str);
}

/**
 * jump_figure_text_month:
 * @month: 1 to 12
 *
 * Returns: (transfer none): its short name
 */
const char *
jump_figure_text_month (int month)
{
  static const char *const months[] = {
    NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"),
    NC_ ("short month", "Apr"), NC_ ("short month", "May"), NC_ ("short month", "Jun"),
    NC_ ("short month", "Jul"), NC_ ("short month", "Aug"), NC_ ("short month", "Sep"),
    NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "short month", months[CLAMP (month, 1, 12) - 1]);
}

/**
 * jump_figure_text_date:
 * @wall_seconds: seconds since the epoch
 */
char *
jump_figure_text_date (gint64 wall_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_seconds);

  if (wall_seconds < 0 || time == NULL)
    return get_unknown ();
  /* Translators: a day and the short name of a month: 1 Dec */
  return g_strdup_printf (C_ ("short date", "%d %s"),
                              g_date_time_get_day_of_month (time),
                              jump_figure_text_month (g_date_time_get_month (time)));
}

/**
 * jump_figure_text_percent:
 * @percent: 0 to 100 and above; below 0 for not known
 *
 * All and nothing are said only where they are true.
 */
char *
jump_figure_text_percent (double percent)
{
  double whole = round (percent);

  if (percent < 0 || !isfinite (percent))
    return get_unknown ();
  if (percent < 100 && whole >= 100)
    whole = 99;
  if (percent > 0 && whole < 1)
    whole = 1;
  /* Translators: a number of percent; many languages put a space before the sign */
  return g_strdup_printf (_ ("%d%%"), (int) MIN (whole, 100000));
}
