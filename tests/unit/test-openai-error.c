/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/dialects/openai-error.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  const char *message;
  const char *type;
  const char *param;
  const char *code;
} Expected;

static void
assert_error (GBytes *body, const Expected *expected)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = jump_json_parse_object (data, (gssize) length, &error);
  JsonObject *inner;

  g_assert_no_error (error);
  inner = jump_json_get_object (root, "error");
  g_assert_nonnull (inner);
  g_assert_cmpstr (jump_json_get_string (inner, "message", NULL), ==, expected->message);
  g_assert_cmpstr (jump_json_get_string (inner, "type", NULL), ==, expected->type);
  g_assert_cmpstr (jump_json_get_string (inner, "param", NULL), ==, expected->param);
  g_assert_cmpstr (jump_json_get_string (inner, "code", NULL), ==, expected->code);
  g_assert_true (json_object_has_member (inner, "param"));
  g_assert_true (json_object_has_member (inner, "code"));
}

static GBytes *
write_error (const GError *error)
{
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);

  return jump_openai_error_write (failure, NULL);
}

static void
test_from_error (void)
{
  static const struct
  {
    JumpError code;
    const char *message;
    Expected expected;
  } rows[] = {
    { JUMP_ERROR_BAD_REQUEST,
      "messages[2].role: expected string",
      { NULL, "invalid_request_error", "messages[2].role", "invalid_request" } },
    { JUMP_ERROR_BAD_REQUEST,
      "tools: 130 given, at most 128 are possible",
      { NULL, "invalid_request_error", "tools", "invalid_request" } },
    { JUMP_ERROR_BAD_REQUEST,
      "invalid JSON at byte 3: expected a value",
      { NULL, "invalid_request_error", NULL, "invalid_json" } },
    { JUMP_ERROR_BAD_REQUEST,
      "http://x: no",
      { NULL, "invalid_request_error", NULL, "invalid_request" } },
    { JUMP_ERROR_SIGNED_OUT,
      "account: none",
      { NULL, "authentication_error", NULL, "not_signed_in" } },
    { JUMP_ERROR_FORBIDDEN, "m", { NULL, "permission_error", NULL, "forbidden" } },
    { JUMP_ERROR_UNKNOWN_MODEL,
      "m",
      { NULL, "invalid_request_error", "model", "model_not_found" } },
    { JUMP_ERROR_NOT_FOUND, "m", { NULL, "invalid_request_error", NULL, "not_found" } },
    { JUMP_ERROR_METHOD, "m", { NULL, "invalid_request_error", NULL, "method_not_allowed" } },
    { JUMP_ERROR_TIMEOUT, "m", { NULL, "api_error", NULL, "timeout" } },
    { JUMP_ERROR_TOO_LARGE, "m", { NULL, "invalid_request_error", NULL, "request_too_large" } },
    { JUMP_ERROR_RATE_LIMITED, "m", { NULL, "rate_limit_error", NULL, "rate_limit_exceeded" } },
    { JUMP_ERROR_UPSTREAM, "m", { NULL, "api_error", NULL, "upstream_error" } },
    { JUMP_ERROR_PROTOCOL, "m", { NULL, "api_error", NULL, "upstream_not_understood" } },
    { JUMP_ERROR_UNAVAILABLE, "m", { NULL, "api_error", NULL, "service_unavailable" } },
    { JUMP_ERROR_STORE, "m", { NULL, "api_error", NULL, "storage_error" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, rows[i].code, rows[i].message);
      g_autoptr (GBytes) body = write_error (error);
      Expected expected = rows[i].expected;

      g_test_message ("%s", rows[i].message);
      expected.message = rows[i].message;
      assert_error (body, &expected);
    }
}

/* What is no error of ours has the names of its kind. */
static void
test_kinds (void)
{
  static const struct
  {
    JumpFailureKind kind;
    Expected expected;
  } rows[] = {
    { JUMP_FAILURE_BAD_REQUEST, { "m", "invalid_request_error", NULL, NULL } },
    { JUMP_FAILURE_AUTHENTICATION, { "m", "authentication_error", NULL, "invalid_api_key" } },
    { JUMP_FAILURE_BILLING, { "m", "insufficient_quota", NULL, "insufficient_quota" } },
    { JUMP_FAILURE_PERMISSION, { "m", "permission_error", NULL, NULL } },
    { JUMP_FAILURE_NOT_FOUND, { "m", "invalid_request_error", NULL, NULL } },
    { JUMP_FAILURE_UNKNOWN_MODEL, { "m", "invalid_request_error", NULL, "model_not_found" } },
    { JUMP_FAILURE_TOO_LARGE, { "m", "invalid_request_error", NULL, "request_too_large" } },
    { JUMP_FAILURE_RATE_LIMIT, { "m", "rate_limit_error", NULL, "rate_limit_exceeded" } },
    { JUMP_FAILURE_OVERLOADED, { "m", "api_error", NULL, "service_unavailable" } },
    { JUMP_FAILURE_TIMEOUT, { "m", "api_error", NULL, "timeout" } },
    { JUMP_FAILURE_FILTER, { "m", "invalid_request_error", NULL, "content_filter" } },
    { JUMP_FAILURE_SERVER, { "m", "api_error", NULL, NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpFailure) failure = jump_failure_new (rows[i].kind, 400, NULL, "m");
      g_autoptr (GBytes) body = jump_openai_error_write (failure, NULL);

      assert_error (body, &rows[i].expected);
    }
}

static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "disk");
  g_autoptr (GBytes) body = write_error (error);
  Expected expected = { "disk", "api_error", NULL, "internal_error" };

  assert_error (body, &expected);
}

