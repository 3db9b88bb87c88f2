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

static void
test_types (void)
{
  static const struct
  {
    guint status;
    const char *type;
  } rows[] = {
    { 400, "invalid_request_error" },
    { 401, "authentication_error" },
    { 402, "insufficient_quota" },
    { 403, "permission_error" },
    { 404, "invalid_request_error" },
    { 405, "invalid_request_error" },
    { 408, "api_error" },
    { 413, "invalid_request_error" },
    { 421, "invalid_request_error" },
    { 422, "invalid_request_error" },
    { 429, "rate_limit_error" },
    { 466, "invalid_request_error" },
    { 500, "api_error" },
    { 502, "api_error" },
    { 503, "api_error" },
    { 504, "api_error" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body =
          jump_openai_error_new (rows[i].status, "c", NULL, "a \"b\"\n\x01 \xc3\xa4");
      Expected expected = { "a \"b\"\n\x01 \xc3\xa4", rows[i].type, NULL, "c" };

      assert_error (body, &expected);
    }
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
    { JUMP_ERROR_BAD_REQUEST, "", { NULL, "invalid_request_error", NULL, "invalid_request" } },
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
      g_autoptr (GBytes) body = jump_openai_error_from_error (error);
      Expected expected = rows[i].expected;

      g_test_message ("%s", rows[i].message);
      expected.message = rows[i].message;
      assert_error (body, &expected);
      g_assert_cmpstr (jump_openai_error_code (error), ==, expected.code);
    }
}

static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "disk");
  g_autoptr (GBytes) body = jump_openai_error_from_error (error);
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
test_append_event (void)
{
  g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "line\nbreak");
  g_autoptr (GString) out = g_string_new ("data: 1\n\n");

  jump_openai_error_append_event (out, error);
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
  g_test_add_func ("/openai-error/types", test_types);
  g_test_add_func ("/openai-error/from-error", test_from_error);
  g_test_add_func ("/openai-error/foreign-error", test_foreign_error);
  g_test_add_func ("/openai-error/from-upstream", test_from_upstream);
  g_test_add_func ("/openai-error/no-body", test_no_body);
  g_test_add_func ("/openai-error/unchanged", test_unchanged);
  g_test_add_func ("/openai-error/long-text", test_long_text);
  g_test_add_func ("/openai-error/append-event", test_append_event);
  return g_test_run ();
}
