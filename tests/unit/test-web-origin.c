/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/web-origin.h"

static void
test_normalize (void)
{
  static const struct
  {
    const char *text;
    const char *origin; /* (nullable) */
  } cases[] = {
    { "https://chat.example", "https://chat.example" },
    { "HTTPS://Chat.Example", "https://chat.example" },
    { "https://chat.example:443", "https://chat.example" },
    { "http://chat.example:80", "http://chat.example" },
    { "http://chat.example:443", "http://chat.example:443" },
    { "https://chat.example:80", "https://chat.example:80" },
    { "http://localhost:8081", "http://localhost:8081" },
    { "http://[::1]:8081", "http://[::1]:8081" },
    { "http://[0::1]", "http://[::1]" },
    { NULL, NULL },
    { "", NULL },
    { "null", NULL },
    { "NULL", NULL },
    { "chat.example", NULL },
    { "//chat.example", NULL },
    { "https://", NULL },
    { "https:///", NULL },
    { "https://chat.example/", NULL },
    { "https://chat.example/path", NULL },
    { "https://chat.example?x", NULL },
    { "https://user@chat.example", NULL },
    { "https://chat.example:", NULL },
    { "https://chat.example, https://evil.example", NULL },
    { "https://chat.example https://evil.example", NULL },
    { "app://name", "app://name" },
    { "App://Obsidian.MD", "app://obsidian.md" },
    { "tauri://localhost", "tauri://localhost" },
    { "chrome-extension://abcdef", "chrome-extension://abcdef" },
    { "x-a+b.c://name_1", "x-a+b.c://name_1" },
    { "file://", NULL },
    { "file://name", NULL },
    { "FILE://name", NULL },
    { "app://", NULL },
    { "app:///", NULL },
    { "app://*", NULL },
    { "*://name", NULL },
    { "1app://name", NULL },
    { "://name", NULL },
    { "app:name", NULL },
    { "app://name/", NULL },
    { "app://name:80", NULL },
    { "app://me@name", NULL },
    { "app://name?x", NULL },
    { "app://name, app://other", NULL },
    { "app", NULL },
    { "https:chat.example", NULL },
    { "https://*", NULL },
    { "*", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *origin = jump_web_origin_normalize (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (origin, ==, cases[i].origin);
    }
}

static void
test_own (void)
{
  static const struct
  {
    const char *host;
    gboolean is_tls;
    const char *origin;
  } cases[] = {
    { "LOCALHOST:8081", FALSE, "http://localhost:8081" },
    { "localhost", FALSE, "http://localhost" },
    { "localhost:80", FALSE, "http://localhost" },
    { "localhost:443", TRUE, "https://localhost" },
    { "[::1]:8081", TRUE, "https://[::1]:8081" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpHostName host;
      g_autofree char *origin = NULL;

      g_assert_true (jump_host_name_parse (&host, cases[i].host));
      origin = jump_web_origin_new (cases[i].is_tls, &host);
      g_assert_cmpstr (origin, ==, cases[i].origin);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-origin/normalize", test_normalize);
  g_test_add_func ("/web-origin/own", test_own);
  return g_test_run ();
}
