/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-request.h"
#include "service/net/poller.h"

#include <gio/gio.h>

/* The only HTTP client: libcurl's multi interface on the poller. Connections are kept and reused,
 * also for POST; a request whose body was sent once is never sent again behind our back (a model
 * call must not be billed twice). Redirects are not followed. Errors are named ones: see
 * http-problem.h. */

typedef struct _JumpHttpTransfer JumpHttpTransfer;

/* All calls come from the main loop, never from inside jump_http_client_start(). on_done is the
 * last one and comes exactly once, unless the transfer was cancelled: then nothing comes any more.
 * @error is NULL when the reply came whole, whatever its status. */
typedef struct
{
  void (*on_headers) (JumpHttpTransfer *transfer, guint status, gpointer user_data);
  void (*on_data) (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data);
  void (*on_done) (JumpHttpTransfer *transfer, const GError *error, gpointer user_data);
} JumpHttpTransferFuncs;

typedef struct
{
  const char *proxy; /* (nullable) URL; NULL: the usual environment variables, else the computer's
                      * own settings */
  GProxyResolver *proxy_resolver; /* (nullable): for those; NULL: the system's. Read once */
  const char *ca_file; /* (nullable) PEM file: authorities to trust besides the system's */
  guint connect_timeout_ms;
  guint call_timeout_ms;         /* whole of a json-call that sets no limit of its own; 0: none */
  guint keep_alive_interval_ms;  /* TCP keep-alive */
  guint idle_connection_seconds; /* how long an unused connection is kept */
} JumpHttpClientOptions;

#define JUMP_TYPE_HTTP_CLIENT (jump_http_client_get_type ())
G_DECLARE_FINAL_TYPE (JumpHttpClient, jump_http_client, JUMP, HTTP_CLIENT, GObject)

JumpHttpClient *jump_http_client_new (JumpPoller *poller, const JumpHttpClientOptions *options);
void jump_http_client_set_options (JumpHttpClient *self, const JumpHttpClientOptions *options);
guint jump_http_client_get_call_timeout (JumpHttpClient *self); /* as in the options */
/* Returns: (transfer none): "libcurl/7.88.1 OpenSSL/3.0.11 …" */
const char *jump_http_client_get_library (void);

/* The machine slept, or may have: connections that rested are dead for all we know, although they
 * look alive, and a POST on one of them would fail. New ones are opened until the old ones are given
 * up. Noticed by itself; there for whoever hears of it first. */
void jump_http_client_distrust_connections (JumpHttpClient *self);

/* The computer may be in another network now: what it said of proxies counts no longer. */
void jump_http_client_note_network_change (JumpHttpClient *self);
/* The computer says that its network wants a sign-in first: what cannot be reached, or shows the
 * certificate of somebody else, fails with JUMP_ERROR_PORTAL. */
void jump_http_client_set_behind_portal (JumpHttpClient *self, gboolean is_behind_portal);

/* Takes @request. The transfer belongs to the client and lives until on_done has returned or
 * jump_http_transfer_cancel() was called. */
JumpHttpTransfer *jump_http_client_start (JumpHttpClient *self,
                                          JumpHttpRequest *request,
                                          const JumpHttpTransferFuncs *funcs,
                                          gpointer user_data);
/* Returns: (nullable): the value of reply header @name (any case), the last one if repeated. */
const char *jump_http_transfer_get_header (JumpHttpTransfer *transfer, const char *name);
/* Calls @func for every reply header in order. */
void jump_http_transfer_foreach_header (JumpHttpTransfer *transfer,
                                        void (*func) (const char *name,
                                                      const char *value,
                                                      gpointer user_data),
                                        gpointer user_data);
/* TRUE once any byte of the body of the request may have reached the peer. */
gboolean jump_http_transfer_was_sent (JumpHttpTransfer *transfer);
/* While paused on_data is not called and the socket is not read beyond one piece, so at most
 * JUMP_LIMIT_UPSTREAM_READ bytes are kept. on_done may still come: when all data was handed out
 * before, or for an error. May be called from on_headers and on_data. */
void jump_http_transfer_pause (JumpHttpTransfer *transfer);
void jump_http_transfer_resume (JumpHttpTransfer *transfer);
/* Closes the connection at once. May be called from any callback but on_done. */
void jump_http_transfer_cancel (JumpHttpTransfer *transfer);