/* Every shape of protocol 7.1. */
static void
test_from_upstream (void)
{
  static const struct
  {
    guint status;
    const char *body;
    Expected expected;
  } rows[] = {
    { 429,
      "{\"error\":{\"message\":\"limits\",\"code\":\"user_global_rate_limited:pro\"}}",
      { "limits", "rate_limit_error", NULL, "user_global_rate_limited:pro" } },
    { 429,
      "{\"error\":{\"message\":\"limits\",\"code\":429}}",
      { "limits", "rate_limit_error", NULL, "rate_limit_exceeded" } },
    { 400,
      "{\"message\":\"bad\",\"code\":\"invalid_request_body\"}",
      { "bad", "invalid_request_error", NULL, "invalid_request_body" } },
    { 400,
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}",
      { "busy", "overloaded_error", NULL, NULL } },
    { 400,
      "{\"type\":\"error\",\"error\":\"busy\"}",
      { "busy", "invalid_request_error", NULL, NULL } },
    { 401,
      "{\"message\":\"Bad credentials\",\"documentation_url\":\"https://x\",\"status\":\"401\"}",
      { "Bad credentials", "authentication_error", NULL, NULL } },
    { 400, "Bad Request\n", { "Bad Request", "invalid_request_error", NULL, NULL } },
    { 401,
      "unauthorized: token expired\n",
      { "unauthorized: token expired", "authentication_error", NULL, NULL } },
    { 413, "too big", { "too big", "invalid_request_error", NULL, "request_too_large" } },
    { 404, "404 page not found\n", { "404 page not found", "invalid_request_error", NULL, NULL } },
    { 400,
      "{\"error\":{\"message\":\"{\\\"error\\\":{\\\"message\\\":\\\"deep\\\",\\\"type\\\":\\\"t\\\","
      "\\\"param\\\":\\\"p\\\"}}\",\"code\":\"outer\",\"type\":\"gateway\"}}",
      { "deep", "t", "p", "outer" } },
    { 400,
      "{\"message\":\"{\\\"message\\\":\\\"[1]\\\"}\"}",
      { "[1]", "invalid_request_error", NULL, NULL } },
    { 400,
      "[{\"error\":{\"message\":\"vertex\",\"code\":400}}]",
      { "vertex", "invalid_request_error", NULL, NULL } },
    { 400,
      "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}",
      { "expired", "invalid_request_error", NULL, NULL } },
    { 400, "\"just text\"", { "just text", "invalid_request_error", NULL, NULL } },
    { 401,
      "{\"authorize_url\":\"https://x\"}",
      { "{\"authorize_url\":\"https://x\"}", "authentication_error", NULL, NULL } },
    { 502,
      "<html><body>Bad Gateway</body></html>",
      { "upstream answered with status 502 and no message", "api_error", NULL, NULL } },
    { 504,
      "  \n",
      { "upstream answered with status 504 and no message", "api_error", NULL, "timeout" } },
    { 402,
      "",
      { "the quota of this account is used up (402)",
        "insufficient_quota",
        NULL,
        "insufficient_quota" } },
    { 403, "", { "upstream refused the request (403)", "permission_error", NULL, NULL } },
    { 400, "{\"error\":{", { "{\"error\":{", "invalid_request_error", NULL, NULL } },
    { 400,
      "b\xff"
      "d",
      { "b\xef\xbf\xbd"
        "d",
        "invalid_request_error",
        NULL,
        NULL } },
    { 401,
      "token gho_0123456789abcdefghij is not valid\n",
      { "token *** is not valid", "authentication_error", NULL, NULL } },
    { 400,
      "{\"error\":{\"message\":\"bad: Bearer tid=1f2e3d4c;exp=1;sku=x:5d1c\","
      "\"type\":\"invalid_request_error\",\"param\":\"a\",\"code\":\"b\"}}",
      { "bad: Bearer ***", "invalid_request_error", "a", "b" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));
      g_autoptr (GBytes) result = jump_openai_error_from_upstream (rows[i].status, body);
      g_autofree char *shown = g_strescape (rows[i].body, NULL);

      g_test_message ("%u %s", rows[i].status, shown);
      assert_error (result, &rows[i].expected);
    }
}

