/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/service-manager.h"

static void
test_status (void)
{
  static const struct
  {
    const char *url;
    JumpAccountState state;
    const char *login;
    const char *status;
  } cases[] = {
    { NULL, JUMP_ACCOUNT_LOADING, NULL, "Listening nowhere" },
    { "http://127.0.0.1:1",
      JUMP_ACCOUNT_LOADING,
      NULL,
      "OpenAI http://127.0.0.1:1/v1, Anthropic http://127.0.0.1:1, Ollama http://127.0.0.1:1; looking "
      "for the account" },
    { "http://127.0.0.1:1",
      JUMP_ACCOUNT_SIGNED_OUT,
      NULL,
      "OpenAI http://127.0.0.1:1/v1, Anthropic http://127.0.0.1:1, Ollama http://127.0.0.1:1; nobody is "
      "signed in: jumpseat login" },
    { "http://[::1]:2",
      JUMP_ACCOUNT_SIGNED_IN,
      "octocat",
      "OpenAI http://[::1]:2/v1, Anthropic http://[::1]:2, Ollama http://[::1]:2; signed in as octocat" },
    { "http://[::1]:2",
      JUMP_ACCOUNT_SIGNED_IN,
      NULL,
      "OpenAI http://[::1]:2/v1, Anthropic http://[::1]:2, Ollama http://[::1]:2; signed in" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *status =
          jump_service_manager_make_status (cases[i].url, cases[i].state, cases[i].login);

      g_assert_cmpstr (status, ==, cases[i].status);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-manager/status", test_status);
  return g_test_run ();
}
