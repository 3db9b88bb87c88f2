/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/simulator-fixture.h"

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *scenario;
    guint status;
    const char *says;
  } rows[] = {
    { "test", 200, "\"sku\":\"monthly_subscriber_quota\"" },
    { "business", 200, "\"individual\":false" },
    { "no-seat", 403, "\"notification_id\":\"no_copilot_access\"" },
    { "revoked", 401, "Bad credentials" },
    { "exchange-404", 404, "Not Found" },
    { "{\"account\":{\"kind\":\"ghe\"}}", 403, "Resource not accessible by integration" },
    { "{\"account\":{\"kind\":\"free\"}}", 200, "\"limited_user_quotas\":{\"chat\":47" },
  };
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = { 0 };

      set_scenario (fixture, rows[i].scenario);
      reply = ask (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
      assert_says (&reply, rows[i].status, rows[i].says);
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                    ==,
                    8);
}

static void
test_bare_agents (Fixture *fixture, gconstpointer data)
{
  static const char *const agents[] = { "curl/7.88.1",
                                        "python-requests/2.31",
                                        "Go-http-client/1.1",
                                        "libsoup/3.2",
                                        "" };
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      g_autoptr (SoupMessage) message =
          make_message (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
      g_auto (Reply) reply = { 0 };

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "User-Agent",
                                    agents[i]);
      reply = send_message (fixture, message);
      assert_says (&reply, 403, "programmatic_token_generation");
    }
}

static void
test_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", fixture->github, NULL);
  g_auto (Reply) user = ask (fixture, "GET /user", NULL, authorization);
  g_auto (Reply) plan = ask (fixture, "GET /copilot_internal/user", NULL, authorization);
  /* GitHub does not know Copilot's tokens. */
  g_auto (Reply) wrong = ask (fixture, "GET /copilot_internal/user", NULL, NULL);

  assert_says (&user, 200, "\"login\":\"octocat\"");
  assert_says (&plan, 200, "\"premium_interactions\":{\"quota_id\":\"premium_interactions\"");
  assert_says (&wrong, 401, "Bad credentials");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/github-side/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("exchange", test_exchange);
  ADD ("bare-agents", test_bare_agents);
  ADD ("user", test_user);
  return g_test_run ();
}
