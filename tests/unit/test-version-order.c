/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/version-order.h"

static void
test_valid (void)
{
  static const char *const good[] = {
    "0.0.0",     "1.2.3",          "10.20.30",      "1.0.0-alpha",    "1.0.0-alpha.1",
    "1.0.0-0.3", "1.0.0-x.7.z.92", "1.0.0-x-y-z.-", "1.0.0+20130313", "1.0.0-beta+exp.sha",
    "1.0.0+001", "1.0.0--",        "1.0.0-0a",      "999999999.0.0",
  };
  static const char *const bad[] = {
    "",        "1",       "1.2",        "1.2.3.4",   "v1.2.3",         "01.2.3",    "1.02.3",
    "1.2.3-",  "1.2.3+",  "1.2.3-a..b", "1.2.3-01",  "1.2.3-a.",       "1.2.3 ",    " 1.2.3",
    "1.2.x",   "-1.2.3",  "1.2.3-ä",    "1.2.3-a_b", "1234567890.0.0", "1.2.3+a+b", "1..3",
    "nightly", "1.2.3\n",
  };
  g_autofree char *longest = g_strnfill (80, '1');
  g_autofree char *too_long = g_strconcat ("1.2.3-", longest, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (jump_version_is_valid (good[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (jump_version_is_valid (bad[i]));
    }
  g_assert_false (jump_version_is_valid (too_long));
  g_assert_false (jump_version_is_valid (NULL));
}

static void
test_prerelease (void)
{
  g_assert_true (jump_version_is_prerelease ("1.0.0-rc.1"));
  g_assert_true (jump_version_is_prerelease ("1.0.0-rc.1+5"));
  g_assert_false (jump_version_is_prerelease ("1.0.0"));
  g_assert_false (jump_version_is_prerelease ("1.0.0+a-b"));
  g_assert_false (jump_version_is_prerelease ("-rc"));
}

/* Each is newer than the one before it, and so than all before it; section 11 has the middle. */
static void
test_order (void)
{
  static const char *const rising[] = {
    "no version",
    "0.0.1",
    "0.1.0",
    "0.2.0-alpha",
    "0.2.0",
    "0.10.0",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-Zeta",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0-rc1",
    "1.0.0",
    "1.0.1",
    "1.1.0",
    "2.0.0-0",
    "2.0.0",
    "10.0.0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rising); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (rising); j++)
        {
          int order = jump_version_compare (rising[i], rising[j]);

          g_test_message ("%s and %s", rising[i], rising[j]);
          g_assert_cmpint (CLAMP (order, -1, 1), ==, (i > j) - (i < j));
        }
    }
  g_assert_cmpint (jump_version_compare ("1.0.0+a", "1.0.0+b"), ==, 0);
  g_assert_cmpint (jump_version_compare ("1.0.0-rc+a", "1.0.0-rc"), ==, 0);
  g_assert_cmpint (jump_version_compare ("latest", NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version-order/valid", test_valid);
  g_test_add_func ("/version-order/prerelease", test_prerelease);
  g_test_add_func ("/version-order/order", test_order);
  return g_test_run ();
}
