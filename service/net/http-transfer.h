/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-client.h"
#include "service/net/proxy-choice.h"
#include "service/net/reply-headers.h"

#include <curl/curl.h>

/* One request on its way through libcurl. Private to the HTTP client, which owns it. */

struct _JumpHttpTransfer
{
  JumpHttpClient *client;
  GList link;               /* in the client's list of all transfers */
  GList attention_link;     /* in the client's list of those that need a step outside libcurl */
  JumpHttpRequest *request; /* (owned) */
  JumpHttpTransferFuncs funcs;
  gpointer user_data;

  CURL *easy; /* (owned) */
  guint easy_generation;
  struct curl_slist *lines; /* (owned) links to the strings of @request */
  JumpReplyHeaders headers;
  GError *problem;    /* (owned) (nullable) ours; says more than libcurl's code */
  gint64 heard_at;    /* monotonic µs of the peer's last sign of life, -1: nothing sent yet */
  gint64 uploaded;    /* when last looked at */
  guint attempts;     /* how often libcurl was about to send */
  char *system_proxy; /* (owned) (nullable): what the computer's settings say */
  JumpProxyWait *proxy_wait; /* (nullable): while they are asked */
  guint proxies_tried;

  gboolean is_started;
  gboolean is_cancelled;
  gboolean is_ended; /* on_done is running */
  gboolean needs_attention;
  gboolean is_paused;       /* what our caller wants */
  gboolean is_held_by_curl; /* libcurl was told to pause and may hold data */
  char detail[CURL_ERROR_SIZE];
};

JumpHttpTransfer *jump_http_transfer_new (JumpHttpClient *client,
                                          JumpHttpRequest *request,
                                          const JumpHttpTransferFuncs *funcs,
                                          gpointer user_data);
gboolean jump_http_transfer_choose_proxy (JumpHttpTransfer *self, JumpProxyChoice *choice);
gboolean
jump_http_transfer_skip_proxy (JumpHttpTransfer *self, JumpProxyChoice *choice, CURLcode result);
void jump_http_transfer_set_easy (JumpHttpTransfer *self,
                                  CURL *easy,
                                  guint generation,
                                  const char *own_proxy,
                                  guint default_connect_timeout_ms);
CURL *jump_http_transfer_steal_easy (JumpHttpTransfer *self);
void jump_http_transfer_free (JumpHttpTransfer *self);
GError *
jump_http_transfer_make_error (JumpHttpTransfer *self, CURLcode result, gboolean is_behind_portal);
gint64 jump_http_transfer_get_silence_deadline (const JumpHttpTransfer *self);
gboolean jump_http_transfer_is_silent (JumpHttpTransfer *self, gint64 now);

/* Implemented by the client. */
void jump_http_client_want_attention (JumpHttpClient *self, JumpHttpTransfer *transfer);
void jump_http_client_watch_silence (JumpHttpClient *self, JumpHttpTransfer *transfer);
JumpProxyChoice *jump_http_client_get_proxies (JumpHttpClient *self);
