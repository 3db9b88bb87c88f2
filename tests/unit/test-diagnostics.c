/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/simulator.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"
#include "ui/diagnostics.h"
#include "ui/personal-scrub.h"

#include <string.h>

/* A service with an account of the simulator, and everything in it that nobody else may see. */
typedef struct
{
  JumpTempHome *home;       /* (owned) */
  JumpClock *clock;         /* (owned) */
  JumpSimulator *simulator; /* (owned) */
  JumpSettings *settings;   /* (owned) */
  JumpService *service;     /* (owned) */
  char *github_token;       /* (owned) */
  char *copilot_token;      /* (owned) (nullable) */
  gboolean is_done;
} Stage;

static void
set_setting (Stage *stage, JumpSettingKey key, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jump_settings_override (stage->settings, key, text, "test", &error));
  g_assert_no_error (error);
}

static void
wait_for (Stage *stage)
{
  while (!stage->is_done)
    g_main_context_iteration (NULL, TRUE);
  stage->is_done = FALSE;
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stage *stage = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (jump_account_adopt_finish (JUMP_ACCOUNT (source), result, &error));
  g_assert_no_error (error);
  stage->is_done = TRUE;
}

static void
on_token_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stage *stage = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token =
      jump_token_manager_get_finish (JUMP_TOKEN_MANAGER (source), result, &error);

  g_assert_no_error (error);
  stage->copilot_token = g_strdup (jump_secret_text_peek (token->text));
  stage->is_done = TRUE;
}

static void
sign_in (Stage *stage)
{
  g_autoptr (JumpSecretText) token = jump_secret_text_new (stage->github_token);

  jump_account_adopt_async (jump_service_get_account (stage->service),
                            token,
                            NULL,
                            on_adopted,
                            stage);
  wait_for (stage);
  jump_token_manager_get_async (jump_service_get_token_manager (stage->service),
                                NULL,
                                on_token_got,
                                stage);
  wait_for (stage);
}

static Stage *
stage_new (void)
{
  Stage *stage = g_new0 (Stage, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpScenario) scenario =
      jump_scenario_new_from_data ("{ \"account\": { \"login\": \"hubotnik\" } }", -1, &error);
  JumpServiceOptions options = { 0 };

  g_assert_no_error (error);
  stage->home = jump_temp_home_new ();
  stage->clock = jump_clock_fake_new ();
  stage->simulator = jump_simulator_new (stage->clock, scenario);
  g_assert_true (jump_simulator_start (stage->simulator, 0, &error));
  stage->settings = jump_settings_new (stage->home->paths->settings_file);
  g_assert_true (jump_settings_load (stage->settings, &error));
  set_setting (stage, JUMP_KEY_UPSTREAM_GITHUB_URL, jump_simulator_get_url (stage->simulator));
  set_setting (stage, JUMP_KEY_UPSTREAM_GITHUB_API_URL, jump_simulator_get_url (stage->simulator));
  set_setting (stage, JUMP_KEY_SERVER_PORT, "0");
  set_setting (stage, JUMP_KEY_SECRETS_BACKEND, "file");
  options.paths = stage->home->paths;
  options.settings = stage->settings;
  options.clock = stage->clock;
  options.keeps_bodies = TRUE;
  stage->service = jump_service_new (&options);
  g_assert_true (jump_service_listen (stage->service, &error));
  g_assert_no_error (error);
  stage->github_token = jump_simulator_sign_in (stage->simulator);
  return stage;
}

static void
stage_free (Stage *stage)
{
  g_clear_object (&stage->service);
  g_clear_object (&stage->settings);
  g_clear_object (&stage->simulator);
  g_clear_object (&stage->clock);
  jump_temp_home_free (stage->home);
  g_free (stage->github_token);
  g_free (stage->copilot_token);
  g_free (stage);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static void
plant_exchange (Stage *stage)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("my-diary", 8);

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("planted-id");
  record->client = g_strdup ("planted-client/1.0");
  record->api = "chat";
  record->used_model = g_strdup ("gpt-4.1");
  record->route = g_strdup ("verbatim");
  record->error = g_strdup ("planted-error");
  record->request_headers = g_strdup ("X-Planted: planted-header\n");
  record->request_body = g_bytes_ref (body);
  record->status = 429;
  record->upstream_status = 429;
  record->total_us = 1234000;
  record->first_byte_us = -1;
  jump_history_ring_update (jump_service_get_history (stage->service), record);
}