static void
test_no_body (void)
{
  g_autoptr (GBytes) result = jump_openai_error_from_upstream (429, NULL);
  Expected expected = { "too many requests, try again later (429)",
                        "rate_limit_error",
                        NULL,
                        "rate_limit_exceeded" };

  assert_error (result, &expected);
}

static void
test_unchanged (void)
{
  static const char text[] =
      " {\"error\":{\"message\":\"The requested model is not supported.\","
      "\"code\":\"model_not_supported\",\"param\":\"model\",\"type\":\"invalid_request_error\","
      "\"new\":1.50}}\n";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) result = jump_openai_error_from_upstream (400, body);

  g_assert_true (result == body);
}

static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (JsonObject) root = NULL;
  const char *message;

  for (int i = 0; i < 5000; i++)
    g_string_append (text, "\xc3\xa4");
  body = g_bytes_new (text->str, text->len);
  result = jump_openai_error_from_upstream (500, body);
  root = jump_json_parse_object (g_bytes_get_data (result, NULL),
                                 (gssize) g_bytes_get_size (result),
                                 NULL);
  message = jump_json_get_string (jump_json_get_object (root, "error"), "message", "");
  g_assert_cmpuint (strlen (message), <=, 4096);
  g_assert_cmpuint (strlen (message), >, 4000);
  g_assert_true (g_utf8_validate (message, -1, NULL));
}

static void
test_append_failure (void)
{
  g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "line\nbreak");
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);
  g_autoptr (GString) out = g_string_new ("data: 1\n\n");

  jump_openai_error_append_failure (out, failure);
  g_assert_cmpstr (out->str,
                   ==,
                   "data: 1\n\n"
                   "data: {\"error\":{\"message\":\"line\\nbreak\",\"type\":\"api_error\","
                   "\"param\":null,\"code\":\"upstream_error\"}}\n\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-error/from-error", test_from_error);
  g_test_add_func ("/openai-error/kinds", test_kinds);
  g_test_add_func ("/openai-error/foreign-error", test_foreign_error);
  g_test_add_func ("/openai-error/from-upstream", test_from_upstream);
  g_test_add_func ("/openai-error/no-body", test_no_body);
  g_test_add_func ("/openai-error/unchanged", test_unchanged);
  g_test_add_func ("/openai-error/long-text", test_long_text);
  g_test_add_func ("/openai-error/append-failure", test_append_failure);
  return g_test_run ();
}
