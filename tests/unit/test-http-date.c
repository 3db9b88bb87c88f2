/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/http-date.h"

#define NOW G_GINT64_CONSTANT (1800000000)

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
  } rows[] = {
    { "Fri, 15 Jan 2027 08:00:00 GMT", NOW },
    { "Thu, 01 Jan 1970 00:00:01 GMT", 1 },
    { "Fri, 31 Dec 2027 23:59:59 GMT", 1830297599 },
    { "Fri, 15 Foo 2027 08:00:00 GMT", 0 },
    { "Fri, 15 anF 2027 08:00:00 GMT", 0 },
    { "Fri, 35 Jan 2027 08:00:00 GMT", 0 },
    { "1800000000", 0 },
    { "", 0 },
    { NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (jump_http_date_read (rows[i].text), ==, rows[i].seconds);
    }
}

static void
test_waits (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
  } rows[] = {
    { NULL, -1 },
    { "", -1 },
    { "later", -1 },
    { "5x", -1 },
    { "0", 0 },
    { "-3", 0 },
    { "77", 77 },
    { "77 ", 77 },
    { "77.5", 77 },
    { "6311", 6311 },
    { "Fri, 15 Jan 2027 08:01:30 GMT", 90 },
    { "Fri, 15 Jan 2027 07:00:00 GMT", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (jump_http_date_read_wait (rows[i].text, NOW), ==, rows[i].seconds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-date/dates", test_dates);
  g_test_add_func ("/http-date/waits", test_waits);
  return g_test_run ();
}
