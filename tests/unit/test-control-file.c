/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/control-file-private.h"
#include "service/http/control-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

typedef struct
{
  char *root;        /* (owned) */
  char *runtime_dir; /* (owned) does not exist at first */
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("jumpseat-control-XXXXXX", NULL);
  fixture->runtime_dir = g_build_filename (fixture->root, "run", NULL);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->runtime_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->runtime_dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->runtime_dir);
  g_rmdir (fixture->root);
  g_free (fixture->runtime_dir);
  g_free (fixture->root);
}

static char *
build_path (Fixture *fixture, guint port)
{
  g_autofree char *name = g_strdup_printf ("control-%u.json", port);

  return g_build_filename (fixture->runtime_dir, name, NULL);
}

static void
write_text (Fixture *fixture, guint port, const char *text)
{
  g_autofree char *path = build_path (fixture, port);

  g_mkdir_with_parents (fixture->runtime_dir, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
file_exists (Fixture *fixture, guint port)
{
  g_autofree char *path = build_path (fixture, port);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The id of a process that has been and is gone. */
static gint64
get_dead_pid (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  return pid;
}

static void
write_with_pid (Fixture *fixture, guint port, gint64 pid)
{
  g_autofree char *text =
      g_strdup_printf ("{\"address\":\"http://127.0.0.1:%u\",\"port\":%u,\"pid\":%" G_GINT64_FORMAT
                       ",\"key\":\"secret\",\"version\":\"1\"}",
                       port,
                       port,
                       pid);

  write_text (fixture, port, text);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpControlFile) file =
      jump_control_file_new (fixture->runtime_dir, 8081, "http://127.0.0.1:8081");
  g_autoptr (JumpControlFile) found = NULL;
  GStatBuf info;

  g_assert_false (file_exists (fixture, 8081));
  g_assert_true (jump_control_file_write (file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->runtime_dir, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);

  found = jump_control_file_find (fixture->runtime_dir, 8081, FALSE);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->path, ==, file->path);
  g_assert_cmpstr (found->url, ==, "http://127.0.0.1:8081");
  g_assert_cmpuint (found->port, ==, 8081);
  g_assert_cmpint (found->pid, ==, getpid ());
  g_assert_cmpstr (found->key, ==, file->key);
  g_assert_cmpstr (found->version, ==, file->version);

  jump_control_file_remove (file);
  g_assert_false (file_exists (fixture, 8081));
}

static void
test_key_is_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpControlFile) one =
      jump_control_file_new (fixture->runtime_dir, 1, "http://127.0.0.1:1");
  g_autoptr (JumpControlFile) two =
      jump_control_file_new (fixture->runtime_dir, 1, "http://127.0.0.1:1");

  g_assert_cmpuint (strlen (one->key), >=, 32);
  g_assert_cmpstr (one->key, !=, two->key);
}

static void
test_mode_is_repaired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpControlFile) file =
      jump_control_file_new (fixture->runtime_dir, 8081, "http://127.0.0.1:8081");
  GStatBuf info;

  write_text (fixture, 8081, "{}");
  g_chmod (file->path, 0644);
  g_chmod (fixture->runtime_dir, 0755);
  g_assert_true (jump_control_file_write (file, &error));
  g_assert_cmpint (g_stat (file->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->runtime_dir, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
test_write_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *blocker = g_build_filename (fixture->root, "file", NULL);
  g_autofree char *dir = g_build_filename (blocker, "run", NULL);
  g_autoptr (JumpControlFile) file = jump_control_file_new (dir, 8081, "http://127.0.0.1:8081");

  g_assert_true (g_file_set_contents (blocker, "", -1, NULL));
  g_assert_false (jump_control_file_write (file, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_unlink (blocker);
}

static void
test_remove_spares_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpControlFile) old =
      jump_control_file_new (fixture->runtime_dir, 8081, "http://127.0.0.1:8081");
  g_autoptr (JumpControlFile) successor =
      jump_control_file_new (fixture->runtime_dir, 8081, "http://127.0.0.1:8081");

  g_assert_true (jump_control_file_write (old, NULL));
  g_assert_true (jump_control_file_write (successor, NULL));
  jump_control_file_remove (old);
  g_assert_true (file_exists (fixture, 8081));
  jump_control_file_remove (successor);
  g_assert_false (file_exists (fixture, 8081));
}

static void
test_find_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 8081, FALSE));
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 8081, TRUE));
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 0, TRUE));
}

