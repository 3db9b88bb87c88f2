/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-client.h"
#include "service/net/trust.h"

#include <curl/curl.h>
#include <glib.h>

/* libcurl's request handles, set up once with what is the same for every request and used again.
 * Private to the HTTP client. */

typedef struct
{
  GPtrArray *idle;  /* (owned) (element-type CURL) */
  guint generation; /* handles that were set up with older options are not used again */
  JumpTrust trust;  /* (owned) */
  guint connect_timeout_ms;
  guint keep_alive_interval_ms;
  guint idle_connection_seconds;
  curl_opensocket_callback open_socket;
  curl_closesocket_callback close_socket;
  gpointer socket_data;
} JumpEasyPool;

void jump_easy_pool_init (JumpEasyPool *self);
void jump_easy_pool_clear (JumpEasyPool *self);
void jump_easy_pool_set_options (JumpEasyPool *self, const JumpHttpClientOptions *options);
CURL *jump_easy_pool_take (JumpEasyPool *self, guint *out_generation);
void jump_easy_pool_give_back (JumpEasyPool *self, CURL *easy, guint generation);
