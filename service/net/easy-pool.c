/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/easy-pool.h"

#include "service/base/limits.h"

/* About 6 KiB each: what a burst of streams leaves behind must not stay for ever. */
#define MAX_IDLE 64

/* With a bundle and a folder set together, libcurl 7.88 reads the whole bundle again for each
 * connection: 30 ms of CPU and 1 MB. Either one alone is cheap. */
static void
set_trust (JumpEasyPool *self, CURL *easy)
{
  const char *folder = NULL;

  curl_easy_getinfo (easy, CURLINFO_CAPATH, &folder);
  if (self->ca_file == NULL && folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      curl_easy_setopt (easy, CURLOPT_CAPATH, folder);
      curl_easy_setopt (easy, CURLOPT_CAINFO, NULL);
      curl_easy_setopt (easy, CURLOPT_PROXY_CAPATH, folder);
      curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, NULL);
      return;
    }
  curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
  curl_easy_setopt (easy, CURLOPT_PROXY_CAPATH, NULL);
  if (self->ca_file != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_CAINFO, self->ca_file);
      curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, self->ca_file);
    }
}

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
  set_trust (self, easy);
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
  g_clear_pointer (&self->ca_file, g_free);
}

/**
 * jump_easy_pool_forget_idle:
 *
 * To be called after the options were changed.
 */
void
jump_easy_pool_forget_idle (JumpEasyPool *self)
{
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
