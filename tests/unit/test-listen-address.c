/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/listen-address.h"

#include <string.h>

static void
test_hosts (void)
{
  static const struct
  {
    const char *address;
    const char *hosts;
    gboolean is_loopback;
  } cases[] = {
    { "loopback", "127.0.0.1 ::1", TRUE },
    { "127.0.0.1", "127.0.0.1", TRUE },
    { "127.0.0.2", "127.0.0.2", TRUE },
    { "::1", "::1", TRUE },
    { "any", "0.0.0.0 ::", FALSE },
    { "0.0.0.0", "0.0.0.0", FALSE },
    { "::", "::", FALSE },
    { "192.0.2.1", "192.0.2.1 127.0.0.1 ::1", FALSE },
    { "fd00::2", "fd00::2 127.0.0.1 ::1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) hosts = jump_listen_address_list_hosts (cases[i].address);
      g_autofree char *text = g_strjoinv (" ", hosts);

      g_assert_cmpstr (text, ==, cases[i].hosts);
      g_assert_cmpint (jump_listen_address_is_loopback (cases[i].address),
                       ==,
                       cases[i].is_loopback);
    }
}

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jump_listen_address_check ("loopback", "server.address", FALSE, &error));
  g_assert_true (jump_listen_address_check ("::1", "server.address", FALSE, &error));
  g_assert_true (jump_listen_address_check ("any", "server.address", TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (jump_listen_address_check ("192.0.2.1", "server.tls_address", FALSE, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "server.tls_address is 192.0.2.1"));
  g_assert_nonnull (strstr (error->message, "jumpseat keys create"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listen-address/hosts", test_hosts);
  g_test_add_func ("/listen-address/check", test_check);
  return g_test_run ();
}
