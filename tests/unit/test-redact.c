/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/redact.h"

#include <string.h>

#define GITHUB  "gho_16C7e42F292c6912E7710c838347Ae178B4a"
#define PAT     "github_pat_11AAAAAAA0abcdefghijkl_mnopqrstuvwxyz0123456789"
#define COPILOT "tid=8f3a;exp=1800000000;sku=copilot_for_business;st=dotcom:9a7b6c5d"
#define JWT     "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define HEX40   "3584d83530557fdd1f46af8289938c8ef79f9dc5"

typedef struct
{
  const char *text;
  const char *expected; /* NULL: unchanged */
} Row;

static const Row rows[] = {
  /* by shape */
  { "sent " GITHUB " off", "sent *** off" },
  { "ghu_abcdefgh12345678", "***" },
  { "ghs_1234567890", "***" },
  { "ghr_1234567890,ghp_1234567890", "***,***" },
  { "file-" GITHUB ".json", "file-***.json" },
  { "x" GITHUB, "x***" },
  { PAT, "***" },
  { "(" COPILOT ")", "(***)" },
  { "{\"x\":\"" COPILOT "\"}", "{\"x\":\"***\"}" },
  { "jwt " JWT ".", "jwt ***." },
  { "key sk-proj-abcdefghijkl0123456789 used", "key *** used" },
  { "sk-ant-api03-aaaaaaaaaaaaaaaa", "***" },
  { "code " HEX40 " polled", "code *** polled" },
  { HEX40 HEX40, "***" },
  { "https://joe:pa55@proxy.example:3128/x", "https://***@proxy.example:3128/x" },
  { "socks5://joe@proxy", "socks5://***@proxy" },
  /* schemes */
  { "Bearer abc", "Bearer ***" },
  { "bearer AbC123", "bearer ***" },
  { "authorization: bearer abc", "authorization: ***" },
  { "Authorization: Bearer " JWT, "Authorization: ***" },
  { "Authorization: token abc\nHost: x", "Authorization: ***\nHost: x" },
  { "curl -H 'Authorization: Bearer x' http://y", "curl -H 'Authorization: ***' http://y" },
  { "proxy-authorization: Basic am9lOnBhNTU=", "proxy-authorization: ***" },
  { "Cookie: a=b; c=d", "Cookie: ***" },
  { "Set-Cookie: a=b; Path=/", "Set-Cookie: ***" },
  { "x-api-key: abcdef0123456789xyz", "x-api-key: ***" },
  /* names */
  { "{\"token\":\"abc\"}", "{\"token\":\"***\"}" },
  { "{\"token\" : \"abc\", \"x\":1}", "{\"token\" : \"***\", \"x\":1}" },
  { "{\"access_token\":\"a\\\"b\",\"x\":1}", "{\"access_token\":\"***\",\"x\":1}" },
  { "{\"refresh_token\":\"a\\\\\",\"x\":1}", "{\"refresh_token\":\"***\",\"x\":1}" },
  { "{\"accessToken\":\"abc\"}", "{\"accessToken\":\"***\"}" },
  { "{\\\"token\\\":\\\"abc\\\",\\\"x\\\":1}", "{\\\"token\\\":\\\"***\\\",\\\"x\\\":1}" },
  { "'password': 'abc'", "'password': '***'" },
  { "{\"token\":\"cut off", "{\"token\":\"***" },
  { "{\"device_code\":\"abc\",\"user_code\":\"AB12-CD34\"}",
    "{\"device_code\":\"***\",\"user_code\":\"AB12-CD34\"}" },
  { "client_id=Iv1.x&device_code=abc&grant_type=y",
    "client_id=Iv1.x&device_code=***&grant_type=y" },
  { "GET /x?api_key=abc&y=1 200", "GET /x?api_key=***&y=1 200" },
  { "GITHUB_TOKEN=abc COPILOT_TOKEN='d e' x", "GITHUB_TOKEN=*** COPILOT_TOKEN='***' x" },
  { "client_secret = abc", "client_secret = ***" },
  { "token: a8f3a8f3a8f3a8f3", "token: ***" },
  { "passphrase=\"two words\"", "passphrase=\"***\"" },
  { "token=" GITHUB ";password=x", "token=***;password=***" },
  /* what has to stay */
  { "", NULL },
  { "POST /v1/chat/completions 200 12 ms model=gpt-4.1 in=5 out=7", NULL },
  { "the token expires in 1500 s", NULL },
  { "token: expected string", NULL },
  { "the bearer token is missing", NULL },
  { "usage: prompt_tokens=12 completion_tokens=5 max_tokens=100", NULL },
  { "{\"max_tokens\":4096,\"token\":null,\"total_tokens\":17}", NULL },
  { "first_token=350", NULL },
  { "\"password\": \"\"", NULL },
  { "request 0b9c4a1e-5a7e-4c59-b8b1-0d7e3b3f0c55", NULL },
  { "commit 6ddeed3 of deadbeefdeadbeef", NULL },
  { "http://127.0.0.1:8081/v1/models", NULL },
  { "mail me@example.org", NULL },
  { "sk-learn and ask-me and risk-free-investments-for-everyone", NULL },
  { "ghost ghp gh_x high_low", NULL },
  { "eyJ is how they begin", NULL },
  { "renewing token, attempt 2", NULL },
  { "Gr\xc3\xbc\xc3\x9f Gott \xf0\x9f\x98\x80", NULL },
  { "token", NULL },
  { "token=", NULL },
  { "\"token\":", NULL },
  { "://", NULL },
  { "gh", NULL },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *expected = rows[i].expected == NULL ? rows[i].text : rows[i].expected;
      g_autofree char *result = jump_redact (rows[i].text);
      g_autofree char *again = jump_redact (result);

      g_assert_cmpstr (result, ==, expected);
      g_assert_cmpstr (again, ==, expected);
      g_assert_cmpint (jump_redact_has_secret (rows[i].text), ==, rows[i].expected != NULL);
    }
}

