/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-text.h"
#include "tests/integration/fixture.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* The doors beside the plain port: a Unix socket, TLS, and other computers' way in. */

#define LIVEZ "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

static void
set_text (Fixture *fixture, JumpSettingKey key, const char *text)
{
  g_assert_true (jump_settings_override (fixture->settings, key, text, "test", NULL));
}

/* ---- asking through GIO, while the service runs in the same loop ---- */

typedef struct
{
  GIOStream *stream; /* (owned) (nullable) */
  GString *got;      /* (owned) */
  char buffer[4096];
  GError *error; /* (owned) (nullable) */
  gboolean is_done;
} Call;

static void
call_free (Call *self)
{
  g_clear_object (&self->stream);
  g_string_free (self->got, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *self = user_data;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &self->error);

  if (n_read <= 0)
    {
      self->is_done = TRUE;
      return;
    }
  g_string_append_len (self->got, self->buffer, n_read);
  g_input_stream_read_async (G_INPUT_STREAM (source),
                             self->buffer,
                             sizeof self->buffer,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             on_read,
                             self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (self->stream);

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &self->error);
  g_assert_no_error (self->error);
  g_input_stream_read_async (input,
                             self->buffer,
                             sizeof self->buffer,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             on_read,
                             self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *self = user_data;
  GSocketConnection *connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &self->error);

  self->is_done = connection == NULL;
  if (connection == NULL)
    return;
  self->stream = G_IO_STREAM (connection);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   LIVEZ,
                                   strlen (LIVEZ),
                                   G_PRIORITY_DEFAULT,
                                   NULL,
                                   on_written,
                                   self);
}

static gboolean
is_done (gpointer data)
{
  return ((Call *) data)->is_done;
}

/* Returns: (transfer full): how it went. */
static Call *
ask (GSocketConnectable *where)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Call *self = g_new0 (Call, 1);

  self->got = g_string_new (NULL);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, where, NULL, on_connected, self);
  turn_until (is_done, self);
  return self;
}

/* ---- the Unix socket ---- */

static void
test_local_socket (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *path = g_build_filename (fixture->dir, "jumpseat.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  GStatBuf info;

  set_text (fixture, JUMP_KEY_SERVER_SOCKET, path);
  turn_some (20);
  g_assert_null (jump_service_get_listen_error (fixture->service));
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  {
    g_autoptr (Call) call = ask (G_SOCKET_CONNECTABLE (address));

    g_assert_no_error (call->error);
    g_assert_true (g_str_has_prefix (call->got->str, "HTTP/1.1 200 OK\r\n"));
  }
  set_text (fixture, JUMP_KEY_SERVER_SOCKET, "");
  turn_some (20);
  g_assert_cmpint (g_lstat (path, &info), !=, 0);
}

/* Returns: (transfer full): a socket that is bound to @path, and listens or not. */
static GSocket *
take_path (const char *path, gboolean listens)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  if (listens)
    g_assert_true (g_socket_listen (socket, NULL));
  return socket;
}

static void
assert_refused (Fixture *fixture, const char *path, JumpError code)
{
  g_test_message ("%s", path);
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "not listening where*");
  set_text (fixture, JUMP_KEY_SERVER_SOCKET, path);
  turn_some (20);
  g_test_assert_expected_messages ();
  g_assert_error (jump_service_get_listen_error (fixture->service), JUMP_ERROR, (int) code);
}

static void
test_socket_of_others (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *living = g_build_filename (fixture->dir, "living", NULL);
  g_autofree char *dead = g_build_filename (fixture->dir, "dead", NULL);
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  g_autofree char *open_dir = g_build_filename (fixture->dir, "open", NULL);
  g_autofree char *in_open = g_build_filename (open_dir, "socket", NULL);
  g_autofree char *filler = g_strnfill (200, 'x');
  g_autofree char *too_long = g_build_filename (fixture->dir, filler, NULL);
  g_autoptr (GSocket) owner = take_path (living, TRUE);
  g_autoptr (GSocket) gone = take_path (dead, FALSE);

  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_assert_cmpint (g_mkdir (open_dir, 0700), ==, 0);
  g_assert_cmpint (g_chmod (open_dir, 0777), ==, 0);
  assert_refused (fixture, living, JUMP_ERROR_BUSY_PORT);
  assert_refused (fixture, file, JUMP_ERROR_SETTINGS);
  assert_refused (fixture, in_open, JUMP_ERROR_SETTINGS);
  assert_refused (fixture, too_long, JUMP_ERROR_SETTINGS);
  assert_refused (fixture, "relative", JUMP_ERROR_SETTINGS);
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  set_text (fixture, JUMP_KEY_SERVER_SOCKET, dead);
  turn_some (20);
  g_assert_null (jump_service_get_listen_error (fixture->service));
  g_assert_false (g_socket_is_closed (owner));
  g_assert_false (g_socket_is_closed (gone));
}

