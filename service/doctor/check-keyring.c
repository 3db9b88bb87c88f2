/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/check.h"
#include "service/doctor/judge-computer.h"
#include "service/secret/secret-keyring.h"

static void
judge (JumpCheck *check, const GError *error)
{
  const JumpDoctorTools *tools = check->tools;
  g_autofree char *folder = g_build_filename (tools->paths->data_dir, "secrets", NULL);
  g_autofree char *shown = jump_verdict_shorten_path (folder);
  JumpKeyringFacts facts = {
    .backend = jump_settings_get_string (tools->settings, JUMP_KEY_SECRETS_BACKEND),
    .in_use = jump_account_get_store_name (tools->account),
    .folder = shown,
    .problem = error == NULL ? NULL : error->message,
  };

  check->facts->is_keyring_closed = error != NULL;
  jump_check_end (check, jump_judge_keyring (&facts));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheck) check = user_data;
  g_autoptr (GError) error = NULL;

  jump_secret_keyring_probe_finish (JUMP_SECRET_STORE (source), result, &error);
  if (!jump_check_is_over (check))
    judge (check, error);
}

/* Nobody is asked for a password on it. */
void
jump_check_keyring (JumpCheck *check)
{
  const char *backend = jump_settings_get_string (check->tools->settings, JUMP_KEY_SECRETS_BACKEND);
  g_autoptr (JumpSecretStore) keyring = NULL;

  if (check->tools->is_demo || g_str_equal (backend, "file"))
    {
      judge (check, NULL);
      return;
    }
  keyring = jump_secret_keyring_new (FALSE);
  jump_secret_keyring_probe_async (keyring, check->cancellable, on_probed, jump_check_ref (check));
}
