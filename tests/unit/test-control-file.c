/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/control-client.h"
#include "service/http/control-file.h"

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

/* An instance in a thread of its own: the client blocks the one it is called from. One request per
 * connection. */
typedef struct
{
  GThread *thread;           /* (owned) */
  GSocketListener *listener; /* (owned) */
  GCancellable *stop;        /* (owned) */
  guint port;
  const char *key; /* what to accept */
} FakeInstance;

typedef struct
{
  char *path;          /* (owned) */
  char *authorization; /* (owned) */
  char *body;          /* (owned) */
} FakeRequest;

static void
read_fake_request (GIOStream *connection, FakeRequest *request)
{
  g_autoptr (GDataInputStream) input =
      g_data_input_stream_new (g_io_stream_get_input_stream (connection));
  g_autofree char *first = NULL;
  g_auto (GStrv) words = NULL;
  gsize length = 0;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  first = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  g_assert_nonnull (first);
  words = g_strsplit (first, " ", 3);
  request->path = g_strdup (words[1]);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (line == NULL || *line == '\0')
        break;
      if (g_ascii_strncasecmp (line, "authorization: ", 15) == 0)
        request->authorization = g_strdup (line + 15);
      if (g_ascii_strncasecmp (line, "content-length: ", 16) == 0)
        length = (gsize) g_ascii_strtoull (line + 16, NULL, 10);
    }
  request->body = g_malloc0 (length + 1);
  g_input_stream_read_all (G_INPUT_STREAM (input), request->body, length, NULL, NULL, NULL);
}

static void
answer_fake_request (FakeInstance *self, GIOStream *connection)
{
  FakeRequest request = { 0 };
  g_autofree char *expected = g_strconcat ("Bearer ", self->key, NULL);
  g_autofree char *reply = NULL;
  const char *body = "{\"ok\":true}";
  guint status = 200;

  read_fake_request (connection, &request);
  if (g_strcmp0 (request.authorization, expected) != 0)
    {
      status = 401;
      body = "{\"error\":{\"message\":\"wrong control key\"}}";
    }
  else if (g_str_equal (request.path, "/api/echo"))
    body = request.body;
  else if (g_str_has_prefix (request.path, "/api/fail/"))
    {
      status = (guint) g_ascii_strtoull (request.path + strlen ("/api/fail/"), NULL, 10);
      body = "{\"error\":{\"message\":\"no luck today\"}}";
    }
  else if (g_str_equal (request.path, "/api/bare"))
    {
      status = 500;
      body = "oops";
    }
  else if (g_str_equal (request.path, "/api/text"))
    body = "hello";

  reply = g_strdup_printf ("HTTP/1.1 %u Word\r\nContent-Type: application/json\r\n"
                           "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                           status,
                           strlen (body),
                           body);
  g_output_stream_write_all (g_io_stream_get_output_stream (connection),
                             reply,
                             strlen (reply),
                             NULL,
                             NULL,
                             NULL);
  g_free (request.path);
  g_free (request.authorization);
  g_free (request.body);
}

static gpointer
run_fake_instance (gpointer user_data)
{
  FakeInstance *self = user_data;

  while (TRUE)
    {
      g_autoptr (GSocketConnection) connection =
          g_socket_listener_accept (self->listener, NULL, self->stop, NULL);

      if (connection == NULL)
        return NULL;
      answer_fake_request (self, G_IO_STREAM (connection));
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
}

static void
fake_instance_prepare (FakeInstance *self)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->stop = g_cancellable_new ();
  g_socket_listener_add_address (self->listener,
                                 any_port,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &bound,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
fake_instance_start (FakeInstance *self)
{
  self->thread = g_thread_new ("instance", run_fake_instance, self);
}

static void
fake_instance_stop (FakeInstance *self)
{
  g_cancellable_cancel (self->stop);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
}

static JumpControlFile *
write_file_for (Fixture *fixture, FakeInstance *instance)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", instance->port);
  JumpControlFile *file = jump_control_file_new (fixture->runtime_dir, instance->port, url);

  g_assert_true (jump_control_file_write (file, NULL));
  return file;
}

static void
check_error (JumpControlClient *client, const char *path, JumpError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jump_control_client_call (client, "POST", path, NULL, &error);

  g_assert_null (node);
  g_assert_error (error, JUMP_ERROR, (gint) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_client (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    JumpError code;
  } failures[] = {
    { "/api/fail/400", JUMP_ERROR_BAD_REQUEST },  { "/api/fail/401", JUMP_ERROR_SIGNED_OUT },
    { "/api/fail/403", JUMP_ERROR_FORBIDDEN },    { "/api/fail/404", JUMP_ERROR_NOT_FOUND },
    { "/api/fail/429", JUMP_ERROR_RATE_LIMITED }, { "/api/fail/502", JUMP_ERROR_UPSTREAM },
    { "/api/fail/503", JUMP_ERROR_UNAVAILABLE },  { "/api/fail/504", JUMP_ERROR_TIMEOUT },
  };
  FakeInstance instance = { 0 };
  g_autoptr (JumpControlFile) file = NULL;
  g_autoptr (JumpControlClient) client = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;

  fake_instance_prepare (&instance);
  file = write_file_for (fixture, &instance);
  instance.key = file->key;
  fake_instance_start (&instance);

  client = jump_control_client_connect (fixture->runtime_dir, instance.port, FALSE);
  g_assert_nonnull (client);
  g_assert_cmpstr (jump_control_client_get_url (client), ==, file->url);
  g_assert_cmpint (jump_control_client_get_pid (client), ==, getpid ());

  answer = jump_control_client_call (client, "POST", "/api/echo", "{\"name\":\"ä\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jump_json_get_string (json_node_get_object (answer), "name", NULL), ==, "ä");
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    check_error (client, failures[i].path, failures[i].code, "no luck today");
  check_error (client, "/api/bare", JUMP_ERROR_STORE, NULL);
  check_error (client, "/api/text", JUMP_ERROR_PROTOCOL, NULL);

  fake_instance_stop (&instance);
  check_error (client, "/api/status", JUMP_ERROR_UPSTREAM, NULL);
}

static void
test_client_is_refused (Fixture *fixture, gconstpointer data)
{
  FakeInstance instance = { .key = "another" };
  g_autoptr (JumpControlFile) file = NULL;

  fake_instance_prepare (&instance);
  file = write_file_for (fixture, &instance);
  fake_instance_start (&instance);
  g_assert_null (jump_control_client_connect (fixture->runtime_dir, instance.port, FALSE));
  fake_instance_stop (&instance);
}

/* The process lives, but is another program by now. */
static void
test_nobody_listens (Fixture *fixture, gconstpointer data)
{
  FakeInstance instance = { 0 };
  g_autoptr (JumpControlFile) file = NULL;

  fake_instance_prepare (&instance);
  file = write_file_for (fixture, &instance);
  fake_instance_stop (&instance);
  g_assert_null (jump_control_client_connect (fixture->runtime_dir, instance.port, FALSE));
  g_assert_null (jump_control_client_connect (fixture->runtime_dir, 0, TRUE));
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
  add_test ("/control-file/wrong-content", test_wrong_content);
  add_test ("/control-file/other-files-stay", test_other_files_stay);
  add_test ("/control-client/calls", test_client);
  add_test ("/control-client/wrong-key", test_client_is_refused);
  add_test ("/control-client/nobody-listens", test_nobody_listens);
  return g_test_run ();
}