/* ---- TLS ---- */

typedef struct
{
  char *certificate; /* (owned) */
  char *key;         /* (owned) */
} Pair;

/* FALSE: there is no program that makes one. */
static gboolean
make_pair (const char *dir, Pair *pair)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  const char *argv[] = { openssl,
                         "req",
                         "-x509",
                         "-newkey",
                         "ec",
                         "-pkeyopt",
                         "ec_paramgen_curve:prime256v1",
                         "-nodes",
                         "-days",
                         "2",
                         "-subj",
                         "/CN=localhost",
                         "-addext",
                         "subjectAltName=DNS:localhost,IP:127.0.0.1",
                         "-out",
                         NULL,
                         "-keyout",
                         NULL,
                         NULL };
  int status = 1;

  if (openssl == NULL || !g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    return FALSE;
  pair->certificate = g_build_filename (dir, "certificate.pem", NULL);
  pair->key = g_build_filename (dir, "key.pem", NULL);
  argv[15] = pair->certificate;
  argv[17] = pair->key;
  g_assert_true (g_spawn_sync (NULL,
                               (char **) argv,
                               NULL,
                               G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               &status,
                               NULL));
  return status == 0;
}

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->certificate, g_free);
  g_clear_pointer (&pair->key, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

/* Trusting @certificate. Returns: the status, 0 when nothing came. */
static guint
ask_tls (Fixture *fixture, const char *certificate, const char *path)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 30000, .ca_file = certificate };
  g_autofree char *url = g_strconcat (jump_service_get_tls_url (fixture->service), path, NULL);
  const char *const headers[] = { NULL };
  g_autoptr (Answer) answer = NULL;

  jump_http_client_set_options (fixture->client, &options);
  answer = fixture_send (fixture, "GET", url, NULL, headers);
  answer_wait (answer);
  return answer->error != NULL ? 0 : answer->status;
}

static void
open_tls (Fixture *fixture, const Pair *pair, guint16 port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  set_text (fixture, JUMP_KEY_SERVER_TLS_ADDRESS, "127.0.0.1");
  set_text (fixture, JUMP_KEY_SERVER_TLS_CERTIFICATE, pair->certificate);
  set_text (fixture, JUMP_KEY_SERVER_TLS_KEY, pair->key);
  set_text (fixture, JUMP_KEY_SERVER_TLS_PORT, text);
  turn_some (20);
}

static void
test_tls (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_auto (Pair) pair = { 0 };
  guint16 port = find_free_port ();
  g_autofree char *url = g_strdup_printf ("https://localhost:%u", port);

  if (!make_pair (fixture->dir, &pair))
    {
      g_test_skip ("neither openssl nor a TLS module of GIO");
      return;
    }
  g_assert_null (jump_service_get_tls_url (fixture->service));
  open_tls (fixture, &pair, port);
  g_assert_null (jump_service_get_listen_error (fixture->service));
  g_assert_cmpstr (jump_service_get_tls_url (fixture->service), ==, url);
  g_assert_cmpuint (ask_tls (fixture, pair.certificate, "/livez"), ==, 200);
  g_assert_cmpuint (ask_tls (fixture, pair.certificate, "/v1/models"), ==, 200);
  set_text (fixture, JUMP_KEY_SERVER_TLS_PORT, "0");
  turn_some (20);
  g_assert_null (jump_service_get_tls_url (fixture->service));
}

/* The files change under the running service: the next connection sees the new certificate. */
static void
test_renewed_certificate (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_auto (Pair) pair = { 0 };
  g_auto (Pair) renewed = { 0 };

  if (!make_pair (fixture->dir, &pair))
    {
      g_test_skip ("neither openssl nor a TLS module of GIO");
      return;
    }
  open_tls (fixture, &pair, find_free_port ());
  g_assert_cmpuint (ask_tls (fixture, pair.certificate, "/livez"), ==, 200);
  g_unlink (pair.certificate);
  g_unlink (pair.key);
  g_assert_true (make_pair (fixture->dir, &renewed));
  jump_http_client_distrust_connections (fixture->client);
  g_assert_cmpuint (ask_tls (fixture, renewed.certificate, "/livez"), ==, 200);
}

#define SAME_SIZE 8192

