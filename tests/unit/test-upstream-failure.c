/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-error.h"
#include "service/dialects/upstream-failure.h"

#include <string.h>

typedef struct
{
  guint status;
  const char *body;
  JumpFailureKind kind;
  guint shown_status;
  const char *code;
  const char *message;
} Row;

static const Row replies[] = {
  { 400,
    "{\"error\":{\"message\":\"The requested model is not supported.\",\"code\":"
    "\"model_not_supported\",\"param\":\"model\",\"type\":\"invalid_request_error\"}}",
    JUMP_FAILURE_UNKNOWN_MODEL,
    400,
    "model_not_supported",
    "The requested model is not supported." },
  { 400,
    "{\"message\":\"bad\",\"code\":\"invalid_request_body\"}",
    JUMP_FAILURE_BAD_REQUEST,
    400,
    "invalid_request_body",
    "bad" },
  { 400,
    "{\"error\":{\"message\":\"slow\",\"code\":\"rate_limited\"}}",
    JUMP_FAILURE_RATE_LIMIT,
    429,
    "rate_limited",
    "slow" },
  { 429,
    "{\"error\":{\"message\":\"5 hours\",\"code\":\"user_global_rate_limited:pro\"}}",
    JUMP_FAILURE_RATE_LIMIT,
    429,
    "user_global_rate_limited:pro",
    "5 hours" },
  { 429,
    "{\"error\":{\"message\":\"busy\",\"code\":\"model_overloaded\"}}",
    JUMP_FAILURE_OVERLOADED,
    429,
    "model_overloaded",
    "busy" },
  { 429, "", JUMP_FAILURE_RATE_LIMIT, 429, NULL, "too many requests, try again later (429)" },
  { 402,
    "{\"error\":{\"message\":\"none left\",\"code\":\"quota_exceeded\"}}",
    JUMP_FAILURE_BILLING,
    402,
    "quota_exceeded",
    "none left" },
  { 402, "Payment Required\n", JUMP_FAILURE_BILLING, 402, NULL, "Payment Required" },
  { 401,
    "unauthorized: token expired\n",
    JUMP_FAILURE_AUTHENTICATION,
    401,
    NULL,
    "unauthorized: token expired" },
  { 401,
    "input item ID does not belong to this connection\n",
    JUMP_FAILURE_BAD_REQUEST,
    400,
    NULL,
    "input item ID does not belong to this connection" },
  { 403,
    "{\"error\":{\"message\":\"old\",\"code\":\"token_expired\"}}",
    JUMP_FAILURE_AUTHENTICATION,
    403,
    "token_expired",
    "old" },
  { 403, "Forbidden\n", JUMP_FAILURE_PERMISSION, 403, NULL, "Forbidden" },
  { 404, "404 page not found\n", JUMP_FAILURE_NOT_FOUND, 404, NULL, "404 page not found" },
  { 408,
    "{\"error\":{\"message\":\"late\",\"code\":\"user_request_timeout\"}}",
    JUMP_FAILURE_TIMEOUT,
    408,
    "user_request_timeout",
    "late" },
  { 413, "too big", JUMP_FAILURE_TOO_LARGE, 413, NULL, "too big" },
  { 422, "filtered by the policy", JUMP_FAILURE_FILTER, 422, NULL, "filtered by the policy" },
  { 400,
    "{\"error\":{\"message\":\"blocked by our content management policy\"}}",
    JUMP_FAILURE_FILTER,
    400,
    NULL,
    "blocked by our content management policy" },
  { 500,
    "<html><body>no</body></html>",
    JUMP_FAILURE_SERVER,
    500,
    NULL,
    "upstream answered with status 500 and no message" },
  { 503, "no healthy upstream", JUMP_FAILURE_OVERLOADED, 503, NULL, "no healthy upstream" },
  { 529,
    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
    JUMP_FAILURE_OVERLOADED,
    529,
    NULL,
    "Overloaded" },
  { 400,
    "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}",
    JUMP_FAILURE_RATE_LIMIT,
    429,
    NULL,
    "slow" },
  /* 200 with an error inside */
  { 200,
    "{\"error\":{\"message\":\"odd\",\"code\":429}}",
    JUMP_FAILURE_RATE_LIMIT,
    429,
    NULL,
    "odd" },
  { 200, "{\"error\":{\"message\":\"odd\"}}", JUMP_FAILURE_SERVER, 502, NULL, "odd" },
  { 401,
    "token gho_0123456789abcdefghij is not valid\n",
    JUMP_FAILURE_AUTHENTICATION,
    401,
    NULL,
    "token *** is not valid" },
};

