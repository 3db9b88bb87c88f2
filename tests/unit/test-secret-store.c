/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/secret/secret-store-choice.h"
#include "service/secret/secret-store-file.h"
#include "service/secret/secret-store-memory.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEY      "github-account"
#define LABEL    "Jumpseat test"
#define PASSWORD "pw"

/* What a subprocess of a bus case gets from its parent. */
#define ENV_DIR "JUMPSEAT_TEST_SECRET_DIR"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
lookup (JumpSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = NULL;

  jump_secret_store_lookup_async (store, KEY, NULL, on_done, &result);
  wait_for (&result);
  secret = jump_secret_store_lookup_finish (store, result, error);
  return g_strdup (jump_secret_text_peek (secret));
}

static gboolean
save (JumpSecretStore *store, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JumpSecretText) secret = jump_secret_text_new (text);

  jump_secret_store_save_async (store, KEY, LABEL, secret, NULL, on_done, &result);
  wait_for (&result);
  return jump_secret_store_save_finish (store, result, error);
}

static gboolean
clear (JumpSecretStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jump_secret_store_clear_async (store, KEY, NULL, on_done, &result);
  wait_for (&result);
  return jump_secret_store_clear_finish (store, result, error);
}

static void
assert_stored (JumpSecretStore *store, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lookup (store, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_mode (const char *path, int expected)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, expected);
}

static char *
make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("jumpseat-secret-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

static void
check_round_trip (JumpSecretStore *store)
{
  g_autoptr (GError) error = NULL;

  assert_stored (store, NULL);
  clear (store, &error);
  g_assert_no_error (error);
  save (store, "first", &error);
  g_assert_no_error (error);
  assert_stored (store, "first");
  save (store, "second", &error);
  g_assert_no_error (error);
  assert_stored (store, "second");
  clear (store, &error);
  g_assert_no_error (error);
  assert_stored (store, NULL);
}

static void
test_memory (void)
{
  g_autoptr (JumpSecretStore) store = jump_secret_store_memory_new ();

  g_assert_cmpstr (jump_secret_store_get_name (store), ==, "memory");
  check_round_trip (store);
}

static void
test_file (void)
{
  g_autofree char *parent = make_dir ();
  g_autofree char *dir = g_build_filename (parent, "data", "secrets", NULL);
  g_autofree char *path = g_build_filename (dir, KEY, NULL);
  g_autofree char *leftover = g_strconcat (path, ".AB12cd", NULL);
  g_autofree char *other = g_build_filename (dir, "unrelated", NULL);
  g_autoptr (JumpSecretStore) store = jump_secret_store_file_new (dir);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (jump_secret_store_get_name (store), ==, "file");
  assert_stored (store, NULL);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  check_round_trip (store);

  save (store, "third", &error);
  g_assert_no_error (error);
  assert_mode (dir, 0700);
  assert_mode (path, 0600);

  /* A careless copy is repaired when it is read, and when it is written. */
  g_chmod (path, 0644);
  assert_stored (store, "third");
  assert_mode (path, 0600);
  g_chmod (path, 0666);
  g_chmod (dir, 0755);
  save (store, "fourth", &error);
  g_assert_no_error (error);
  assert_mode (path, 0600);
  assert_mode (dir, 0700);

  /* What a killed write left behind goes with the next one, and with clearing. */
  g_assert_true (g_file_set_contents (leftover, "secret", -1, NULL));
  g_assert_true (g_file_set_contents (other, "kept", -1, NULL));
  save (store, "fifth", &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (leftover, "secret", -1, NULL));
  clear (store, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  assert_stored (store, NULL);
  jump_temp_home_remove (parent);
}

static void
test_file_errors (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *blocked = g_build_filename (dir, "file", NULL);
  g_autofree char *folder = g_build_filename (dir, KEY, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JumpSecretStore) under_file = NULL;
  g_autoptr (JumpSecretStore) store = jump_secret_store_file_new (dir);
  g_autoptr (JumpSecretText) secret = jump_secret_text_new ("x");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (blocked, "", -1, NULL));
  under_file = jump_secret_store_file_new (blocked);
  g_assert_false (save (under_file, "never shown", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, KEY));
  g_assert_null (strstr (error->message, "never shown"));
  g_clear_error (&error);
  g_assert_null (lookup (under_file, &error));
  g_assert_no_error (error);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  text = lookup (store, &error);
  g_assert_null (text);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_clear_error (&error);

  jump_secret_store_save_async (store, "../escape", LABEL, secret, NULL, on_done, &result);
  wait_for (&result);
  g_assert_false (jump_secret_store_save_finish (store, result, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  jump_temp_home_remove (dir);
}

static G_GNUC_NORETURN void
save_until_killed (const char *dir, const char *a, const char *b)
{
  g_autoptr (JumpSecretStore) store = jump_secret_store_file_new (dir);

  for (int i = 0; i < 5000; i++)
    save (store, i % 2 == 0 ? a : b, NULL);
  _exit (0);
}

/* The power may fail, or somebody may use kill -9, in the middle of a write. */
static void
test_file_kill (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *path = g_build_filename (dir, KEY, NULL);
  g_autofree char *a = g_strnfill (5000, 'a');
  g_autofree char *b = g_strnfill (9000, 'b');
  g_autoptr (JumpSecretStore) store = jump_secret_store_file_new (dir);
  g_autoptr (GError) error = NULL;

  save (store, a, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 30; i++)
    {
      g_autofree char *text = NULL;
      pid_t pid = fork ();
      int status;

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        save_until_killed (dir, a, b);
      g_usleep ((gulong) g_test_rand_int_range (100, 15000));
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      text = lookup (store, &error);
      g_assert_no_error (error);
      g_assert_true (g_strcmp0 (text, a) == 0 || g_strcmp0 (text, b) == 0);
      assert_mode (path, 0600);
    }
  save (store, a, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0); /* nothing else is left in it */
}

static void
on_warning_logged (const char *domain,
                   GLogLevelFlags level,
                   const char *message,
                   gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (message));
}

/* Not g_test_expect_message(): libsecret has informational messages of its own in between. */
static GPtrArray *
collect_warnings (void)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("jumpseat-secret", G_LOG_LEVEL_WARNING, on_warning_logged, warnings);
  return warnings;
}

static void
assert_one_warning (GPtrArray *warnings, const char *reason, const char *dir)
{
  g_autofree char *expected =
      g_strdup_printf ("%s: the sign-in is kept in %s, readable by you alone", reason, dir);

  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_cmpstr (warnings->pdata[0], ==, expected);
}

/* What must hold whatever the reason is that there is no keyring. */
static void
check_fallback (const char *reason, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, KEY, NULL);
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpSecretStore) automatic = jump_secret_store_choice_new ("auto", dir, FALSE, clock);
  g_autoptr (JumpSecretStore) keyring = jump_secret_store_choice_new ("keyring", dir, FALSE, clock);
  g_autoptr (GPtrArray) warnings = collect_warnings ();
  g_autoptr (GError) error = NULL;

  save (automatic, "kept", &error);
  g_assert_no_error (error);
  assert_stored (automatic, "kept");
  assert_one_warning (warnings, reason, dir);
  g_assert_cmpstr (jump_secret_store_get_name (automatic), ==, "file");
  assert_mode (path, 0600);

  /* "keyring" means it. */
  g_assert_false (save (keyring, "never in a file", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_cmpstr (error->message, ==, reason);
  g_clear_error (&error);
  assert_stored (automatic, "kept");
  g_assert_cmpstr (jump_secret_store_get_name (keyring), ==, "keyring");
  g_assert_cmpuint (jump_clock_fake_count_alarms (clock), ==, 0);
}

static void
test_choice_file (void)
{
  g_autofree char *dir = make_dir ();
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpSecretStore) store = jump_secret_store_choice_new ("file", dir, TRUE, clock);

  g_assert_cmpstr (jump_secret_store_get_name (store), ==, "file");
  check_round_trip (store);
  jump_temp_home_remove (dir);
}

