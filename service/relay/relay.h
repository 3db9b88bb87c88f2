/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-pass.h"
#include "service/conversation/client-process.h"
#include "service/conversation/exchange-record.h"
#include "service/conversation/spending-guard.h"
#include "service/dialects/dialect.h"
#include "service/dialects/embeddings-request.h"
#include "service/models/model-catalog.h"
#include "service/models/model-mapping.h"
#include "service/relay/approval-desk.h"
#include "service/relay/reply-sink.h"
#include "service/relay/response-store.h"
#include "service/upstream/upstream-client.h"

/* Answers model requests: starts an exchange for each, knows those that run, and tells observers
 * when one has ended. Does not know who keeps records. */

#define JUMP_TYPE_RELAY (jump_relay_get_type ())
G_DECLARE_FINAL_TYPE (JumpRelay, jump_relay, JUMP, RELAY, GObject)

/* "exchange-changed" (JumpExchangeRecord *record): the exchange is new or went on: its state is received,
 *   routed (route and models are known), waiting, or streaming (first_byte_us is known, for whole
 *   replies too). Once for each state, again for one that is reached again; not for every chunk. What
 *   the record points at may change from one to the next.
 * "exchange-ended" (JumpExchangeRecord *record): frozen, its state is ended; reference it to keep it. It
 *   does not count as open any more. Last of the signals for its exchange.
 * "traffic-changed": another number of requests waits for approval, or a burst began or ended.
 * Handlers must not cancel exchanges. */

typedef enum
{
  JUMP_RELAY_GENERATE, /* an answer of the model */
  JUMP_RELAY_COUNT,    /* how many tokens the request has; nothing is generated */
  JUMP_RELAY_EMBED,    /* vectors: for jump_relay_embed() and jump_relay_turn_away() */
} JumpRelayPurpose;

/* What a client asked. Strings are copied, the body is referenced. */
typedef struct
{
  const JumpDialect *dialect;
  JumpRelayPurpose purpose;
  const char *id; /* the X-Request-Id */
  const char *method;
  const char *path;
  const char *client;   /* (nullable): User-Agent */
  const char *beta;     /* (nullable): anthropic-beta */
  JumpTurnKind turn;    /* what its headers say of it */
  JumpClientPass *pass; /* (nullable): the key that the client has shown; referenced */
  GBytes *body;
  const char *headers;        /* (nullable): "Name: value" lines without secrets, for the record */
  const char *address;        /* (nullable): the client's, for the record */
  JumpClientProcess *process; /* (nullable): that owns its connection, for the record; referenced */
  const char *session;        /* (nullable): the conversation that the headers name */
} JumpRelayRequest;

/* What the exchanges need, apart from each other; (transfer none) on setting. */
typedef struct
{
  const char *default_model; /* (nullable): for requests that name none */
  const char *small_model;   /* (nullable): for turns that any small model can do */
  gboolean is_strict;        /* refuse names that are not in a live catalogue */
  JumpReasoningField reasoning_field;
  gboolean shows_credits; /* event streams end with a comment that tells what they cost */
} JumpRelayOptions;

/* How many requests go upstream, and when (S-10, protocol 8). */
typedef struct
{
  guint concurrent;         /* at once; 0: no limit */
  guint waiting;            /* that may wait for their turn, fairly among clients */
  guint wait_seconds;       /* then 503 */
  guint spacing_seconds;    /* between two beginnings; 0: none */
  gboolean spacing_refuses; /* 429 instead of waiting */
  gboolean needs_approval;
  guint approval_seconds;              /* then 403 */
  const char *const *approved_clients; /* (nullable): names that need none */
  guint burst_requests;                /* in a minute; 0: never warn */
  guint keep_alive_seconds;            /* of silence in a stream; 0: never */
  guint commit_seconds;                /* before upstream answers; 0: never */
  gsize stream_buffer;                 /* bytes */
  gsize event_bytes;
  gsize reply_bytes;
} JumpTrafficOptions;

/* What is going on, for /health, /api/status and the screen. */
typedef struct
{
  guint active;    /* have a turn */
  guint waiting;   /* for a turn */
  guint approvals; /* wait for somebody to allow them */
  guint requests_last_minute;
  gboolean is_bursting;  /* more than burst_requests; over once the minute is */
  guint64 signs_of_life; /* that silent streams were sent since the start */
} JumpTrafficState;

JumpRelay *
jump_relay_new (JumpUpstreamClient *upstream, JumpModelCatalog *catalog, JumpClock *clock);
/* Takes @mapping. */
void jump_relay_set_mapping (JumpRelay *self, JumpModelMapping *mapping);
void jump_relay_set_traffic (JumpRelay *self, const JumpTrafficOptions *options);
/* For good: nobody begins any more, and who waits for a turn or an approval gets @error. What runs goes on. */
void jump_relay_stop_waiting (JumpRelay *self, const GError *error);
void jump_relay_get_traffic (JumpRelay *self, JumpTrafficState *out_state);
/* (transfer none): the requests that wait for somebody to allow them. */
JumpApprovalDesk *jump_relay_get_approvals (JumpRelay *self);
/* @guard: copied; its ask may be NULL: nobody is asked. */
void jump_relay_set_spending_guard (JumpRelay *self, const JumpSpendingGuard *guard);
void jump_relay_set_options (JumpRelay *self, const JumpRelayOptions *options);
/* Whether records get headers and bodies, from the next exchange on; FALSE at first. A reply is kept to
 * JUMP_LIMIT_KEPT_REPLY. */
void jump_relay_set_keeps_bodies (JumpRelay *self, gboolean keeps_bodies);
gboolean jump_relay_get_keeps_bodies (JumpRelay *self);

/* The reply goes to @sink, whatever happens. */
void jump_relay_start (JumpRelay *self, const JumpRelayRequest *request, JumpReplySink *sink);
/* The same for vectors instead of answers; errors are written in @request's dialect. */
void jump_relay_embed (JumpRelay *self,
                       const JumpRelayRequest *request,
                       JumpEmbeddingsForm form,
                       JumpReplySink *sink);

/* Neither of them: the client gets @error in its dialect and, when that is JUMP_ERROR_UNAVAILABLE, is asked
 * to come back after so many seconds. There is a record as of any other request. */
void jump_relay_turn_away (JumpRelay *self,
                           const JumpRelayRequest *request,
                           const GError *error,
                           guint retry_after,
                           JumpReplySink *sink);
/* The client of the exchange with that @id sees its connection end, upstream is closed, the record ends
 * with status 499. Returns: whether there was one */
gboolean jump_relay_cancel (JumpRelay *self, const char *id);

JumpModelCatalog *jump_relay_get_catalog (JumpRelay *self);
const JumpModelMapping *jump_relay_get_mapping (JumpRelay *self);
JumpUpstreamClient *jump_relay_get_upstream (JumpRelay *self);
JumpResponseStore *jump_relay_get_responses (JumpRelay *self);
guint jump_relay_get_open_exchanges (JumpRelay *self);
guint64 jump_relay_get_total_exchanges (JumpRelay *self);
void jump_relay_cancel_all (JumpRelay *self);
