/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/check.h"
#include "service/doctor/judge-computer.h"
#include "service/history/history-check.h"

#include <glib/gstdio.h>

#define HISTORY_FILE "history.db"

/* The file as it is now: a service that runs may have read it when it was right. */
void
jump_check_settings (JumpCheck *check)
{
  const JumpDoctorTools *tools = check->tools;
  g_autofree char *shown = jump_verdict_shorten_path (tools->paths->settings_file);
  g_autoptr (JumpSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (tools->settings_error != NULL)
    {
      jump_check_end (check, jump_judge_settings (shown, tools->settings_error, FALSE));
      return;
    }
  settings = jump_settings_new (tools->paths->settings_file);
  if (!jump_settings_load (settings, &error))
    {
      jump_check_end (check, jump_judge_settings (shown, error, TRUE));
      return;
    }
  if (!g_file_test (tools->paths->settings_file, G_FILE_TEST_EXISTS))
    jump_check_end (check, jump_verdict_new_ok ("defaults (there is no %s)", shown));
  else
    jump_check_end (check, jump_judge_settings (shown, NULL, TRUE));
}

/* A folder that is made at the first start is as good as the one that it is made in. */
static char *
find_existing (const char *path)
{
  g_autofree char *at = g_strdup (path);

  while (!g_file_test (at, G_FILE_TEST_EXISTS))
    {
      char *above = g_path_get_dirname (at);
      gboolean is_top = g_str_equal (above, at);

      g_free (at);
      at = above;
      if (is_top)
        break;
    }
  return g_steal_pointer (&at);
}

void
jump_check_folder (JumpCheck *check)
{
  const char *path = check->tools->paths->data_dir;
  g_autofree char *existing = find_existing (path);
  g_autofree char *shown = jump_verdict_shorten_path (path);
  g_autoptr (GFile) file = g_file_new_for_path (existing);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  JumpFolderFacts facts = {
    .path = shown,
    .is_writable = g_file_test (existing, G_FILE_TEST_IS_DIR) && g_access (existing, 2) == 0,
  };

  if (info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    {
      facts.knows_free = TRUE;
      facts.free_bytes = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
    }
  jump_check_end (check, jump_judge_folder (&facts));
}

static void
on_history_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheck) check = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  GStatBuf status;

  jump_history_check_finish (result, &error);
  if (jump_check_is_over (check))
    return;
  path = g_build_filename (check->tools->paths->data_dir, HISTORY_FILE, NULL);
  shown = jump_verdict_shorten_path (path);
  jump_check_end (check,
                  jump_judge_history (shown,
                                      g_stat (path, &status) == 0 ? (guint64) status.st_size : 0,
                                      error));
}

void
jump_check_history (JumpCheck *check)
{
  g_autofree char *path = g_build_filename (check->tools->paths->data_dir, HISTORY_FILE, NULL);

  if (check->tools->is_demo)
    jump_check_end (check, jump_verdict_new_ok ("kept in memory"));
  else if (!g_file_test (path, G_FILE_TEST_EXISTS))
    jump_check_end (check, jump_verdict_new_ok ("nothing is kept yet"));
  else
    jump_history_check_async (path, check->cancellable, on_history_checked, jump_check_ref (check));
}

void
jump_check_open_files (JumpCheck *check)
{
  jump_check_end (check, jump_judge_open_files (jump_open_files_get_limit ()));
}

/* The library and what encrypts for it: the rest of the list is long. */
static char *
dup_two_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);

  return words[0] == NULL || words[1] == NULL ? g_strdup (text)
                                              : g_strdup_printf ("%s with %s", words[0], words[1]);
}

void
jump_check_libraries (JumpCheck *check)
{
  g_autofree char *client = dup_two_words (jump_http_client_get_library ());

  jump_check_end (check,
                  jump_verdict_new_ok ("GLib %u.%u.%u, SQLite %s, %s",
                                       glib_major_version,
                                       glib_minor_version,
                                       glib_micro_version,
                                       jump_history_check_get_library (),
                                       client));
}
