/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/upstream-stage.h"

#include "service/secret/secret-store-memory.h"
#include "tests/support/clock-fake.h"

#include <string.h>

#define TOKEN_LIFE 1800

StageOwner *
stage_owner_new (void)
{
  StageOwner *self = g_new0 (StageOwner, 1);

  self->body = g_string_new (NULL);
  return self;
}

void
stage_owner_free (StageOwner *self)
{
  g_string_free (self->body, TRUE);
  g_clear_error (&self->error);
  g_free (self->kind);
  g_free (self);
}

static void
set_reply (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "X-Kind",
                                "first");
  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "X-Kind",
                               "last");
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
on_exchange_asked (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  StageGithub *self = user_data;
  g_autofree char *text = NULL;

  if (self->are_exchanges_held)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      return;
    }
  self->n_exchanges++;
  if (self->exchange_status != 0)
    {
      set_reply (message, self->exchange_status, "{\"message\":\"Bad credentials\"}");
      return;
    }
  self->expires_at = jump_clock_get_wall_seconds (self->clock) + TOKEN_LIFE;
  text = g_strdup_printf ("{\"token\":\"copilot-%u\",\"expires_at\":%" G_GINT64_FORMAT
                          ",\"refresh_in\":1500,\"endpoints\":{\"api\":\"%s\"}}",
                          self->n_exchanges,
                          self->expires_at,
                          self->url);
  set_reply (message, 200, text);
}

static gboolean
is_token_dead (StageGithub *self, const char *authorization)
{
  guint64 number = 0;

  if (authorization == NULL || !g_str_has_prefix (authorization, "Bearer copilot-"))
    return self->n_dead_tokens > 0;
  number = g_ascii_strtoull (authorization + strlen ("Bearer copilot-"), NULL, 10);
  return number <= self->n_dead_tokens || number < self->n_exchanges ||
         jump_clock_get_wall_seconds (self->clock) >= self->expires_at;
}

static void
on_copilot_asked (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer user_data)
{
  StageGithub *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");

  self->n_requests++;
  g_ptr_array_add (self->bodies, g_strndup (body->data, body->length));
  g_ptr_array_add (self->tokens, g_strdup (authorization));
  g_ptr_array_add (self->initiators,
                   g_strdup (soup_message_headers_get_one (headers, "X-Initiator")));
  if (is_token_dead (self, authorization))
    {
      self->n_refused++;
      set_reply (message,
                 self->dead_status == 0 ? 401 : self->dead_status,
                 self->dead_body == NULL ? "IDE token expired" : self->dead_body);
      return;
    }
  set_reply (message,
             self->status == 0 ? 200 : self->status,
             self->body == NULL ? "hello" : self->body);
  headers = soup_server_message_get_response_headers (message);
  if (self->type != NULL)
    soup_message_headers_replace (headers, "Content-Type", self->type);
  if (self->location != NULL)
    soup_message_headers_replace (headers, "Location", self->location);
  if (self->are_requests_held)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
    }
}

static void
on_user_asked (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  set_reply (message, 200, "{\"login\":\"octocat\"}");
}

static void
let_go (StageGithub *self)
{
  for (guint i = 0; i < self->held->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

static gboolean
on_client_came (GSocketService *service,
                GSocketConnection *connection,
                GObject *source,
                gpointer user_data)
{
  StageGithub *self = user_data;
  g_autoptr (GSocketAddress) here = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) there = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), here, there, &error);
  g_assert_no_error (error);
  return TRUE;
}

/* Not soup_server_listen_local(): libsoup 3.2.3 leaks the sockets that it accepts. */
static void
listen_on_loopback (StageGithub *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                 wanted,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &bound,
                                 &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_client_came), self);
  g_socket_service_start (self->service);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
}

static void
github_start (StageGithub *self, JumpClock *clock)
{
  self->clock = clock;
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->tokens = g_ptr_array_new_with_free_func (g_free);
  self->initiators = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_copilot_asked, self, NULL);
  soup_server_add_handler (self->server,
                           "/copilot_internal/v2/token",
                           on_exchange_asked,
                           self,
                           NULL);
  soup_server_add_handler (self->server, "/user", on_user_asked, self, NULL);
  listen_on_loopback (self);
}

static void
github_stop (StageGithub *self)
{
  let_go (self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->bodies);
  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->initiators);
  g_ptr_array_unref (self->held);
  g_free (self->url);
}