static void
test_choice_no_bus (void)
{
  g_autofree char *dir = NULL;

  if (g_test_subprocess ())
    {
      check_fallback ("no session bus", g_getenv (ENV_DIR));
      return;
    }
  dir = make_dir ();
  g_setenv (ENV_DIR, dir, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("XDG_RUNTIME_DIR", dir, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  jump_temp_home_remove (dir);
}

/* A private bus, and what runs on it. Nothing of the machine's own session is touched. */
typedef struct
{
  char *dir;                  /* (owned) */
  GSubprocess *daemon;        /* (owned) */
  GSubprocess *keyring;       /* (owned) (nullable) */
  GDBusConnection *bus;       /* (owned) */
  GSubprocessLauncher *start; /* (owned) */
} PrivateBus;

static void
private_bus_free (PrivateBus *self)
{
  g_clear_object (&self->bus);
  if (self->keyring != NULL)
    {
      g_subprocess_force_exit (self->keyring);
      g_subprocess_wait (self->keyring, NULL, NULL);
    }
  g_subprocess_force_exit (self->daemon);
  g_subprocess_wait (self->daemon, NULL, NULL);
  g_clear_object (&self->keyring);
  g_clear_object (&self->daemon);
  g_clear_object (&self->start);
  jump_temp_home_remove (self->dir);
  g_free (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrivateBus, private_bus_free)

static gboolean
skip_without (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path != NULL)
    return FALSE;
  g_test_skip_printf ("%s is not installed", program);
  return TRUE;
}

static void
die_with_the_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* A configuration without any folder of services: nothing starts by itself. */
static PrivateBus *
private_bus_new (void)
{
  PrivateBus *self = g_new0 (PrivateBus, 1);
  g_autofree char *config = NULL;
  g_autofree char *option = NULL;
  g_autofree char *text = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = make_dir ();
  config = g_build_filename (self->dir, "bus.conf", NULL);
  text = g_strdup_printf (
      "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
      " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
      "<busconfig><type>session</type><keep_umask/><listen>unix:path=%s/bus-socket</listen>\n"
      "<auth>EXTERNAL</auth><policy context=\"default\">"
      "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
      "<allow own=\"*\"/></policy></busconfig>",
      self->dir);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));

  self->start = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                           G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (self->start, "HOME", self->dir, TRUE);
  g_subprocess_launcher_setenv (self->start, "XDG_DATA_HOME", self->dir, TRUE);
  g_subprocess_launcher_setenv (self->start, "XDG_CONFIG_HOME", self->dir, TRUE);
  g_subprocess_launcher_setenv (self->start, "XDG_CACHE_HOME", self->dir, TRUE);
  g_subprocess_launcher_setenv (self->start, "XDG_RUNTIME_DIR", self->dir, TRUE);
  g_subprocess_launcher_set_child_setup (self->start, die_with_the_test, NULL, NULL);
  g_subprocess_launcher_unsetenv (self->start, "G_DEBUG"); /* the daemon warns about itself */
  g_subprocess_launcher_unsetenv (self->start, "DISPLAY");
  g_subprocess_launcher_unsetenv (self->start, "WAYLAND_DISPLAY");
  option = g_strconcat ("--config-file=", config, NULL);
  self->daemon = g_subprocess_launcher_spawn (self->start,
                                              &error,
                                              "dbus-daemon",
                                              "--nofork",
                                              "--nopidfile",
                                              "--print-address",
                                              option,
                                              NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->daemon));
  address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (address);
  self->bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  g_assert_no_error (error);

  g_subprocess_launcher_setenv (self->start, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_setenv (ENV_DIR, self->dir, TRUE);
  return self;
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* @unlock: makes the login keyring and opens it, as a desktop's log-in does. */
static void
private_bus_start_keyring (PrivateBus *self, gboolean unlock)
{
  gboolean is_there = FALSE;
  g_autoptr (GError) error = NULL;
  guint watch;

  g_subprocess_launcher_set_flags (self->start,
                                   G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                       G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                       G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  self->keyring = g_subprocess_launcher_spawn (self->start,
                                               &error,
                                               "gnome-keyring-daemon",
                                               "--foreground",
                                               "--components=secrets",
                                               unlock ? "--unlock" : NULL,
                                               NULL);
  g_assert_no_error (error);
  if (unlock)
    {
      GOutputStream *input = g_subprocess_get_stdin_pipe (self->keyring);

      g_assert_true (
          g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD), NULL, NULL, NULL));
      g_assert_true (g_output_stream_close (input, NULL, NULL));
    }
  watch = g_bus_watch_name_on_connection (self->bus,
                                          "org.freedesktop.secrets",
                                          G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_name_appeared,
                                          NULL,
                                          &is_there,
                                          NULL);
  while (!is_there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static void
private_bus_lock_keyring (GDBusConnection *bus)
{
  const char *login = "/org/freedesktop/secrets/collection/login";
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus,
                                       "org.freedesktop.secrets",
                                       "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service",
                                       "Lock",
                                       g_variant_new_parsed ("([%o],)", login),
                                       NULL,
                                       G_DBUS_CALL_FLAGS_NONE,
                                       -1,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
}

static void
run_in_subprocess (void)
{
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_choice_no_service (void)
{
  g_autoptr (PrivateBus) bus = NULL;

  if (g_test_subprocess ())
    {
      check_fallback ("no secret service on the session bus", g_getenv (ENV_DIR));
      return;
    }
  if (skip_without ("dbus-daemon"))
    return;
  bus = private_bus_new ();
  run_in_subprocess ();
}

static void
test_choice_no_collection (void)
{
  g_autoptr (PrivateBus) bus = NULL;

  if (g_test_subprocess ())
    {
      check_fallback ("the secret service has no keyring yet", g_getenv (ENV_DIR));
      return;
    }
  if (skip_without ("dbus-daemon") || skip_without ("gnome-keyring-daemon"))
    return;
  bus = private_bus_new ();
  private_bus_start_keyring (bus, FALSE);
  run_in_subprocess ();
}

static void
check_unlocked (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, KEY, NULL);
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpSecretStore) file = jump_secret_store_file_new (dir);
  g_autoptr (JumpSecretStore) automatic = jump_secret_store_choice_new ("auto", dir, FALSE, clock);
  g_autoptr (JumpSecretStore) keyring = jump_secret_store_choice_new ("keyring", dir, FALSE, clock);
  g_autoptr (GError) error = NULL;

  check_round_trip (automatic);
  g_assert_cmpstr (jump_secret_store_get_name (automatic), ==, "keyring");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  /* An earlier run had no keyring: what it wrote is found, by "auto" only. */
  save (keyring, "older", &error);
  g_assert_no_error (error);
  save (file, "from an earlier fallback", &error);
  g_assert_no_error (error);
  assert_stored (automatic, "from an earlier fallback");
  assert_stored (keyring, "older");

  /* The next save takes it out of the file. */
  save (automatic, "newest", &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_stored (keyring, "newest");

  /* Signing out forgets both. */
  save (file, "again", &error);
  g_assert_no_error (error);
  clear (automatic, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_stored (keyring, NULL);
}

static void
check_locked (const char *dir)
{
  g_autofree char *text = NULL;
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpSecretStore) keyring = jump_secret_store_choice_new ("keyring", dir, FALSE, clock);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;

  save (keyring, "behind a lock", &error);
  g_assert_no_error (error);
  private_bus_lock_keyring (bus);

  /* libsecret itself says "nothing stored" here, without an error. */
  text = lookup (keyring, &error);
  g_assert_null (text);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_cmpstr (error->message, ==, "the keyring is locked");
  g_clear_error (&error);
  g_assert_false (clear (keyring, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_clear_error (&error);
  check_fallback ("the keyring is locked", dir);
}

static void
test_choice_keyring (void)
{
  g_autoptr (PrivateBus) bus = NULL;

  if (g_test_subprocess ())
    {
      check_unlocked (g_getenv (ENV_DIR));
      check_locked (g_getenv (ENV_DIR));
      return;
    }
  if (skip_without ("dbus-daemon") || skip_without ("gnome-keyring-daemon"))
    return;
  bus = private_bus_new ();
  private_bus_start_keyring (bus, TRUE);
  run_in_subprocess ();
}

static void
check_silent (const char *dir)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpSecretStore) store = jump_secret_store_choice_new ("auto", dir, FALSE, clock);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (JumpSecretText) secret = NULL;
  g_autoptr (GPtrArray) warnings = collect_warnings ();
  g_autoptr (GError) error = NULL;

  jump_secret_store_lookup_async (store, KEY, NULL, on_done, &first);
  jump_secret_store_lookup_async (store, KEY, NULL, on_done, &second);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (clock), ==, JUMP_LIMIT_SECRET_SECONDS * 1000);
  jump_clock_fake_advance (clock, JUMP_LIMIT_SECRET_SECONDS * 1000 - 1);
  g_assert_null (first);
  jump_clock_fake_advance (clock, 1);
  wait_for (&first);
  wait_for (&second);
  assert_one_warning (warnings, "the secret service did not answer within 5 s", dir);
  secret = jump_secret_store_lookup_finish (store, first, &error);
  g_assert_no_error (error);
  g_assert_null (secret);
  secret = jump_secret_store_lookup_finish (store, second, &error);
  g_assert_no_error (error);
  g_assert_null (secret);
  g_assert_cmpstr (jump_secret_store_get_name (store), ==, "file");
}

static GDBusMessage *
on_message_swallow (GDBusConnection *bus,
                    GDBusMessage *message,
                    gboolean incoming,
                    gpointer user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }
  return message;
}

