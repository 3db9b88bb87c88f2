/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/recorded-headers.h"

#include <string.h>

static char *
record (const char *name, const char *value)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  char *text;

  soup_message_headers_append (headers, name, value);
  text = jump_recorded_headers_new (headers);
  soup_message_headers_unref (headers);
  return text;
}

static void
test_secrets (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } cases[] = {
    { "Authorization", "Bearer sesame" },
    { "Proxy-Authorization", "Basic sesame" },
    { "x-api-key", "sesame" },
    { "api-key", "sesame" },
    { "X-Goog-Api-Key", "sesame" },
    { "Ocp-Apim-Subscription-Key", "sesame" },
    { "x-apikey", "sesame" },
    { "Set-Cookie", "jumpseat=sesame" },
    { "X-Access-Token", "sesame" },
    { "X-GitHub-Token", "sesame" },
    { "X-Some-Access-Token", "sesame" },
    { "Cookie", "session=sesame" },
    { "X-Auth-Token", "sesame" },
    { "X-Client-Secret", "sesame" },
    { "X-Anything", "Bearer sesame0123" },
    { "X-Anything", "gho_0123456789abcdefghijsesame" },
    { "X-Anything", "sk-ant-0123456789abcdefsesame" },
    { "X-Forwarded-Url", "https://example.org/?api_key=sesame1" },
    { "Referer", "https://me:sesame@example.org/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = record (cases[i].name, cases[i].value);
      g_autofree char *expected = g_strdup_printf ("%s: <redacted>\n", cases[i].name);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_plain (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } cases[] = {
    { "Content-Type", "application/json" },
    { "anthropic-version", "2023-06-01" },
    { "anthropic-beta", "interleaved-thinking-2025-05-14" },
    { "User-Agent", "claude-cli/2.1.329 (external, sdk-cli)" },
    { "X-Request-Id", "b1946ac9-2d52-4b4e-8d3e-0c5c1f4b5f11" },
    { "Host", "127.0.0.1:8081" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = record (cases[i].name, cases[i].value);
      g_autofree char *expected = g_strdup_printf ("%s: %s\n", cases[i].name, cases[i].value);

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Addresses keep where, not what. */
static void
test_query (void)
{
  g_autofree char *page = record ("Referer", "http://localhost:8081/?api_key=x&q=y");
  g_autofree char *part = record ("Referer", "http://localhost:8081/open#x");

  g_assert_cmpstr (page, ==, "Referer: http://localhost:8081/\n");
  g_assert_cmpstr (part, ==, "Referer: http://localhost:8081/open\n");
}

/* What clients send need not be text; what a window shows must. */
static void
test_bytes (void)
{
  g_autofree char *text = record ("X-Name", "caf\xe9");

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_prefix (text, "X-Name: caf"));
}

static void
test_order (void)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autofree char *text = NULL;

  soup_message_headers_append (headers, "B", "1");
  soup_message_headers_append (headers, "x-api-key", "2");
  soup_message_headers_append (headers, "A", "3");
  text = jump_recorded_headers_new (headers);
  g_assert_cmpstr (text, ==, "B: 1\nx-api-key: <redacted>\nA: 3\n");
  soup_message_headers_unref (headers);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recorded-headers/secrets", test_secrets);
  g_test_add_func ("/recorded-headers/plain", test_plain);
  g_test_add_func ("/recorded-headers/query", test_query);
  g_test_add_func ("/recorded-headers/bytes", test_bytes);
  g_test_add_func ("/recorded-headers/order", test_order);
  return g_test_run ();
}
