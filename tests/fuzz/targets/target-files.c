/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Files that people write, and those that we write and somebody else has changed. */

#include "service/base/error.h"
#include "service/http/control-file.h"
#include "service/keys/key-file.h"
#include "service/settings/settings-change.h"
#include "service/settings/settings-content.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Where files of the fuzzers stand: in memory, where there is such a place. Returns: (transfer full) */
static char *
make_folder (void)
{
  const char *parent = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  char *folder = g_strdup_printf ("%s/jump-fuzz-%u", parent, (guint) getpid ());

  g_mkdir (folder, 0700);
  return folder;
}

/* ---- settings ---- */

/* A change must take and leave the rest readable. */
static void
change (const char *text, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *changed = jump_settings_change_text (text, name, value, &error);
  g_autoptr (JumpSettingsContent) content = NULL;

  if (changed == NULL)
    {
      g_assert_true (error->domain == JUMP_ERROR);
      return;
    }
  content = jump_settings_content_parse (changed, &error);
  g_assert_no_error (error);
  g_assert_nonnull (content);
}

void
fuzz_target_settings (const guint8 *data, gsize length)
{
  g_autofree char *text = length == 0 ? g_strdup ("") : g_strndup ((const char *) data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpSettingsContent) content = jump_settings_content_parse (text, &error);

  g_assert_true ((content == NULL) == (error != NULL));
  if (content == NULL)
    {
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      return;
    }
  change (text, "server.port", "8099");
  change (text, "model_aliases.fast", "gpt-5-mini");
}

/* ---- records ---- */

static void
check_keys (const char *path)
{
  g_autoptr (JumpKeyFile) file = jump_key_file_new (path);
  g_autoptr (JumpKeyFile) second = jump_key_file_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = jump_key_file_read (file, &error);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_true ((keys == NULL) == (error != NULL));
  if (keys == NULL)
    {
      g_assert_true (error->domain == JUMP_ERROR);
      return;
    }
  jump_key_file_write (file, keys, &error);
  g_assert_no_error (error);
  again = jump_key_file_read (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, keys->len);
}

/* Removing a file of a process that is gone is all that may be done to it. */
static void
check_control (const char *folder)
{
  g_autoptr (JumpControlFile) file = jump_control_file_find (folder, 8081, FALSE);

  if (file == NULL)
    return;
  g_assert_nonnull (file->url);
  g_assert_nonnull (file->key);
  g_assert_true (g_utf8_validate (file->url, -1, NULL));
}

/* The first byte chooses the file. */
void
fuzz_target_records (const guint8 *data, gsize length)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  gboolean is_key_file = length > 0 && data[0] % 2 == 0;

  if (length == 0)
    return;
  folder = make_folder ();
  path = g_build_filename (folder, is_key_file ? "keys.json" : "control-8081.json", NULL);
  g_assert_true (g_file_set_contents_full (path,
                                           (const char *) data + 1,
                                           (gssize) (length - 1),
                                           G_FILE_SET_CONTENTS_NONE,
                                           0600,
                                           NULL));
  if (is_key_file)
    check_keys (path);
  else
    check_control (folder);
  g_unlink (path);
  g_rmdir (folder);
}
