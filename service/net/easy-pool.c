/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/easy-pool.h"

#include "service/base/limits.h"

/* About 6 KiB each: what a burst of streams leaves behind must not stay for ever. */
#define MAX_IDLE 64

static void
set_connection (JumpEasyPool *self, CURL *easy)
{
  long interval = MAX (1, (long) self->keep_alive_interval_ms / 1000);

  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, self->open_socket);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, self->socket_data);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETFUNCTION, self->close_socket);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETDATA, self->socket_data);
  curl_easy_setopt (easy, CURLOPT_TCP_NODELAY, 1L);
  if (self->keep_alive_interval_ms > 0)
    {
      curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
      curl_easy_setopt (easy, CURLOPT_TCP_KEEPIDLE, interval);
      curl_easy_setopt (easy, CURLOPT_TCP_KEEPINTVL, interval);
    }
  if (self->idle_connection_seconds > 0)
    curl_easy_setopt (easy, CURLOPT_MAXAGE_CONN, (long) self->idle_connection_seconds);
}

static CURL *
easy_new (JumpEasyPool *self)
{
  CURL *easy = curl_easy_init ();

  if (easy == NULL)
    g_error ("no memory for a request handle");
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  /* HTTP/2 costs more here and held 45 to 72 MB behind one stalled client. */
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set_connection (self, easy);
  jump_trust_apply (&self->trust, easy);
  return easy;
}

void
jump_easy_pool_init (JumpEasyPool *self)
{
  self->idle = g_ptr_array_new_with_free_func (curl_easy_cleanup);
}

void
jump_easy_pool_clear (JumpEasyPool *self)
{
  g_clear_pointer (&self->idle, g_ptr_array_unref);
  jump_trust_clear (&self->trust);
}

/**
 * jump_easy_pool_set_options:
 * @options: what counts for all connections is copied
 */
void
jump_easy_pool_set_options (JumpEasyPool *self, const JumpHttpClientOptions *options)
{
  jump_trust_set_file (&self->trust, options->ca_file);
  self->connect_timeout_ms = options->connect_timeout_ms;
  self->keep_alive_interval_ms = options->keep_alive_interval_ms;
  self->idle_connection_seconds = options->idle_connection_seconds;
  self->generation++;
  g_ptr_array_set_size (self->idle, 0);
}

/**
 * jump_easy_pool_take:
 * @out_generation: for jump_easy_pool_give_back()
 *
 * Returns: (transfer full): a handle; whoever takes it sets all that differs between requests
 */
CURL *
jump_easy_pool_take (JumpEasyPool *self, guint *out_generation)
{
  *out_generation = self->generation;
  if (self->idle->len > 0)
    return g_ptr_array_steal_index_fast (self->idle, self->idle->len - 1);
  return easy_new (self);
}

/**
 * jump_easy_pool_give_back:
 * @easy: (transfer full): without pointers into the request that it served
 */
void
jump_easy_pool_give_back (JumpEasyPool *self, CURL *easy, guint generation)
{
  if (generation == self->generation && self->idle->len < MAX_IDLE)
    g_ptr_array_add (self->idle, easy);
  else
    curl_easy_cleanup (easy);
}