static void
assert_failure (const JumpFailure *failure, const Row *row)
{
  g_assert_cmpint (failure->kind, ==, row->kind);
  g_assert_cmpuint (failure->status, ==, row->shown_status);
  g_assert_cmpstr (failure->code, ==, row->code);
  g_assert_cmpstr (failure->message, ==, row->message);
}

static void
test_replies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (replies[i].body, strlen (replies[i].body));
      g_autoptr (JumpFailure) failure = jump_upstream_failure_read (replies[i].status, body);

      g_test_message ("%u %s", replies[i].status, replies[i].body);
      assert_failure (failure, &replies[i]);
      g_assert_cmpint (failure->n_tokens, ==, -1);
    }
}

static void
test_param (void)
{
  static const char text[] = "{\"error\":{\"message\":\"m\",\"param\":\"tools[0].name\"}}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (400, body);

  g_assert_cmpstr (failure->param, ==, "tools[0].name");
}

static void
test_events (void)
{
  static const Row rows[] = {
    { 0, "{\"code\":429,\"message\":\"slow\"}", JUMP_FAILURE_RATE_LIMIT, 429, NULL, "slow" },
    { 0,
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
      JUMP_FAILURE_OVERLOADED,
      503,
      NULL,
      "Overloaded" },
    { 0,
      "{\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"m\",\"param\":null}",
      JUMP_FAILURE_RATE_LIMIT,
      429,
      "rate_limited",
      "m" },
    { 0,
      "{\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"error\":"
      "{\"code\":\"server_error\",\"message\":\"broke\"}}}",
      JUMP_FAILURE_SERVER,
      502,
      "server_error",
      "broke" },
    { 0,
      "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}",
      JUMP_FAILURE_BAD_REQUEST,
      400,
      NULL,
      "no" },
    { 0, "\"just words\"", JUMP_FAILURE_SERVER, 502, NULL, "just words" },
    { 0, "{}", JUMP_FAILURE_SERVER, 502, NULL, "{}" },
    { 0, "", JUMP_FAILURE_SERVER, 502, NULL, "upstream broke the answer off without saying why" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpFailure) failure =
          jump_upstream_failure_read_event (rows[i].body, strlen (rows[i].body));

      g_test_message ("%s", rows[i].body);
      assert_failure (failure, &rows[i]);
    }
}

static const struct
{
  guint status;
  const char *message;
  gint64 n_tokens;
  gint64 max_tokens;
} overflows[] = {
  { 400, "prompt token count of 130000 exceeds the limit of 128000", 130000, 128000 },
  { 400, "prompt is too long: 201000 tokens > 200000 maximum", 201000, 200000 },
  { 400,
    "This model's maximum context length is 128000 tokens. However, your messages resulted in "
    "130001 tokens.",
    130001,
    128000 },
  { 400, "Request body is too large for model context window", -1, -1 },
  { 400, "Your input exceeds the context window of this model.", -1, -1 },
  { 400,
    "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    -1,
    200000 },
  { 400,
    "The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).",
    1100000,
    1048576 },
};

static void
test_overflows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (overflows); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"error\":{\"message\":\"%s\"}}", overflows[i].message);
      g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
      g_autoptr (JumpFailure) failure = jump_upstream_failure_read (overflows[i].status, body);

      g_test_message ("%s", text);
      g_assert_cmpint (failure->kind, ==, JUMP_FAILURE_OVERFLOW);
      g_assert_cmpint (failure->n_tokens, ==, overflows[i].n_tokens);
      g_assert_cmpint (failure->max_tokens, ==, overflows[i].max_tokens);
    }
}

/* Words of the same kind in another failure are no overflow. */
static void
test_no_overflow (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("prompt is too long: for this plan", 33);
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (402, body);
  g_autoptr (JumpFailure) code = NULL;
  static const char coded[] = "{\"message\":\"m\",\"code\":\"model_max_prompt_tokens_exceeded\"}";

  g_assert_cmpint (failure->kind, ==, JUMP_FAILURE_BILLING);
  code = jump_upstream_failure_read_event (coded, strlen (coded));
  g_assert_cmpint (code->kind, ==, JUMP_FAILURE_OVERFLOW);
  g_assert_cmpint (code->n_tokens, ==, -1);
}