void
stage_turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
on_account_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jump_account_load_finish (JUMP_ACCOUNT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
sign_in (Stage *self, JumpEnvironmentTokens *tokens)
{
  g_autoptr (JumpGithubHost) host =
      jump_github_host_new (self->github.url, self->github.url, "client", "read:user");
  g_autoptr (JumpSecretStore) store = jump_secret_store_memory_new ();
  gboolean is_loaded = FALSE;

  self->account = jump_account_new (store, self->http, self->clock, host, self->identity, tokens);
  self->tokens = jump_token_manager_new (self->account, self->http, self->clock, self->identity);
  self->client = jump_upstream_client_new (self->http, self->tokens, self->clock, self->identity);
  jump_account_load_async (self->account, NULL, on_account_loaded, &is_loaded);
  while (!is_loaded)
    g_main_context_iteration (NULL, TRUE);
}

/* data: "static" for COPILOT_TOKEN, else a GitHub token from the environment. */
void
stage_set_up (Stage *self, gconstpointer data)
{
  JumpHttpClientOptions options = { .connect_timeout_ms = 5000 };
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  JumpEnvironmentTokens *tokens = g_new0 (JumpEnvironmentTokens, 1);
  gboolean is_static = g_strcmp0 (data, "static") == 0;

  self->clock = jump_clock_fake_new ();
  github_start (&self->github, self->clock);
  self->http = jump_http_client_new (poller, &options);
  self->identity = jump_identity_new ();
  if (is_static)
    tokens->copilot_token = jump_secret_text_new ("static-token");
  else
    tokens->jumpseat_github_token = jump_secret_text_new ("gho_test");
  sign_in (self, tokens);
  if (is_static)
    jump_token_manager_set_api_url (self->tokens, self->github.url);
}

void
stage_tear_down (Stage *self, gconstpointer data)
{
  let_go (&self->github);
  stage_turn ();
  g_assert_cmpuint (jump_upstream_client_get_open_calls (self->client), ==, 0);
  g_assert_finalize_object (self->client);
  g_clear_object (&self->tokens);
  g_clear_object (&self->account);
  stage_turn ();
  g_clear_object (&self->http);
  github_stop (&self->github);
  stage_turn ();
  jump_identity_free (self->identity);
  g_clear_object (&self->clock);
}

static void
on_headers (JumpUpstreamCall *call, guint status, gpointer user_data)
{
  StageOwner *self = user_data;

  self->n_headers++;
  self->status = status;
  self->kind = g_strdup (jump_upstream_call_get_header (call, "x-kind"));
  if (self->pauses_at_headers)
    jump_upstream_call_pause (call);
  if (self->cancels_at_headers)
    jump_upstream_call_cancel (call);
}

static void
on_data (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data)
{
  StageOwner *self = user_data;

  g_assert_cmpuint (self->n_headers, ==, 1);
  self->n_data++;
  g_string_append_len (self->body, data, (gssize) length);
  if (self->cancels_at_data)
    jump_upstream_call_cancel (call);
}

static void
on_done (JumpUpstreamCall *call, const GError *error, gpointer user_data)
{
  StageOwner *self = user_data;

  self->n_done++;
  self->n_sent = jump_upstream_call_get_attempts (call);
  self->wait = jump_upstream_call_get_wait (call);
  self->error = error == NULL ? NULL : g_error_copy (error);
  if (self->n_headers > 0)
    g_assert_cmpstr (jump_upstream_call_get_header (call, "X-Kind"), ==, "last");
  jump_upstream_call_cancel (call); /* too late: nothing happens */
}

void
stage_start (Stage *self, StageOwner *owner)
{
  static const JumpUpstreamFuncs funcs = { on_headers, on_data, on_done };
  g_autofree char *path = g_strdup ("/chat/completions");
  g_autofree char *request_id = g_strdup ("request-1");
  g_autoptr (GBytes) body = g_bytes_new ("{\"messages\":[]}", 15);
  JumpUpstreamRequest request = {
    .method = "POST",
    .path = path,
    .body = body,
    .meta = { .request_id = request_id, .from_agent = TRUE },
  };

  owner->call = jump_upstream_client_start (self->client, &request, &funcs, owner);
  g_assert_cmpuint (owner->n_headers + owner->n_done, ==, 0);
}

void
stage_wait_done (StageOwner *owner)
{
  while (owner->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (owner->n_done, ==, 1);
}

/* One call from start to end, which must come back with @status. */
void
stage_call_and_expect (Stage *self, guint status, const char *body)
{
  g_autoptr (StageOwner) owner = stage_owner_new ();

  stage_start (self, owner);
  stage_wait_done (owner);
  g_assert_no_error (owner->error);
  g_assert_cmpuint (owner->n_headers, ==, 1);
  g_assert_cmpuint (owner->status, ==, status);
  g_assert_cmpstr (owner->body->str, ==, body);
  g_assert_cmpstr (owner->kind, ==, "last");
}

void
stage_wait_held (Stage *self, guint n)
{
  while (self->github.held->len < n)
    g_main_context_iteration (NULL, TRUE);
}

void
stage_release_held (Stage *self)
{
  let_go (&self->github);
}

void
stage_wait_headers (StageOwner *owner)
{
  while (owner->n_headers == 0)
    g_main_context_iteration (NULL, TRUE);
}