/* A service that owns the name and never answers. */
static void
test_choice_silent_service (void)
{
  g_autoptr (PrivateBus) bus = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      check_silent (g_getenv (ENV_DIR));
      return;
    }
  if (skip_without ("dbus-daemon"))
    return;
  bus = private_bus_new ();
  reply = g_dbus_connection_call_sync (bus->bus,
                                       "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 0),
                                       NULL,
                                       G_DBUS_CALL_FLAGS_NONE,
                                       -1,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (bus->bus, on_message_swallow, NULL, NULL);
  run_in_subprocess ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-store/memory", test_memory);
  g_test_add_func ("/secret-store/file", test_file);
  g_test_add_func ("/secret-store/file/errors", test_file_errors);
  g_test_add_func ("/secret-store/file/kill", test_file_kill);
  g_test_add_func ("/secret-store/choice/file", test_choice_file);
  g_test_add_func ("/secret-store/choice/no-bus", test_choice_no_bus);
  g_test_add_func ("/secret-store/choice/no-service", test_choice_no_service);
  g_test_add_func ("/secret-store/choice/no-collection", test_choice_no_collection);
  g_test_add_func ("/secret-store/choice/keyring", test_choice_keyring);
  g_test_add_func ("/secret-store/choice/silent-service", test_choice_silent_service);
  return g_test_run ();
}
