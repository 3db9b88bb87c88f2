/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/sleep-watch.h"

#define S ((gint64) G_USEC_PER_SEC)

static void
test_has_slept (void)
{
  static const struct
  {
    gint64 wall;
    gint64 monotonic;
    gboolean has_slept;
  } rows[] = {
    { 1000000 * S, 100 * S, FALSE }, /* the first look */
    { 1000060 * S, 160 * S, FALSE }, /* a minute awake */
    { 1003660 * S, 160 * S, TRUE },  /* an hour asleep */
    { 1003661 * S, 161 * S, FALSE }, /* told once */
    { 1003690 * S, 162 * S, FALSE }, /* the clock was corrected a little */
    { 1003722 * S, 163 * S, TRUE },  /* 31 seconds */
    { 1000000 * S, 164 * S, FALSE }, /* somebody set the clock back */
    { 1000001 * S, 165 * S, FALSE }, { 1000300 * S, 165 * S, TRUE },
  };
  JumpSleepWatch watch = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (jump_sleep_watch_has_slept (&watch, rows[i].wall, rows[i].monotonic),
                       ==,
                       rows[i].has_slept);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sleep-watch/has-slept", test_has_slept);
  return g_test_run ();
}
