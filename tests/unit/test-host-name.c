/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/host-name.h"

#include <string.h>

static void
test_loopback (void)
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
    { "[0:0:0:0:0:0:0:1]:8081", TRUE },
    { NULL, FALSE },
    { "", FALSE },
    { "::1", FALSE },
    { "[::1", FALSE },
    { "[::1]x", FALSE },
    { "[::1]:", FALSE },
    { "[]", FALSE },
    { "[localhost]", FALSE },
    { "[127.0.0.1]", FALSE },
    { "[::1%lo]", FALSE },
    { ":8081", FALSE },
    { "localhost:", FALSE },
    { "localhost:port", FALSE },
    { "localhost:0", FALSE },
    { "localhost:65536", FALSE },
    { "localhost:123456", FALSE },
    { "localhost:80:80", FALSE },
    { "localhost:+80", FALSE },
    { "localhost:80 ", FALSE },
    { "localhost.", FALSE },
    { "localhost.evil.example", FALSE },
    { "localhost.evil.example:8081", FALSE },
    { "x.localhost", FALSE },
    { "evil.example", FALSE },
    { "evil.example:8081", FALSE },
    { "127.0.0.1.evil.example", FALSE },
    { "127.0.0.2", FALSE },
    { "127.1", FALSE },
    { "2130706433", FALSE },
    { "0x7f.1", FALSE },
    { "0.0.0.0", FALSE },
    { "[::]", FALSE },
    { "[::ffff:127.0.0.1]", FALSE },
    { "user@localhost", FALSE },
    { "localhost@evil.example", FALSE },
    { " localhost", FALSE },
    { "localhost, evil.example", FALSE },
    { "localhost/", FALSE },
    { "localhost#", FALSE },
    { "l\xc3\xb6"
      "calhost",
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpHostName host;

      g_test_message ("%s", cases[i].host);
      g_assert_cmpint (jump_host_name_parse (&host, cases[i].host) &&
                           jump_host_name_is_loopback (&host),
                       ==,
                       cases[i].ok);
    }
}

static void
test_parts (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    gboolean is_address;
    guint port;
  } cases[] = {
    { "Desk.LAN:8081", "desk.lan", FALSE, 8081 },
    { "desk", "desk", FALSE, 0 },
    { "192.168.1.5:65535", "192.168.1.5", TRUE, 65535 },
    { "[FE80:0::1]:1", "fe80::1", TRUE, 1 },
    { "1.2.3", "1.2.3", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpHostName host;

      g_test_message ("%s", cases[i].text);
      g_assert_true (jump_host_name_parse (&host, cases[i].text));
      g_assert_cmpstr (host.name, ==, cases[i].name);
      g_assert_cmpint (host.is_address, ==, cases[i].is_address);
      g_assert_cmpuint (host.port, ==, cases[i].port);
    }
}

static void
test_long (void)
{
  g_autofree char *longest = g_strnfill (JUMP_HOST_NAME_MAX, 'a');
  g_autofree char *too_long = g_strnfill (JUMP_HOST_NAME_MAX + 1, 'a');
  g_autofree char *address = g_strdup_printf ("[%s]", too_long);
  JumpHostName host;

  g_assert_true (jump_host_name_parse (&host, longest));
  g_assert_cmpuint (strlen (host.name), ==, JUMP_HOST_NAME_MAX);
  g_assert_false (jump_host_name_parse (&host, too_long));
  g_assert_false (jump_host_name_parse (&host, address));
}

static void
test_address (void)
{
  static const struct
  {
    const char *host;
    const char *address;
    gboolean ok;
  } cases[] = {
    { "192.168.1.5:8081", "192.168.1.5", TRUE },
    { "192.168.1.5", "::ffff:192.168.1.5", TRUE },
    { "192.168.1.5", "192.168.1.6", FALSE },
    { "192.168.1.5", NULL, FALSE },
    { "[fd00::5]:8081", "fd00::5", TRUE },
    { "[fd00:0:0::5]:8081", "fd00::5", TRUE },
    { "[fd00::5]", "fd00::6", FALSE },
    { "desk", "desk", FALSE },
    { "unix", "unix", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpHostName host;

      g_test_message ("%s %s", cases[i].host, cases[i].address);
      g_assert_true (jump_host_name_parse (&host, cases[i].host));
      g_assert_cmpint (jump_host_name_is_address (&host, cases[i].address), ==, cases[i].ok);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-name/loopback", test_loopback);
  g_test_add_func ("/host-name/parts", test_parts);
  g_test_add_func ("/host-name/long", test_long);
  g_test_add_func ("/host-name/address", test_address);
  return g_test_run ();
}
