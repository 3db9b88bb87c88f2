/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/router.h"

static void
answer_nothing (JumpHttpContext *context, JumpClientRequest *request)
{
}

static const JumpRoute table[] = {
  { "GET", "/v1/models", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/v1/models/full", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/v1/models/{id}", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, answer_nothing },
  { "POST", "/v1/chat/completions", JUMP_ACCESS_MODEL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "POST", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "DELETE", "/api/login", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/api/requests/search", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/api/requests/{id}/curl", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "GET", "/api/requests/{id}", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
  { "DELETE", "/api/requests/{id}", JUMP_ACCESS_CONTROL, JUMP_DIALECT_CHAT, answer_nothing },
};

static void
test_find (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    int row; /* -1: none */
    const char *parameter;
    const char *allow;
  } cases[] = {
    { "GET", "/v1/models", 0, NULL, NULL },
    { "HEAD", "/v1/models", 0, NULL, NULL },
    { "GET", "/v1/models/", 0, NULL, NULL },
    { "GET", "/v1/models/full", 1, NULL, NULL },
    { "GET", "/v1/models/full/", 1, NULL, NULL },
    { "GET", "/v1/models/gpt-4.1", 2, "gpt-4.1", NULL },
    { "GET", "/v1/models/openai/gpt-4o", 2, "openai/gpt-4o", NULL },
    { "POST", "/v1/chat/completions", 3, NULL, NULL },
    { "DELETE", "/api/login", 6, NULL, NULL },
    { "GET", "/api/requests/search", 7, NULL, NULL },
    { "GET", "/api/requests/a1/curl", 8, "a1", NULL },
    { "GET", "/api/requests/a1/curl/", 8, "a1", NULL },
    { "HEAD", "/api/requests/a/b/curl", 8, "a/b", NULL },
    { "GET", "/api/requests/curl", 9, "curl", NULL },
    { "GET", "/api/requests//curl", 9, "/curl", NULL },
    { "GET", "/api/requests/a1", 9, "a1", NULL },
    { "GET", "/api/requests/a1/curls", 9, "a1/curls", NULL },
    { "DELETE", "/api/requests/a1", 10, "a1", NULL },
    { "DELETE", "/api/requests/search", 10, "search", NULL },
    { "POST", "/api/requests/a1/curl", -1, NULL, "GET, HEAD, DELETE" },
    { "GET", "/api/requests/", -1, NULL, NULL },
    { "GET", "/v1/chat/completions", -1, NULL, "POST" },
    { "PUT", "/v1/models", -1, NULL, "GET, HEAD" },
    { "PATCH", "/api/login", -1, NULL, "GET, HEAD, POST, DELETE" },
    { "get", "/v1/models", -1, NULL, "GET, HEAD" },
    { "GET", "/", -1, NULL, NULL },
    { "GET", "", -1, NULL, NULL },
    { "GET", "/v1/model", -1, NULL, NULL },
    { "GET", "/v1/modelsx", -1, NULL, NULL },
    { "GET", "/V1/models", -1, NULL, NULL },
    { "GET", "//v1/models", -1, NULL, NULL },
    { "OPTIONS", "*", -1, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *allow = NULL;
      g_autofree char *parameter = NULL;
      const JumpRoute *route = jump_router_find (table,
                                                 G_N_ELEMENTS (table),
                                                 cases[i].method,
                                                 cases[i].path,
                                                 &parameter,
                                                 &allow);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_true (route == (cases[i].row < 0 ? NULL : &table[cases[i].row]));
      g_assert_cmpstr (parameter, ==, cases[i].parameter);
      g_assert_cmpstr (allow, ==, cases[i].allow);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/find", test_find);
  return g_test_run ();
}
