/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/access.h"

#define PORT 8081

static const guint16 ports[] = { PORT, 11434, 0 };

static void
test_host (void)
{
  static const struct
  {
    const char *host;
    gboolean ok;
  } cases[] = {
    { "localhost", TRUE },
    { "localhost:8081", TRUE },
    { "LocalHost:1", TRUE },
    { "127.0.0.1", TRUE },
    { "127.0.0.1:8081", TRUE },
    { "[::1]", TRUE },
    { "[::1]:8081", TRUE },
    { NULL, FALSE },
    { "", FALSE },
    { "::1", FALSE },
    { "localhost:", FALSE },
    { "localhost:port", FALSE },
    { "localhost:123456", FALSE },
    { "localhost.evil.example", FALSE },
    { "localhost.evil.example:8081", FALSE },
    { "evil.example", FALSE },
    { "evil.example:8081", FALSE },
    { "127.0.0.1.evil.example", FALSE },
    { "127.0.0.2", FALSE },
    { "user@localhost", FALSE },
    { "localhost@evil.example", FALSE },
    { " localhost", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].host);
      g_assert_cmpint (jump_access_host_is_loopback (cases[i].host), ==, cases[i].ok);
    }
}

static void
test_check (void)
{
  static const struct
  {
    JumpAccessClass class;
    JumpAccessHeaders headers;
    guint status;
  } cases[] = {
    { JUMP_ACCESS_MODEL, { "localhost:8081", NULL, NULL, NULL }, 0 },
    { JUMP_ACCESS_OPEN, { "localhost:8081", NULL, NULL, NULL }, 0 },
    { JUMP_ACCESS_OPEN, { "evil.example", NULL, NULL, NULL }, 421 },
    { JUMP_ACCESS_MODEL, { NULL, NULL, NULL, NULL }, 421 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "http://localhost:8081", NULL, NULL }, 0 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "http://127.0.0.1:8081", "same-origin", NULL }, 0 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "http://localhost:3000", NULL, NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "http://localhost", NULL, NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "https://localhost:8081", NULL, NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "https://evil.example", NULL, NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", "null", NULL, NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", NULL, "cross-site", NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", NULL, "same-site", NULL }, 403 },
    { JUMP_ACCESS_MODEL, { "localhost:8081", NULL, "none", NULL }, 0 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, NULL }, 401 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "Bearer secret" }, 0 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "bearer secret" }, 0 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "Bearer secre" }, 401 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "Bearer secrets" }, 401 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "Bearer " }, 401 },
    { JUMP_ACCESS_CONTROL, { "localhost:8081", NULL, NULL, "secret" }, 401 },
    { JUMP_ACCESS_CONTROL,
      { "localhost:8081", "https://evil.example", NULL, "Bearer secret" },
      403 },
    { JUMP_ACCESS_CONTROL, { "evil.example", NULL, NULL, "Bearer secret" }, 421 },
    { (JumpAccessClass) 99, { "localhost:8081", NULL, NULL, "Bearer secret" }, 403 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reason = NULL;
      guint status;

      status = jump_access_check (cases[i].class, &cases[i].headers, "secret", ports, &reason);
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpint (reason != NULL, ==, status != 0);
    }
}

/* Without a key there is nothing that fits it. */
static void
test_no_key (void)
{
  JumpAccessHeaders headers = { "localhost", NULL, NULL, "Bearer " };

  g_assert_cmpuint (jump_access_check (JUMP_ACCESS_CONTROL, &headers, NULL, ports, NULL), ==, 401);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/host", test_host);
  g_test_add_func ("/access/check", test_check);
  g_test_add_func ("/access/no-key", test_no_key);
  return g_test_run ();
}
