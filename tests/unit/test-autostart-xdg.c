/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/autostart-xdg.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

#define NAME "io.github.jumpseat.Jumpseat.desktop"

typedef struct
{
  JumpAutostart *autostart; /* (owned) */
  char *path;               /* (owned) */
  guint n_changes;
} Fixture;

static void
on_changed (JumpAutostart *autostart, Fixture *fixture)
{
  fixture->n_changes++;
}

static void
open_with (Fixture *fixture, const char *program)
{
  g_clear_object (&fixture->autostart);
  fixture->autostart = jump_autostart_xdg_new (program);
  g_signal_connect (fixture->autostart, "changed", G_CALLBACK (on_changed), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (g_get_user_config_dir (), "autostart", NULL);

  fixture->path = g_build_filename (dir, NAME, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const *dirs = g_get_system_config_dirs ();

  g_clear_object (&fixture->autostart);
  g_free (fixture->path);
  jump_temp_home_remove (g_get_user_config_dir ());
  jump_temp_home_remove (dirs[0]);
}

static void
write_text (const char *path, const char *text)
{
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_text (const char *path)
{
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static char *
read_command (Fixture *fixture)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, fixture->path, 0, NULL));
  return g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
set (Fixture *fixture, gboolean is_on, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jump_autostart_set_is_on_async (fixture->autostart, is_on, NULL, on_set, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return jump_autostart_set_is_on_finish (fixture->autostart, result, error);
}

static void
test_on_and_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;

  open_with (fixture, "/usr/bin/jumpseat");
  g_assert_false (jump_autostart_get_is_on (fixture->autostart));
  g_assert_true (set (fixture, FALSE, &error));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_true (set (fixture, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (jump_autostart_get_is_on (fixture->autostart));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  command = read_command (fixture);
  g_assert_cmpstr (command, ==, "/usr/bin/jumpseat --hidden");
  g_assert_true (set (fixture, FALSE, &error));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

/* What people and their desktops write. */
static void
test_edited (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean is_on;
  } rows[] = {
    { "[Desktop Entry]\nType=Application\nExec=jumpseat\n", TRUE },
    { "[Desktop Entry]\nExec=jumpseat\nX-GNOME-Autostart-enabled=false\n", FALSE },
    { "[Desktop Entry]\nExec=jumpseat\nX-GNOME-Autostart-enabled=perhaps\n", TRUE },
    { "[Desktop Entry]\nExec=jumpseat\nHidden=true\n", FALSE },
    { "[Desktop Entry]\nName=Jumpseat\n", FALSE },
    { "[Other]\nExec=jumpseat\n", FALSE },
    { "not a key file", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      write_text (fixture->path, rows[i].text);
      open_with (fixture, "/usr/bin/jumpseat");
      g_assert_cmpint (jump_autostart_get_is_on (fixture->autostart), ==, rows[i].is_on);
      g_assert_true (set (fixture, TRUE, &error));
      g_assert_true (jump_autostart_get_is_on (fixture->autostart));
    }
}

static void
test_own_words_stay (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *command = NULL;

  open_with (fixture, "/usr/bin/jumpseat");
  write_text (fixture->path,
              "# mine\n[Desktop Entry]\nName=Seat\nName[de]=Sitz\nHidden=true\n"
              "Exec=sh -c 'exec jumpseat --hidden --port 9000'\nX-Own=1\n");
  g_assert_true (set (fixture, TRUE, NULL));
  text = read_text (fixture->path);
  for (guint i = 0; i < 4; i++)
    {
      const char *const kept[] = { "# mine", "Name[de]=Sitz", "--port 9000", "X-Own=1" };

      g_assert_nonnull (strstr (text, kept[i]));
    }
  /* but not a program that is gone */
  write_text (fixture->path, "[Desktop Entry]\nExec=/nowhere/jumpseat --hidden\n");
  g_assert_true (set (fixture, TRUE, NULL));
  command = read_command (fixture);
  g_assert_cmpstr (command, ==, "/usr/bin/jumpseat --hidden");
}

static void
test_quoting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = NULL;

  open_with (fixture, "/home/a b/100%/$x/jumpseat");
  g_assert_true (set (fixture, TRUE, NULL));
  command = read_command (fixture);
  g_assert_cmpstr (command, ==, "\"/home/a b/100%%/\\$x/jumpseat\" --hidden");
}

/* Somebody else's doing is seen while we run. */
static void
test_followed (Fixture *fixture, gconstpointer data)
{
  open_with (fixture, "/usr/bin/jumpseat");
  g_assert_true (set (fixture, TRUE, NULL));
  fixture->n_changes = 0;
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  while (fixture->n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (jump_autostart_get_is_on (fixture->autostart));
}

static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_path_get_dirname (fixture->path);
  g_autofree char *config = g_path_get_dirname (dir);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (config, 0700), ==, 0);
  write_text (dir, "a file where the folder should be");
  open_with (fixture, "/usr/bin/jumpseat");
  g_assert_false (set (fixture, TRUE, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_false (jump_autostart_get_is_on (fixture->autostart));
}

/* The administrator starts it for everybody: off means a file that says so. */
static void
test_common_file (Fixture *fixture, gconstpointer data)
{
  const char *const *dirs = g_get_system_config_dirs ();
  g_autofree char *common = g_build_filename (dirs[0], "autostart", NAME, NULL);

  write_text (common, "[Desktop Entry]\nType=Application\nExec=jumpseat --hidden\n");
  open_with (fixture, "/usr/bin/jumpseat");
  g_assert_true (jump_autostart_get_is_on (fixture->autostart));
  g_assert_true (set (fixture, FALSE, NULL));
  g_assert_false (jump_autostart_get_is_on (fixture->autostart));
  g_assert_true (g_file_test (common, G_FILE_TEST_EXISTS));
  g_assert_true (set (fixture, TRUE, NULL));
  g_assert_true (jump_autostart_get_is_on (fixture->autostart));
}

#define ADD(name, func) g_test_add ("/autostart-xdg/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *own = jump_temp_home_get_path (home, "config");
  g_autofree char *common = jump_temp_home_get_path (home, "common");

  /* GLib looks at them once; each test leaves them empty */
  g_setenv ("XDG_CONFIG_HOME", own, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", common, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("on-and-off", test_on_and_off);
  ADD ("edited", test_edited);
  ADD ("own-words-stay", test_own_words_stay);
  ADD ("quoting", test_quoting);
  ADD ("followed", test_followed);
  ADD ("no-place", test_no_place);
  ADD ("common-file", test_common_file);
  return g_test_run ();
}
