/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/shown-secrets.h"

static void
test_bearer (void)
{
  static const struct
  {
    const char *header;
    const char *token;
  } cases[] = {
    { "Bearer abc", "abc" },
    { "bearer abc", "abc" },
    { "Bearer  abc", "abc" },
    { "Bearer ", NULL },
    { "Bearer", NULL },
    { "Bearerabc", NULL },
    { "Basic abc", NULL },
    { "abc", NULL },
    { "token Bearer x", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (jump_shown_bearer (cases[i].header), ==, cases[i].token);
}

static void
test_query_key (void)
{
  static const struct
  {
    const char *query;
    const char *key;
  } cases[] = {
    { "api_key=abc", "abc" },
    { "a=b&api_key=abc&c=d", "abc" },
    { "api_key=&api_key=abc", "abc" },
    { "api_key=a%2Db", "a-b" },
    { "my_api_key=abc", NULL },
    { "api_key", NULL },
    { "api_key=", NULL },
    { "api_key=%", NULL },
    { "api_key=%00", NULL },
    { "API_KEY=abc", NULL },
    { "&&", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = jump_shown_query_key (cases[i].query);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

static void
test_cookies (void)
{
  static const struct
  {
    const char *header;
    const char *values[3];
  } cases[] = {
    { "jumpseat=abc", { "abc" } },
    { "a=b; jumpseat=abc; c=d", { "abc" } },
    { "jumpseat=abc;jumpseat=def", { "abc", "def" } },
    { "jumpseat=abc, jumpseat=def", { "abc", "def" } },
    { "jumpseat=abc ; x=y", { "abc" } },
    { "jumpseat=", { "" } },
    { "jumpseat", { NULL } },
    { "jumpseats=abc", { NULL } },
    { "xjumpseat=abc", { NULL } },
    { "x=jumpseat=abc", { NULL } },
    { ";;;", { NULL } },
    { "", { NULL } },
    { NULL, { NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *position = cases[i].header;

      g_test_message ("%s", cases[i].header);
      for (gsize n = 0; n < G_N_ELEMENTS (cases[i].values); n++)
        {
          g_autofree char *value = jump_shown_next_cookie (&position, JUMP_SESSION_COOKIE);

          g_assert_cmpstr (value, ==, cases[i].values[n]);
          if (value == NULL)
            break;
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shown-secrets/bearer", test_bearer);
  g_test_add_func ("/shown-secrets/query-key", test_query_key);
  g_test_add_func ("/shown-secrets/cookies", test_cookies);
  return g_test_run ();
}
