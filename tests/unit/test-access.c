/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/access.h"
#include "tests/support/temp-home.h"

/* Where a request comes from, and by which name it calls us. Who it is: test-access-keys.c */

#define OPEN    JUMP_ACCESS_OPEN
#define PAGE    JUMP_ACCESS_PAGE
#define MODEL   JUMP_ACCESS_MODEL
#define CONTROL JUMP_ACCESS_CONTROL
#define METRICS JUMP_ACCESS_METRICS
#define LOCAL   JUMP_ACCESS_LOCAL

static void
test_source (void)
{
  static const struct
  {
    JumpAccessClass class;
    const char *host;
    const char *origin;
    const char *fetch_site;
    gboolean is_tls;
    guint status;
    gboolean is_listed;
  } cases[] = {
    { MODEL, "localhost:8081", NULL, NULL, FALSE, 0, FALSE },
    { OPEN, "localhost:8081", NULL, NULL, FALSE, 0, FALSE },
    { OPEN, "evil.example", NULL, NULL, FALSE, 421, FALSE },
    { PAGE, "evil.example:8081", NULL, "none", FALSE, 421, FALSE },
    { MODEL, NULL, NULL, NULL, FALSE, 421, FALSE },
    { MODEL, "", NULL, NULL, FALSE, 421, FALSE },
    { CONTROL, "evil.example", NULL, NULL, FALSE, 421, FALSE },
    { MODEL, "desk.lan:8081", NULL, NULL, FALSE, 0, FALSE },
    { MODEL, "DESK.LAN", NULL, NULL, FALSE, 0, FALSE },
    { MODEL, "desk.lan.evil.example", NULL, NULL, FALSE, 421, FALSE },
    { MODEL, "192.0.2.7:8081", NULL, NULL, FALSE, 0, FALSE },
    { MODEL, "192.0.2.8:8081", NULL, NULL, FALSE, 421, FALSE },

    /* our own pages */
    { MODEL, "localhost:8081", "http://localhost:8081", NULL, FALSE, 0, FALSE },
    { CONTROL, "localhost:8081", "http://localhost:8081", "same-origin", FALSE, 0, FALSE },
    { MODEL, "localhost:8081", "http://LOCALHOST:8081", "same-origin", FALSE, 0, FALSE },
    { MODEL, "desk.lan:8443", "https://desk.lan:8443", "same-origin", TRUE, 0, FALSE },
    { MODEL, "desk.lan", "https://desk.lan", "same-origin", TRUE, 0, FALSE },
    { MODEL, "localhost:8081", "https://localhost:8081", "same-origin", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "http://localhost:8081", "same-origin", TRUE, 403, FALSE },
    { MODEL, "localhost:8081", "http://127.0.0.1:8081", "cross-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "http://localhost:8081", "cross-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "http://localhost:8081", "same-site", FALSE, 403, FALSE },

    /* pages of others */
    { MODEL, "localhost:8081", "http://localhost:3000", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "http://localhost", "same-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "https://evil.example", NULL, FALSE, 403, FALSE },
    { OPEN, "localhost:8081", "https://evil.example", NULL, FALSE, 403, FALSE },
    { PAGE, "localhost:8081", "https://evil.example", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "null", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "null", "same-origin", FALSE, 403, FALSE },
    { OPEN, "localhost:8081", "null", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "file://", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", NULL, "cross-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", NULL, "same-site", FALSE, 403, FALSE },
    { OPEN, "localhost:8081", NULL, "cross-site", FALSE, 403, FALSE },
    { PAGE, "localhost:8081", NULL, "cross-site", FALSE, 403, FALSE },
    { PAGE, "localhost:8081", NULL, "same-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", NULL, "none", FALSE, 0, FALSE },
    { PAGE, "localhost:8081", NULL, "none", FALSE, 0, FALSE },
    { MODEL, "localhost:8081", NULL, "Same-Origin", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", NULL, "none, cross-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", NULL, "", FALSE, 403, FALSE },

    /* pages that the user listed */
    { MODEL, "localhost:8081", "https://chat.example", "cross-site", FALSE, 0, TRUE },
    { MODEL, "localhost:8081", "https://chat.example", NULL, FALSE, 0, TRUE },
    { MODEL, "localhost:8081", "https://chat.example:443", NULL, FALSE, 0, TRUE },
    { MODEL, "localhost:8081", "http://localhost:3000", "same-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "http://localhost:5000", "same-site", FALSE, 0, TRUE },
    { MODEL, "localhost:8081", "http://chat.example", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "https://chat.example:8443", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "https://x.chat.example", NULL, FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "https://chat.example, null", NULL, FALSE, 403, FALSE },
    { MODEL, "evil.example", "https://chat.example", NULL, FALSE, 421, FALSE },
    { MODEL, "localhost:8081", "app://name", "cross-site", FALSE, 0, TRUE },
    { MODEL, "localhost:8081", "app://other", "cross-site", FALSE, 403, FALSE },
    { MODEL, "localhost:8081", "app2://name", NULL, FALSE, 403, FALSE },
    { CONTROL, "localhost:8081", "app://name", "cross-site", FALSE, 403, FALSE },
    { OPEN, "localhost:8081", "https://chat.example", "cross-site", FALSE, 403, FALSE },
    { PAGE, "localhost:8081", "https://chat.example", "cross-site", FALSE, 403, FALSE },
    { METRICS, "localhost:8081", "https://chat.example", "cross-site", FALSE, 403, FALSE },
    { LOCAL, "localhost:8081", "https://chat.example", "cross-site", FALSE, 403, FALSE },
    { LOCAL, "evil.example", NULL, NULL, FALSE, 421, FALSE },
    { CONTROL, "localhost:8081", "https://chat.example", "cross-site", FALSE, 403, FALSE },
  };
  char *hosts[] = { (char *) "other", (char *) "desk.lan", NULL };
  char *origins[] = { (char *) "https://chat.example",
                      (char *) "http://localhost:5000",
                      (char *) "app://name",
                      NULL };
  JumpAccessRules rules = {
    .control_key = "control",
    .host_names = hosts,
    .allowed_origins = origins,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpAccessFacts facts = {
        .method = "POST",
        .host = cases[i].host,
        .origin = cases[i].origin,
        .fetch_site = cases[i].fetch_site,
        .authorization = "Bearer control",
        .local_address = "192.0.2.7",
        .is_local = TRUE,
        .is_tls = cases[i].is_tls,
      };
      g_auto (JumpAccessVerdict) source = { 0 };
      g_auto (JumpAccessVerdict) whole = { 0 };

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      jump_access_check_source (&source, cases[i].class, &facts, &rules);
      jump_access_check (&whole, cases[i].class, &facts, &rules);
      g_assert_cmpuint (source.status, ==, cases[i].status);
      g_assert_cmpuint (whole.status, ==, cases[i].status);
      g_assert_cmpint (source.code != NULL, ==, source.status != 0);
      g_assert_cmpint (source.reason != NULL, ==, source.status != 0);
      g_assert_cmpstr (source.page, ==, cases[i].is_listed ? cases[i].origin : NULL);
    }
}

/* Without a control key, keys and sessions there is nothing that fits them. */
static void
test_nothing_there (void)
{
  static const char *const shown[] = { "Bearer ", "Bearer", "Bearer x", "", NULL };
  JumpAccessRules rules = { .needs_key = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      JumpAccessFacts facts = {
        .method = "GET",
        .host = "localhost",
        .authorization = shown[i],
        .cookie = "jumpseat=",
        .is_local = TRUE,
      };
      g_auto (JumpAccessVerdict) control = { 0 };
      g_auto (JumpAccessVerdict) model = { 0 };

      jump_access_check (&control, CONTROL, &facts, &rules);
      jump_access_check (&model, MODEL, &facts, &rules);
      g_assert_cmpuint (control.status, ==, 401);
      g_assert_cmpuint (model.status, ==, 401);
    }
}

static void
test_settings (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "jumpseat.conf");
  g_autoptr (JumpSettings) settings = jump_settings_new (path);
  g_auto (JumpAccessRules) rules = { .control_key = "control" };
  g_autoptr (GError) error = NULL;

  g_assert_true (jump_settings_load (settings, NULL));
  jump_access_rules_read (&rules, settings);
  g_assert_cmpuint (g_strv_length (rules.host_names), ==, 0);
  g_assert_cmpuint (g_strv_length (rules.allowed_origins), ==, 0);
  g_assert_false (rules.needs_key);
  g_assert_false (rules.takes_key_in_query);

  g_assert_true (jump_settings_override (settings,
                                         JUMP_KEY_SERVER_HOST_NAMES,
                                         "Desk, FD00:0::5 ,192.0.2.7",
                                         "test",
                                         NULL));
  g_assert_true (jump_settings_override (settings,
                                         JUMP_KEY_SERVER_ALLOWED_ORIGINS,
                                         "https://Chat.example:443, http://localhost:3000",
                                         "test",
                                         &error));
  g_assert_no_error (error);
  g_assert_true (
      jump_settings_override (settings, JUMP_KEY_SERVER_REQUIRE_KEY, "true", "test", NULL));
  g_assert_true (
      jump_settings_override (settings, JUMP_KEY_SERVER_KEY_IN_QUERY, "true", "test", NULL));
  jump_access_rules_read (&rules, settings);
  g_assert_cmpstr (rules.host_names[0], ==, "desk");
  g_assert_cmpstr (rules.host_names[1], ==, "fd00::5");
  g_assert_cmpstr (rules.host_names[2], ==, "192.0.2.7");
  g_assert_cmpstr (rules.allowed_origins[0], ==, "https://chat.example");
  g_assert_cmpstr (rules.allowed_origins[1], ==, "http://localhost:3000");
  g_assert_true (rules.needs_key);
  g_assert_true (rules.takes_key_in_query);
  g_assert_cmpstr (rules.control_key, ==, "control");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/source", test_source);
  g_test_add_func ("/access/nothing-there", test_nothing_there);
  g_test_add_func ("/access/settings", test_settings);
  return g_test_run ();
}
