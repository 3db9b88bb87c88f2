/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/upstream-client.h"

#include <libsoup/soup.h>

/* A desk, GitHub and the Copilot API in one process, for the tests of upstream/: a client that is
 * signed in, and a server that hands out tokens and answers calls. Time is set by hand. */

/* What GitHub and Copilot do in a test; everything good when zero. */
typedef struct
{
  SoupServer *server;      /* (owned) */
  GSocketService *service; /* (owned) */
  char *url;               /* (owned) */
  JumpClock *clock;
  guint n_exchanges;
  guint exchange_status;       /* 0: 200 */
  gboolean are_exchanges_held; /* never answered */
  gint64 expires_at;           /* of the newest token */
  guint n_dead_tokens;         /* tokens up to this number are refused */
  guint dead_status;           /* 0: 401 */
  const char *dead_body;       /* NULL: the usual text */

  guint n_requests;      /* at Copilot */
  guint n_refused;       /* for their token */
  guint status;          /* 0: 200 */
  const char *body;      /* NULL: "hello" */
  const char *type;      /* of its content; NULL: text/plain */
  const char *location;  /* NULL: none */
  GPtrArray *bodies;     /* (owned) (element-type utf8): sent by the client */
  GPtrArray *tokens;     /* (owned) (element-type utf8) */
  GPtrArray *initiators; /* (owned) (element-type utf8) */
  GPtrArray *held;       /* (owned) (element-type SoupServerMessage) */
  gboolean are_requests_held;
} StageGithub;

typedef struct
{
  StageGithub github;
  JumpClock *clock;
  JumpHttpClient *http;
  JumpAccount *account;
  JumpTokenManager *tokens;
  JumpIdentity *identity;
  JumpUpstreamClient *client;
} Stage;

/* The owner of a call. */
typedef struct
{
  JumpUpstreamCall *call;
  guint status;
  GString *body;   /* (owned) */
  char *kind;      /* (owned) (nullable): the header X-Kind */
  GError *error;   /* (owned) (nullable) */
  guint n_headers; /* how often on_headers came */
  guint n_data;
  guint n_done;
  guint n_sent; /* as told at the end */
  guint wait;   /* the same, in seconds */
  gboolean cancels_at_headers;
  gboolean cancels_at_data;
  gboolean pauses_at_headers;
} StageOwner;

StageOwner *stage_owner_new (void);
void stage_owner_free (StageOwner *self);

/* For g_test_add(). @data: "static" for COPILOT_TOKEN, else a GitHub token from the environment. */
void stage_set_up (Stage *self, gconstpointer data);
void stage_tear_down (Stage *self, gconstpointer data);

void stage_turn (void);
/* Answers what GitHub or Copilot held back. */
void stage_release_held (Stage *self);
void stage_wait_held (Stage *self, guint n);
/* Starts a call; nothing may come from inside. */
void stage_start (Stage *self, StageOwner *owner);
void stage_wait_headers (StageOwner *owner);
void stage_wait_done (StageOwner *owner);
/* One call from start to end, which must come back like this. */
void stage_call_and_expect (Stage *self, guint status, const char *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StageOwner, stage_owner_free)
