/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/identity.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_defaults (void)
{
  g_autoptr (JumpIdentity) first = jump_identity_new ();
  g_autoptr (JumpIdentity) second = jump_identity_new ();
  g_autoptr (JumpIdentity) copy = jump_identity_copy (first);
  g_autofree char *from_plugin = NULL;

  /* One coherent set: the user agent names the version of the plugin. */
  from_plugin = g_strdup_printf ("GitHubCopilotChat/%s", strchr (copy->plugin_version, '/') + 1);
  g_assert_cmpstr (copy->user_agent, ==, from_plugin);
  g_assert_true (g_str_has_prefix (copy->editor_version, "vscode/"));
  g_assert_cmpstr (copy->integration_id, ==, "vscode-chat");
  g_assert_cmpstr (copy->intent, ==, "conversation-agent");
  g_assert_nonnull (copy->api_version);
  g_assert_cmpuint (strlen (copy->machine_id), ==, 64);
  g_assert_cmpstr (copy->session_id, ==, first->session_id);
  g_assert_cmpstr (first->session_id, !=, second->session_id);
  g_assert_cmpstr (first->machine_id, !=, second->machine_id);
}

static void
test_machine_id (void)
{
  g_autofree char *parent = g_dir_make_tmp ("jumpseat-identity-XXXXXX", NULL);
  g_autofree char *dir = g_build_filename (parent, "data", NULL);
  g_autofree char *path = g_build_filename (dir, "machine-id", NULL);
  g_autofree char *first = jump_identity_load_machine_id (dir);
  g_autofree char *second = jump_identity_load_machine_id (dir);
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;
  g_autofree char *nowhere = NULL;

  g_assert_cmpuint (strlen (first), ==, 64);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_file_set_contents (path, "not an id\n", -1, NULL));
  third = jump_identity_load_machine_id (dir);
  fourth = jump_identity_load_machine_id (dir);
  g_assert_cmpuint (strlen (third), ==, 64);
  g_assert_cmpstr (third, !=, first);
  g_assert_cmpstr (third, ==, fourth);

  /* A file where the folder should be: an id all the same. */
  nowhere = jump_identity_load_machine_id (path);
  g_assert_cmpuint (strlen (nowhere), ==, 64);
  g_unlink (path);
  g_rmdir (dir);
  g_rmdir (parent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/defaults", test_defaults);
  g_test_add_func ("/identity/machine-id", test_machine_id);
  return g_test_run ();
}
