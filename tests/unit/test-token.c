/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token.h"
#include "service/base/error.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1800000000)

static JumpToken *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JumpToken *token = jump_token_new_from_exchange (json, strlen (json), NOW, 0, &error);

  g_assert_no_error (error);
  return token;
}

static void
test_full (void)
{
  g_autoptr (JumpToken) token =
      parse ("{\"token\":\"tid=1;exp=2;proxy-ep=proxy.business.githubcopilot.com:mac\","
             "\"expires_at\":1800001800,\"refresh_in\":1500,\"sku\":\"monthly\","
             "\"endpoints\":{\"api\":\"https://api.individual.githubcopilot.com/\"},"
             "\"unknown\":[1,{}]}");

  g_assert_true (
      jump_secret_text_equal (token->text,
                              "tid=1;exp=2;proxy-ep=proxy.business.githubcopilot.com:mac"));
  g_assert_cmpstr (token->api_url, ==, "https://api.individual.githubcopilot.com");
  g_assert_cmpstr (token->sku, ==, "monthly");
  g_assert_cmpint (token->refresh_in, ==, 1500);
  g_assert_cmpint (token->issued_at, ==, NOW);
  g_assert_cmpint (token->expires_at, ==, NOW + 1560);
  g_assert_false (token->is_direct);
  g_assert_false (token->is_static);
}

static void
test_life (void)
{
  static const struct
  {
    const char *what;
    gint64 expires_in; /* against the local clock; 0: the field is missing */
    gint64 refresh_in; /* 0: the field is missing */
    gint64 life;
  } rows[] = {
    { "usual", 1800, 1500, 1560 },
    { "ends before the minute of slack", 1520, 1500, 1520 },
    { "our clock is 20 minutes late", 3000, 1500, 1560 },
    { "our clock is 25 minutes early", 300, 1500, 1560 },
    { "our clock is an hour early", -1800, 1500, 1560 },
    { "our clock is a year late", 31536000, 1500, 1560 },
    { "seconds, for tests", 5, 3, 5 },
    { "no refresh_in", 1800, 0, 1800 },
    { "no refresh_in, wrong clock", -600, 0, 1500 },
    { "no refresh_in, wrong clock, far", 90000, 0, 1500 },
    { "no expires_at", 0, 1500, 1560 },
    { "neither", 0, 0, 1500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) json = g_string_new ("{\"token\":\"t\"");
      g_autoptr (JumpToken) token = NULL;

      if (rows[i].expires_in != 0)
        g_string_append_printf (json,
                                ",\"expires_at\":%" G_GINT64_FORMAT,
                                NOW + rows[i].expires_in);
      if (rows[i].refresh_in != 0)
        g_string_append_printf (json, ",\"refresh_in\":%" G_GINT64_FORMAT, rows[i].refresh_in);
      g_string_append_c (json, '}');
      token = parse (json->str);
      g_test_message ("%s", rows[i].what);
      g_assert_cmpint (token->expires_at - NOW, ==, rows[i].life);
    }
}

/* Ours may be hours away from GitHub's: with the Date of the reply that does not matter. */
static void
test_servers_clock (void)
{
  static const gint64 offsets[] = { 0, 3 * 3600, -3 * 3600, 86400, -86400 };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      gint64 server_now = NOW + offsets[i];
      g_autofree char *json =
          g_strdup_printf ("{\"token\":\"t\",\"expires_at\":%" G_GINT64_FORMAT "}",
                           server_now + 1800);
      g_autoptr (JumpToken) token =
          jump_token_new_from_exchange (json, strlen (json), NOW, server_now, NULL);

      g_assert_cmpint (token->issued_at, ==, NOW);
      g_assert_cmpint (token->expires_at, ==, NOW + 1800);
      g_assert_false (jump_token_is_due (token, NOW));
    }
}