/* Wherever a token stands in a line, not a bit of it may be left. */
static void
test_every_place (void)
{
  static const char *const secrets[] = { GITHUB, PAT, COPILOT, JWT, HEX40 };
  static const char *const around[] = { "", " ", "\"", "(", ",", "=", ":", "/", "\n", "\xc3\xa9" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      for (gsize before = 0; before < G_N_ELEMENTS (around); before++)
        {
          for (gsize after = 0; after < G_N_ELEMENTS (around); after++)
            {
              g_autofree char *text =
                  g_strconcat ("a ", around[before], secrets[i], around[after], " z", NULL);
              g_autofree char *result = jump_redact (text);

              g_assert_null (strstr (result, "0c83"));
              g_assert_null (strstr (result, "f46af8"));
              g_assert_null (strstr (result, "mnop"));
              g_assert_null (strstr (result, "9a7b"));
              g_assert_null (strstr (result, "dBjft"));
              g_assert_nonnull (strstr (result, "***"));
              g_assert_true (g_str_has_prefix (result, "a "));
            }
        }
    }
}

/* Each of these would take minutes if runs were looked at again and again. */
static void
test_long_texts (void)
{
  static const char *const pieces[] = {
    "eyJ-",    "eyJa.",   "token:",  "token=",    "token ", "\"token\":", "sk-",     "gh",
    "gho_",    "bearer ", "://a",    "://",       "tid=",   "a",          "-",       "\\",
    "token\\", "token\"", "cookie:", "bearer a;", "0",      "token: x",   "Bearer ", "\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *result = NULL;

      while (text->len < 2 * 1024 * 1024)
        g_string_append (text, pieces[i]);
      result = jump_redact (text->str);
      g_assert_nonnull (result);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/table", test_table);
  g_test_add_func ("/redact/every-place", test_every_place);
  g_test_add_func ("/redact/long-texts", test_long_texts);
  return g_test_run ();
}