/* To a size and an age that another one has as well. */
static void
make_alike (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *padded = g_malloc (SAME_SIZE);
  struct utimbuf times = { 1000000000, 1000000000 };
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, <, SAME_SIZE);
  memset (padded, '\n', SAME_SIZE);
  memcpy (padded, text, length);
  g_assert_true (g_file_set_contents (path, padded, SAME_SIZE, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* As what copies files with their times does it. */
static void
test_renewed_by_same_age (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_auto (Pair) pair = { 0 };
  g_auto (Pair) renewed = { 0 };

  if (!make_pair (fixture->dir, &pair))
    {
      g_test_skip ("neither openssl nor a TLS module of GIO");
      return;
    }
  make_alike (pair.certificate);
  make_alike (pair.key);
  open_tls (fixture, &pair, find_free_port ());
  g_assert_cmpuint (ask_tls (fixture, pair.certificate, "/livez"), ==, 200);
  g_assert_true (make_pair (fixture->dir, &renewed));
  make_alike (renewed.certificate);
  make_alike (renewed.key);
  jump_http_client_distrust_connections (fixture->client);
  g_assert_cmpuint (ask_tls (fixture, renewed.certificate, "/livez"), ==, 200);
}

static void
test_certificate_missing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  const Pair pair = { (char *) "/nowhere/certificate.pem", (char *) "/nowhere/key.pem" };
  const GError *error;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS module of GIO");
      return;
    }
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "not listening where*");
  open_tls (fixture, &pair, find_free_port ());
  g_test_assert_expected_messages ();
  error = jump_service_get_listen_error (fixture->service);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "server.tls_certificate"));
  g_assert_nonnull (strstr (error->message, "/nowhere/certificate.pem"));
  g_assert_null (jump_service_get_tls_url (fixture->service));
}

/* Somebody else's key is told of, instead of failing with every client. */
static void
test_other_key (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *other_dir = g_build_filename (fixture->dir, "other", NULL);
  g_auto (Pair) pair = { 0 };
  g_auto (Pair) other = { 0 };
  const GError *error;
  Pair mixed;

  g_assert_cmpint (g_mkdir (other_dir, 0700), ==, 0);
  if (!make_pair (fixture->dir, &pair) || !make_pair (other_dir, &other))
    {
      g_test_skip ("neither openssl nor a TLS module of GIO");
      return;
    }
  mixed = (Pair){ pair.certificate, other.key };
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "not listening where*");
  open_tls (fixture, &mixed, find_free_port ());
  g_test_assert_expected_messages ();
  error = jump_service_get_listen_error (fixture->service);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "do not belong together"));
  g_assert_nonnull (strstr (error->message, "server.tls_certificate"));
  g_assert_nonnull (strstr (error->message, "server.tls_key"));
  g_assert_null (jump_service_get_tls_url (fixture->service));
  g_unlink (other.certificate);
  g_unlink (other.key);
  g_rmdir (other_dir);
}

/* ---- other computers ---- */

/* Nothing is let in without a key; with one the door opens, and says that it is not encrypted. */
static void
test_strangers_need_a_key (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  guint16 port = jump_service_get_port (fixture->service);
  JumpKeyStore *keys = jump_service_get_keys (fixture->service);
  JumpKeyLimits limits = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) before = NULL;
  g_autoptr (Answer) after = NULL;
  char *secret = NULL;

  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "not listening where*");
  set_text (fixture, JUMP_KEY_SERVER_ADDRESS, "any");
  turn_some (20);
  g_test_assert_expected_messages ();
  g_assert_error (jump_service_get_listen_error (fixture->service),
                  JUMP_ERROR,
                  JUMP_ERROR_SETTINGS);
  g_assert_cmpuint (jump_service_get_port (fixture->service), ==, port);
  before = fixture_ask (fixture, "GET", "/livez", NULL);
  g_assert_cmpuint (before->status, ==, 200);
  jump_key_store_create (keys, "friend", &limits, &secret, &error);
  g_assert_no_error (error);
  jump_secret_free (secret);
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "*unencrypted*");
  g_assert_true (jump_service_listen_again (fixture->service, &error));
  g_assert_no_error (error);
  g_test_assert_expected_messages ();
  after = fixture_ask (fixture, "GET", "/livez", NULL);
  g_assert_cmpuint (after->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doors/local-socket", test_local_socket);
  g_test_add_func ("/doors/socket-of-others", test_socket_of_others);
  g_test_add_func ("/doors/tls", test_tls);
  g_test_add_func ("/doors/renewed-certificate", test_renewed_certificate);
  g_test_add_func ("/doors/renewed-by-same-age", test_renewed_by_same_age);
  g_test_add_func ("/doors/other-key", test_other_key);
  g_test_add_func ("/doors/certificate-missing", test_certificate_missing);
  g_test_add_func ("/doors/strangers-need-a-key", test_strangers_need_a_key);
  return g_test_run ();
}