static void
test_find_other_port (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpControlFile) found = NULL;

  write_with_pid (fixture, 9000, getpid ());
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 8081, FALSE));
  found = jump_control_file_find (fixture->runtime_dir, 8081, TRUE);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->port, ==, 9000);
}

static void
test_find_newest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpControlFile) found = NULL;
  const struct utimbuf old = { .actime = 1000, .modtime = 1000 };
  g_autofree char *old_path = build_path (fixture, 9001);

  write_with_pid (fixture, 9000, getpid ());
  write_with_pid (fixture, 9001, getpid ());
  g_assert_cmpint (utime (old_path, &old), ==, 0);
  found = jump_control_file_find (fixture->runtime_dir, 0, TRUE);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->port, ==, 9000);
}

static void
test_dead_process (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpControlFile) found = NULL;
  gint64 dead = get_dead_pid ();

  write_with_pid (fixture, 8081, dead);
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 8081, FALSE));
  g_assert_false (file_exists (fixture, 8081));

  write_with_pid (fixture, 8082, dead);
  write_with_pid (fixture, 8083, getpid ());
  found = jump_control_file_find (fixture->runtime_dir, 8081, TRUE);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->port, ==, 8083);
  g_assert_false (file_exists (fixture, 8082));
}

static void
test_wrong_content (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "not json",
    "[]",
    "{}",
    "{\"address\":\"http://127.0.0.1:8081\",\"pid\":1,\"key\":\"\"}",
    "{\"address\":\"http://127.0.0.1:8081\",\"pid\":0,\"key\":\"k\"}",
    "{\"address\":\"http://127.0.0.1:8081\",\"pid\":-1,\"key\":\"k\"}",
    "{\"address\":\"http://127.0.0.1:8081\",\"pid\":99999999999999,\"key\":\"k\"}",
    "{\"address\":\"http://evil.example:8081\",\"pid\":1,\"key\":\"k\"}",
    "{\"address\":\"http://127.0.0.1.evil.example:8081\",\"pid\":1,\"key\":\"k\"}",
    "{\"address\":\"http://127.0.0.1:80@evil.example:8081\",\"pid\":1,\"key\":\"k\"}",
    "{\"address\":\"https://127.0.0.1:8081\",\"pid\":1,\"key\":\"k\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      write_text (fixture, 8081, texts[i]);
      g_assert_null (jump_control_file_find (fixture->runtime_dir, 8081, TRUE));
      g_assert_false (file_exists (fixture, 8081));
    }
}

static void
test_other_files_stay (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->runtime_dir, "control-notes.txt", NULL);

  g_mkdir_with_parents (fixture->runtime_dir, 0700);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_null (jump_control_file_find (fixture->runtime_dir, 0, TRUE));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_port_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_assert_no_error (error);
  g_assert_true (jump_control_file_port_answers (url));
  g_socket_listener_close (listener);
  g_assert_false (jump_control_file_port_answers (url));
  g_assert_false (jump_control_file_port_answers ("http://localhost:1"));
  g_assert_false (jump_control_file_port_answers (""));
}

static void
add_test (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/control-file/write", test_write);
  add_test ("/control-file/key-is-new", test_key_is_new);
  add_test ("/control-file/mode-is-repaired", test_mode_is_repaired);
  add_test ("/control-file/write-fails", test_write_fails);
  add_test ("/control-file/remove-spares-others", test_remove_spares_others);
  add_test ("/control-file/find-nothing", test_find_nothing);
  add_test ("/control-file/find-other-port", test_find_other_port);
  add_test ("/control-file/find-newest", test_find_newest);
  add_test ("/control-file/dead-process", test_dead_process);
  add_test ("/control-file/port-answers", test_port_answers);
  add_test ("/control-file/wrong-content", test_wrong_content);
  add_test ("/control-file/other-files-stay", test_other_files_stay);
  return g_test_run ();
}
