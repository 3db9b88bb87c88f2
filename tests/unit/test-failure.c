/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/conversation/failure.h"

#include <gio/gio.h>

static void
test_from_error (void)
{
  static const struct
  {
    JumpError code;
    const char *message;
    JumpFailureKind kind;
    guint status;
    const char *param;
  } cases[] = {
    { JUMP_ERROR_BAD_REQUEST,
      "messages[2].role: expected string",
      JUMP_FAILURE_BAD_REQUEST,
      400,
      "messages[2].role" },
    { JUMP_ERROR_BAD_REQUEST,
      "max_tokens: too small",
      JUMP_FAILURE_BAD_REQUEST,
      400,
      "max_tokens" },
    { JUMP_ERROR_BAD_REQUEST, "no JSON: line 3", JUMP_FAILURE_BAD_REQUEST, 400, NULL },
    { JUMP_ERROR_BAD_REQUEST, "empty", JUMP_FAILURE_BAD_REQUEST, 400, NULL },
    { JUMP_ERROR_BAD_REQUEST, "http://x: y", JUMP_FAILURE_BAD_REQUEST, 400, NULL },
    { JUMP_ERROR_BAD_REQUEST, ": y", JUMP_FAILURE_BAD_REQUEST, 400, NULL },
    { JUMP_ERROR_SIGNED_OUT, "nobody is signed in", JUMP_FAILURE_AUTHENTICATION, 401, NULL },
    { JUMP_ERROR_FORBIDDEN, "key: wrong", JUMP_FAILURE_PERMISSION, 403, NULL },
    { JUMP_ERROR_UNKNOWN_MODEL, "no model \"x\"", JUMP_FAILURE_UNKNOWN_MODEL, 404, "model" },
    { JUMP_ERROR_NOT_FOUND, "no such path", JUMP_FAILURE_NOT_FOUND, 404, NULL },
    { JUMP_ERROR_METHOD, "use POST", JUMP_FAILURE_BAD_REQUEST, 405, NULL },
    { JUMP_ERROR_TIMEOUT, "upstream: too late", JUMP_FAILURE_TIMEOUT, 504, NULL },
    { JUMP_ERROR_TOO_LARGE, "over 32 MiB", JUMP_FAILURE_TOO_LARGE, 413, NULL },
    { JUMP_ERROR_RATE_LIMITED, "slow down", JUMP_FAILURE_RATE_LIMIT, 429, NULL },
    { JUMP_ERROR_UPSTREAM, "connection lost", JUMP_FAILURE_SERVER, 502, NULL },
    { JUMP_ERROR_PROTOCOL, "no reply", JUMP_FAILURE_SERVER, 502, NULL },
    { JUMP_ERROR_UNAVAILABLE, "shutting down", JUMP_FAILURE_OVERLOADED, 503, NULL },
    { JUMP_ERROR_STORE, "disk full", JUMP_FAILURE_SERVER, 500, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, cases[i].code, cases[i].message);
      g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);

      g_assert_cmpint (failure->kind, ==, cases[i].kind);
      g_assert_cmpuint (failure->status, ==, cases[i].status);
      g_assert_cmpstr (failure->message, ==, cases[i].message);
      g_assert_cmpstr (failure->param, ==, cases[i].param);
      g_assert_cmpstr (failure->code, ==, jump_error_get_word (error));
      g_assert_cmpint (failure->n_tokens, ==, -1);
      g_assert_cmpint (failure->max_tokens, ==, -1);
    }
}

static void
test_from_io_error (void)
{
  static const struct
  {
    GIOErrorEnum code;
    JumpFailureKind kind;
    guint status;
  } cases[] = {
    { G_IO_ERROR_TIMED_OUT, JUMP_FAILURE_TIMEOUT, 504 },
    { G_IO_ERROR_CONNECTION_REFUSED, JUMP_FAILURE_SERVER, 502 },
    { G_IO_ERROR_HOST_NOT_FOUND, JUMP_FAILURE_SERVER, 502 },
    { G_IO_ERROR_CANCELLED, JUMP_FAILURE_SERVER, 499 },
    { G_IO_ERROR_NO_SPACE, JUMP_FAILURE_SERVER, 500 },
  };
  g_autoptr (GError) tls_error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, "tls: x");
  g_autoptr (JumpFailure) tls_failure = jump_failure_new_from_error (tls_error);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, (int) cases[i].code, "host: x");
      g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);

      g_assert_cmpint (failure->kind, ==, cases[i].kind);
      g_assert_cmpuint (failure->status, ==, cases[i].status);
      g_assert_null (failure->param);
    }
  g_assert_cmpuint (tls_failure->status, ==, 502);
}

static void
test_message_is_never_empty (void)
{
  g_autoptr (JumpFailure) none = jump_failure_new (JUMP_FAILURE_SERVER, 502, NULL, NULL);
  g_autoptr (JumpFailure) empty = jump_failure_new (JUMP_FAILURE_SERVER, 502, NULL, "");

  g_assert_cmpstr (none->message, ==, "the request failed with status 502");
  g_assert_cmpstr (empty->message, ==, none->message);
}

static void
test_copy (void)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (JUMP_FAILURE_OVERFLOW, 400, "context_length_exceeded", "too long");
  g_autoptr (JumpFailure) copy = NULL;

  failure->param = g_strdup ("messages");
  failure->n_tokens = 130000;
  failure->max_tokens = 128000;
  copy = jump_failure_copy (failure);
  g_assert_cmpint (copy->kind, ==, JUMP_FAILURE_OVERFLOW);
  g_assert_cmpuint (copy->status, ==, 400);
  g_assert_cmpstr (copy->code, ==, "context_length_exceeded");
  g_assert_cmpstr (copy->message, ==, "too long");
  g_assert_cmpstr (copy->param, ==, "messages");
  g_assert_true (copy->param != failure->param);
  g_assert_cmpint (copy->n_tokens, ==, 130000);
  g_assert_cmpint (copy->max_tokens, ==, 128000);
}

static void
test_kind_from_status (void)
{
  static const struct
  {
    guint status;
    JumpFailureKind kind;
  } cases[] = {
    { 400, JUMP_FAILURE_BAD_REQUEST }, { 401, JUMP_FAILURE_AUTHENTICATION },
    { 402, JUMP_FAILURE_BILLING },     { 403, JUMP_FAILURE_PERMISSION },
    { 404, JUMP_FAILURE_NOT_FOUND },   { 408, JUMP_FAILURE_TIMEOUT },
    { 409, JUMP_FAILURE_BAD_REQUEST }, { 413, JUMP_FAILURE_TOO_LARGE },
    { 422, JUMP_FAILURE_FILTER },      { 429, JUMP_FAILURE_RATE_LIMIT },
    { 466, JUMP_FAILURE_BAD_REQUEST }, { 500, JUMP_FAILURE_SERVER },
    { 502, JUMP_FAILURE_SERVER },      { 503, JUMP_FAILURE_OVERLOADED },
    { 504, JUMP_FAILURE_TIMEOUT },     { 529, JUMP_FAILURE_OVERLOADED },
    { 200, JUMP_FAILURE_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jump_failure_kind_from_status (cases[i].status), ==, cases[i].kind);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/failure/from-error", test_from_error);
  g_test_add_func ("/failure/from-io-error", test_from_io_error);
  g_test_add_func ("/failure/message-is-never-empty", test_message_is_never_empty);
  g_test_add_func ("/failure/copy", test_copy);
  g_test_add_func ("/failure/kind-from-status", test_kind_from_status);
  return g_test_run ();
}