/* The text of a folder somewhere in a setting, and of the name of the account. */
static void
plant_settings (Stage *stage)
{
  g_autofree char *agent = g_strdup_printf ("hubotnik at %s/work", g_get_home_dir ());

  set_setting (stage, JUMP_KEY_UPSTREAM_PROXY, "http://planted-user:planted-password@127.0.0.1:9");
  set_setting (stage, JUMP_KEY_IDENTITY_USER_AGENT, agent);
}

static void
assert_without (const char *text, const char *secret)
{
  if (strstr (text, secret) != NULL)
    g_error ("the report says %s:\n%s", secret, text);
}

static void
test_no_secrets (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *text = NULL;
  static const char *const secrets[] = {
    "hubotnik",       "planted-user",  "planted-password", "planted-id",
    "planted-client", "planted-error", "planted-header",   "my-diary",
  };

  sign_in (stage);
  g_assert_cmpstr (jump_account_get_login (jump_service_get_account (stage->service)),
                   ==,
                   "hubotnik");
  plant_exchange (stage);
  plant_settings (stage);
  text = jump_diagnostics_new (stage->service, FALSE);

  assert_without (text, stage->github_token);
  assert_without (text, stage->copilot_token);
  assert_without (text, g_get_home_dir ());
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    assert_without (text, secrets[i]);
}

static void
test_facts (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autofree char *text = NULL;
  static const char *const facts[] = {
    "Jumpseat ",
    "\nSystem: ",
    "\nAccount: signed in, ",
    "\nAccess to Copilot: ready, asked 1 times\n",
    "\nupstream.proxy = http://127.0.0.1:9\n",
    "\nidentity.user_agent = (login) at ~/work\n",
    "\nTray icon: shown\n",
    " chat gpt-4.1, verbatim, status 429/429, first byte -1 ms, 1234 ms",
  };

  sign_in (stage);
  plant_exchange (stage);
  plant_settings (stage);
  text = jump_diagnostics_new (stage->service, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      if (strstr (text, facts[i]) == NULL)
        g_error ("the report does not say %s:\n%s", facts[i], text);
    }
}

static void
test_scrub (void)
{
  static const struct
  {
    const char *text;
    const char *login;
    const char *home;
    const char *scrubbed;
  } rows[] = {
    { "plain", NULL, NULL, "plain" },
    { "/home/ann/x and /home/ann", "ann", "/home/ann", "~/x and ~" },
    { "Ann, annual, ANN-x, ann", "ann", "/home/b", "(login), annual, (login)-x, (login)" },
    { "a.b axb", "a.b", NULL, "(login) axb" },
    { "/etc/x", NULL, "/", "/etc/x" },
    { "x", "", "", "x" },
    { "bad \xff text", NULL, NULL, "bad \xef\xbf\xbd text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_personal_scrub (rows[i].text, rows[i].login, rows[i].home);

      g_assert_cmpstr (text, ==, rows[i].scrubbed);
    }
}

static void
test_scrub_url (void)
{
  static const char *const rows[][2] = {
    { "http://proxy.example:3128", "http://proxy.example:3128" },
    { "http://u:p@proxy.example:3128", "http://proxy.example:3128" },
    { "socks5h://u@[::1]:9/", "socks5h://[::1]:9/" },
    { "https://u:p%40@host/path?key=1#x", "https://host/path" },
    { "nonsense", "(set)" },
    { "http://u:p w@host", "(set)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = jump_personal_scrub_url (rows[i][0]);

      if (g_str_equal (rows[i][1], "(set)"))
        g_assert_null (strstr (url, "p w"));
      else
        g_assert_cmpstr (url, ==, rows[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnostics/no-secrets", test_no_secrets);
  g_test_add_func ("/diagnostics/facts", test_facts);
  g_test_add_func ("/diagnostics/scrub", test_scrub);
  g_test_add_func ("/diagnostics/scrub-url", test_scrub_url);
  return g_test_run ();
}
