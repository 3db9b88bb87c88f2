/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/control-client.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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
  add_test ("/control-client/calls", test_client);
  add_test ("/control-client/wrong-key", test_client_is_refused);
  add_test ("/control-client/nobody-listens", test_nobody_listens);
  return g_test_run ();
}
