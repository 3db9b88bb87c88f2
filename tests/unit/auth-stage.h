/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/github-host.h"
#include "service/auth/identity.h"
#include "service/net/http-client.h"
#include "tests/support/clock-fake.h"
#include "tests/support/http-peer.h"

/* What the tests of sign-in and tokens share: a GitHub that is played by a peer, a client that
 * talks to it, and a clock that stands still. */

typedef struct
{
  JumpPoller *poller;     /* (owned) */
  JumpHttpPeer *peer;     /* (owned) */
  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  JumpGithubHost *host;   /* (owned) */
  JumpIdentity *identity; /* (owned) */
} AuthStage;

#define AUTH_NOW G_GINT64_CONSTANT (1800000000)

void auth_stage_set_up (AuthStage *stage, gconstpointer data);
void auth_stage_tear_down (AuthStage *stage, gconstpointer data);
/* @headers: (nullable): whole lines, each with its line end */
void auth_stage_add_reply (AuthStage *stage, guint status, const char *headers, const char *body);
/* Says nothing and cuts the connection. */
void auth_stage_add_cut (AuthStage *stage);
/* Runs the loop until @is_true, and fails the test when that takes ten seconds. */
void auth_stage_wait (gboolean (*is_true) (gpointer data), gpointer data);
void auth_stage_wait_result (GAsyncResult **result);
/* Runs what is ready to run, and nothing else. */
void auth_stage_settle (void);
guint auth_stage_count_requests (AuthStage *stage);
void auth_stage_wait_requests (AuthStage *stage, guint n);
void auth_stage_assert_request (AuthStage *stage, guint index, const char *part);
void auth_stage_assert_no_request_has (AuthStage *stage, const char *part);
/* A GAsyncReadyCallback: stores the result in the GAsyncResult * that @user_data points to. */
void auth_stage_on_done (GObject *source, GAsyncResult *result, gpointer user_data);
