/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"
#include "service/simulator/simulator.h"
#include "tests/support/clock-fake.h"

/* The whole service and the simulator in this process: real sockets on free ports, one fake clock
 * for both. Signed in already. */

typedef struct
{
  JumpClock *clock;         /* (owned) */
  JumpSimulator *simulator; /* (owned) */
  JumpService *service;     /* (owned) */
  JumpSettings *settings;   /* (owned) */
  JumpPaths *paths;         /* (owned) */
  JumpHttpClient *client;   /* (owned): plays the client programs */
  JumpPoller *poller;       /* (owned) */
  char *dir;                /* (owned) */
} Fixture;

/* What a client got. */
typedef struct
{
  guint status;
  GHashTable *headers; /* (owned): names in lower case */
  GString *body;       /* (owned) */
  GError *error;       /* (owned) (nullable) */
  gboolean is_done;
  guint n_pieces; /* how often data arrived */
  JumpHttpTransfer *transfer;
} Answer;

/* @scenario: name of a built-in one, or JSON text when it starts with "{". */
Fixture *fixture_new (const char *scenario);
/* As above, but nobody is signed in. */
Fixture *fixture_new_signed_out (const char *scenario);
/* With settings other than the defaults: keys and texts, ended by -1. */
Fixture *fixture_new_with_settings (const char *scenario, ...);
void fixture_free (Fixture *self);

Answer *fixture_start (Fixture *self, const char *method, const char *path, const char *body, ...)
    G_GNUC_NULL_TERMINATED;
/* The same for bodies that are no text, and other places than the service's own. */
Answer *fixture_send (Fixture *self,
                      const char *method,
                      const char *url,
                      GBytes *body,
                      const char *const *headers);
void answer_wait (Answer *self);
void answer_free (Answer *self);

/* Turns the main loop until @condition is true; the test fails after some seconds of real time. */
void turn_until (gboolean (*condition) (gpointer data), gpointer data);
void turn_some (guint n_turns);

Answer *fixture_ask (Fixture *self, const char *method, const char *path, const char *body);
Answer *fixture_chat (Fixture *self, const char *model, const char *text, gboolean stream);
const char *answer_header (Answer *self, const char *name);
/* Returns: (transfer full): the "data:" payloads of a stream, NULL-terminated. */
char **answer_events (Answer *self);
/* Returns: (transfer full): the joined delta.content of a stream. */
char *answer_streamed_text (Answer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