static void
test_odd_values (void)
{
  g_autoptr (JumpToken) wrong_types =
      parse ("{\"token\":\"t\",\"expires_at\":\"soon\",\"refresh_in\":null,"
             "\"sku\":7,\"endpoints\":\"none\"}");
  g_autoptr (JumpToken) negative = parse ("{\"token\":\"t\",\"expires_at\":-1,\"refresh_in\":-5}");
  g_autoptr (JumpToken) huge = parse ("{\"token\":\"t\",\"expires_at\":9223372036854775807,"
                                      "\"refresh_in\":9223372036854775807}");

  g_assert_cmpint (wrong_types->expires_at, ==, NOW + 1500);
  g_assert_null (wrong_types->sku);
  g_assert_null (wrong_types->api_url);
  g_assert_cmpint (negative->expires_at, ==, NOW + 1500);
  g_assert_cmpint (huge->expires_at, ==, NOW + 24 * 3600 + 60);
}

static void
test_unreadable (void)
{
  static const char *const rows[] = {
    "", "<html>", "[]", "{}", "{\"token\":null}", "{\"token\":\"\"}", "{\"token\":5}", "{\"tok",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      JumpToken *token = jump_token_new_from_exchange (rows[i], strlen (rows[i]), NOW, 0, &error);

      g_assert_null (token);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
    }
}

static void
test_api_url_inside (void)
{
  static const struct
  {
    const char *token;
    const char *url;
  } rows[] = {
    { "tid=1;proxy-ep=proxy.individual.githubcopilot.com;st=dotcom:mac",
      "https://api.individual.githubcopilot.com" },
    { "proxy-ep=proxy.business.githubcopilot.com", "https://api.business.githubcopilot.com" },
    { "tid=1;not-proxy-ep=proxy.a.b:mac", NULL },
    { "tid=1:proxy-ep=proxy.a.b", NULL },
    { "tid=1;proxy-ep=other.example;x=1", NULL },
    { "tid=1;proxy-ep=proxy.;x=1", NULL },
    { "tid=1;proxy-ep=", NULL },
    { "ghu_plain", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = jump_token_find_api_url (rows[i].token);

      g_assert_cmpstr (url, ==, rows[i].url);
    }
}

static void
test_threshold (void)
{
  static const struct
  {
    gint64 life;
    gint64 threshold;
  } rows[] = {
    { 1560, 312 }, { 1500, 300 }, { 3600, 720 }, { 601, 300 }, { 600, 300 },
    { 500, 250 },  { 60, 30 },    { 5, 2 },      { 2, 1 },     { 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpToken token = { .issued_at = NOW, .expires_at = NOW + rows[i].life };
      gint64 due_at = token.expires_at - rows[i].threshold;

      g_assert_cmpint (jump_token_get_threshold (&token), ==, rows[i].threshold);
      g_assert_false (jump_token_is_due (&token, NOW));
      g_assert_false (jump_token_is_due (&token, due_at - 1));
      g_assert_true (jump_token_is_due (&token, due_at));
      g_assert_false (jump_token_is_expired (&token, token.expires_at - 1));
      g_assert_true (jump_token_is_expired (&token, token.expires_at));
    }
}

static void
test_clock_set_back (void)
{
  JumpToken token = { .issued_at = NOW, .expires_at = NOW + 1560 };

  g_assert_false (jump_token_is_due (&token, NOW - 60));
  g_assert_true (jump_token_is_due (&token, NOW - 3600));
  g_assert_false (jump_token_is_expired (&token, NOW - 3600));
}

static void
test_without_end (void)
{
  g_autoptr (JumpSecretText) text = jump_secret_text_new ("gho_x");
  g_autoptr (JumpToken) token = jump_token_new (text, "https://api.githubcopilot.com/");

  g_assert_cmpstr (token->api_url, ==, "https://api.githubcopilot.com");
  g_assert_cmpint (jump_token_get_threshold (token), ==, 0);
  g_assert_false (jump_token_is_due (token, NOW * 2));
  g_assert_false (jump_token_is_expired (token, NOW * 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/full", test_full);
  g_test_add_func ("/token/life", test_life);
  g_test_add_func ("/token/servers-clock", test_servers_clock);
  g_test_add_func ("/token/odd-values", test_odd_values);
  g_test_add_func ("/token/unreadable", test_unreadable);
  g_test_add_func ("/token/api-url-inside", test_api_url_inside);
  g_test_add_func ("/token/threshold", test_threshold);
  g_test_add_func ("/token/clock-set-back", test_clock_set_back);
  g_test_add_func ("/token/without-end", test_without_end);
  return g_test_run ();
}
