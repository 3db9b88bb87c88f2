/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"

static void
test_status (void)
{
  static const struct
  {
    JumpError code;
    guint status;
  } rows[] = {
    { JUMP_ERROR_BAD_REQUEST, 400 },  { JUMP_ERROR_SIGNED_OUT, 401 },
    { JUMP_ERROR_FORBIDDEN, 403 },    { JUMP_ERROR_UNKNOWN_MODEL, 404 },
    { JUMP_ERROR_NOT_FOUND, 404 },    { JUMP_ERROR_METHOD, 405 },
    { JUMP_ERROR_TIMEOUT, 504 },      { JUMP_ERROR_TOO_LARGE, 413 },
    { JUMP_ERROR_RATE_LIMITED, 429 }, { JUMP_ERROR_UPSTREAM, 502 },
    { JUMP_ERROR_PROTOCOL, 502 },     { JUMP_ERROR_UNAVAILABLE, 503 },
    { JUMP_ERROR_STORE, 500 },        { JUMP_ERROR_BUSY_PORT, 500 },
    { JUMP_ERROR_SETTINGS, 500 },     { JUMP_ERROR_PORTAL, 502 },
  };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, JUMP_ERROR_PORTAL + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, (int) rows[i].code, "x");

      g_assert_cmpuint (jump_error_http_status (error), ==, rows[i].status);
    }
}

static void
test_other_domain (void)
{
  g_autoptr (GError) foreign =
      g_error_new_literal (G_FILE_ERROR, JUMP_ERROR_BAD_REQUEST, "same number, other domain");
  g_autoptr (GError) unknown = g_error_new_literal (JUMP_ERROR, 999, "no such code");

  g_assert_cmpuint (jump_error_http_status (foreign), ==, 500);
  g_assert_cmpuint (jump_error_http_status (unknown), ==, 500);
  g_assert_cmpuint (jump_error_http_status (NULL), ==, 500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/status", test_status);
  g_test_add_func ("/error/other-domain", test_other_domain);
  return g_test_run ();
}
