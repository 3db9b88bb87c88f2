/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-failure.h"

static char *
write_failure (const JumpFailure *failure, const char *request_id)
{
  g_autoptr (GBytes) body = jump_anthropic_failure_write (failure, request_id);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
test_types (void)
{
  static const struct
  {
    JumpFailureKind kind;
    const char *type;
  } rows[] = {
    { JUMP_FAILURE_BAD_REQUEST, "invalid_request_error" },
    { JUMP_FAILURE_OVERFLOW, "invalid_request_error" },
    { JUMP_FAILURE_FILTER, "invalid_request_error" },
    { JUMP_FAILURE_AUTHENTICATION, "authentication_error" },
    { JUMP_FAILURE_BILLING, "billing_error" },
    { JUMP_FAILURE_PERMISSION, "permission_error" },
    { JUMP_FAILURE_NOT_FOUND, "not_found_error" },
    { JUMP_FAILURE_UNKNOWN_MODEL, "not_found_error" },
    { JUMP_FAILURE_TOO_LARGE, "request_too_large" },
    { JUMP_FAILURE_RATE_LIMIT, "rate_limit_error" },
    { JUMP_FAILURE_OVERLOADED, "overloaded_error" },
    { JUMP_FAILURE_TIMEOUT, "timeout_error" },
    { JUMP_FAILURE_SERVER, "api_error" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpFailure) failure =
          jump_failure_new (rows[i].kind, 400, NULL, "prompt is too long \"x\"");
      g_autofree char *expected = g_strdup_printf (
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"prompt is too long \\\"x\\\"\"},"
          "\"request_id\":\"r1\"}",
          rows[i].type);
      g_autofree char *found = write_failure (failure, "r1");

      g_assert_cmpstr (found, ==, expected);
    }
}

/* The words that Claude Code looks for. */
static void
test_overflow (void)
{
  static const struct
  {
    const char *message;
    gint64 n_tokens;
    gint64 max_tokens;
    const char *expected;
  } rows[] = {
    { "prompt token count of 5 exceeds the limit of 4",
      210000,
      200000,
      "prompt is too long: 210000 tokens > 200000 maximum" },
    { "prompt is too long: x", -1, -1, "prompt is too long: x" },
    { "Request body is too large", -1, 200000, "prompt is too long: Request body is too large" },
    { "Request body is too large", 5, -1, "prompt is too long: Request body is too large" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpFailure) failure =
          jump_failure_new (JUMP_FAILURE_OVERFLOW, 400, NULL, rows[i].message);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      failure->n_tokens = rows[i].n_tokens;
      failure->max_tokens = rows[i].max_tokens;
      expected =
          g_strdup_printf ("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                           "\"message\":\"%s\"}}",
                           rows[i].expected);
      found = write_failure (failure, NULL);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_secrets (void)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_AUTHENTICATION,
                        401,
                        NULL,
                        "bad token ghu_0123456789abcdefghijABCDEFGHIJ0123");
  g_autofree char *found = write_failure (failure, NULL);

  g_assert_null (g_strstr_len (found, -1, "ghu_0123456789"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-failure/types", test_types);
  g_test_add_func ("/anthropic-failure/overflow", test_overflow);
  g_test_add_func ("/anthropic-failure/secrets", test_secrets);
  return g_test_run ();
}
