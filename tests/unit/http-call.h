/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/error.h"
#include "service/net/http-client.h"
#include "tests/support/http-peer.h"

/* What the tests of the HTTP client share: a client with a peer to talk to, and calls that write
 * down what happened to them. */

#define REPLY_OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

typedef struct
{
  JumpPoller *poller;
  JumpHttpPeer *peer;
  JumpHttpClient *client;
} HttpFixture;

typedef enum
{
  WHEN_NEVER,
  WHEN_HEADERS,
  WHEN_DATA,
} When;

/* What one transfer did, and what to do in its callbacks. */
typedef struct
{
  HttpFixture *fixture;
  JumpHttpTransfer *transfer;
  guint status;
  guint n_headers;
  guint n_data;
  guint n_done;
  gsize largest;
  GString *body;
  GError *error;
  char *server; /* header X-Test */
  gboolean was_sent;
  When cancels;
  When pauses;
  gboolean drops_client;
  gboolean inside; /* in a call that must not call back */
} HttpCall;

extern const JumpHttpTransferFuncs http_call_funcs;

void http_call_init (HttpCall *call, HttpFixture *fixture);
void http_call_clear (HttpCall *call);
JumpHttpRequest *
http_fixture_request_new (HttpFixture *fixture, const char *method, const char *body);
void http_call_start (HttpCall *call, JumpHttpRequest *request);
void http_call_wait (HttpCall *call);
void loop_settle (void);
void loop_let_pass (guint ms);
void http_call_run (HttpFixture *fixture, HttpCall *call, const char *method, const char *body);
void loop_assert_idle (void);
void http_fixture_set_up (HttpFixture *fixture, gconstpointer data);
void http_fixture_tear_down (HttpFixture *fixture, gconstpointer data);
void http_fixture_add_reply (HttpFixture *fixture, const char *bytes);
void http_fixture_add_last_reply (HttpFixture *fixture, const char *bytes);
void http_fixture_add_big_reply (HttpFixture *fixture, gsize size);
void http_call_assert_big_body (const GString *body, gsize size);
void http_call_assert_failed (HttpCall *call, JumpError code, const char *part);