static void
assert_openai (const JumpFailure *failure, const char *expected)
{
  g_autoptr (GBytes) body = jump_openai_error_write (failure, "id");

  g_assert_cmpmem (g_bytes_get_data (body, NULL),
                   g_bytes_get_size (body),
                   expected,
                   strlen (expected));
}

static void
test_openai_overflow (void)
{
  static const char words[] = "prompt token count of 130000 exceeds the limit of 128000";
  g_autoptr (GBytes) body = g_bytes_new_static (words, strlen (words));
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read (400, body);
  g_autoptr (JumpFailure) without =
      jump_failure_new (JUMP_FAILURE_OVERFLOW, 400, "invalid_request_body", "too much");

  assert_openai (failure,
                 "{\"error\":{\"message\":\"This model's maximum context length is 128000 tokens. "
                 "However, your messages resulted in 130000 tokens. Please reduce the length of "
                 "the messages. (prompt token count of 130000 exceeds the limit of 128000)\","
                 "\"type\":\"invalid_request_error\",\"param\":\"messages\","
                 "\"code\":\"context_length_exceeded\"}}");
  assert_openai (without,
                 "{\"error\":{\"message\":\"too much\",\"type\":\"invalid_request_error\","
                 "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
}

static void
test_openai_kinds (void)
{
  static const struct
  {
    JumpFailureKind kind;
    const char *code;
    const char *type;
    const char *shown;
  } rows[] = {
    { JUMP_FAILURE_BAD_REQUEST, NULL, "invalid_request_error", "null" },
    { JUMP_FAILURE_AUTHENTICATION, NULL, "authentication_error", "\"invalid_api_key\"" },
    { JUMP_FAILURE_BILLING, NULL, "insufficient_quota", "\"insufficient_quota\"" },
    { JUMP_FAILURE_BILLING, "quota_exceeded", "insufficient_quota", "\"quota_exceeded\"" },
    { JUMP_FAILURE_PERMISSION, NULL, "permission_error", "null" },
    { JUMP_FAILURE_UNKNOWN_MODEL, NULL, "invalid_request_error", "\"model_not_found\"" },
    { JUMP_FAILURE_TOO_LARGE, NULL, "invalid_request_error", "\"request_too_large\"" },
    { JUMP_FAILURE_RATE_LIMIT, NULL, "rate_limit_error", "\"rate_limit_exceeded\"" },
    { JUMP_FAILURE_RATE_LIMIT, "a:pro", "rate_limit_error", "\"a:pro\"" },
    { JUMP_FAILURE_OVERLOADED, NULL, "api_error", "\"service_unavailable\"" },
    { JUMP_FAILURE_TIMEOUT, NULL, "api_error", "\"timeout\"" },
    { JUMP_FAILURE_FILTER, NULL, "invalid_request_error", "\"content_filter\"" },
    { JUMP_FAILURE_SERVER, NULL, "api_error", "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpFailure) failure = jump_failure_new (rows[i].kind, 400, rows[i].code, "m");
      g_autofree char *expected =
          g_strdup_printf ("{\"error\":{\"message\":\"m\",\"type\":\"%s\",\"param\":null,"
                           "\"code\":%s}}",
                           rows[i].type,
                           rows[i].shown);

      assert_openai (failure, expected);
    }
}

/* A body in OpenAI's shape changes only when it is about the length of the prompt. */
static void
test_openai_shape (void)
{
  static const char text[] =
      "{\"error\":{\"message\":\"prompt token count of 3 exceeds the limit of 2\",\"code\":"
      "\"model_max_prompt_tokens_exceeded\",\"type\":\"invalid_request_error\"}}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) shown = jump_openai_error_from_upstream (400, body);
  g_autofree char *copy = g_strndup (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown));

  g_assert_nonnull (strstr (copy, "\"code\":\"context_length_exceeded\""));
  g_assert_nonnull (strstr (copy, "maximum context length is 2 tokens"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upstream-failure/replies", test_replies);
  g_test_add_func ("/upstream-failure/param", test_param);
  g_test_add_func ("/upstream-failure/events", test_events);
  g_test_add_func ("/upstream-failure/overflows", test_overflows);
  g_test_add_func ("/upstream-failure/no-overflow", test_no_overflow);
  g_test_add_func ("/upstream-failure/openai-overflow", test_openai_overflow);
  g_test_add_func ("/upstream-failure/openai-kinds", test_openai_kinds);
  g_test_add_func ("/upstream-failure/openai-shape", test_openai_shape);
  return g_test_run ();
}
