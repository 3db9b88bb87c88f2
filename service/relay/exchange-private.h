/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/asked-model.h"
#include "service/relay/exchange-entry.h"
#include "service/relay/exchange.h"
#include "service/relay/prepared-request.h"
#include "service/relay/reply-lane.h"

/* One exchange, for the files that share its work: exchange.c (life and end), exchange-request.c (from
 * bytes to upstream), exchange-spending.c (what it may cost, and did), exchange-reply.c (from upstream to the client), exchange-life.c (signs of life, and
 * what is said in a stream that they began). */

struct _JumpExchange
{
  gatomicrefcount ref_count;
  const JumpExchangeContext *context; /* (unowned): outlives us */
  JumpExchangeEndedFunc on_ended;
  gpointer user_data;

  JumpRelayPurpose purpose;
  JumpTurnKind told_turn;     /* by the client's headers */
  gboolean is_refused;        /* by upstream */
  const JumpDialect *client;  /* const data */
  char *beta;                 /* (owned) (nullable): the client's anthropic-beta */
  JumpReplySink *sink;        /* (unowned) (nullable): NULL once it is over */
  JumpReplySink *recorder;    /* (owned) (nullable): the same, where the reply is written down */
  GCancellable *cancellable;  /* (owned) */
  JumpExchangeRecord *record; /* (owned): its state is the exchange's */
  gint64 started;             /* monotonic µs */

  GBytes *body;           /* (owned) (nullable): the client's, until upstream took it */
  GBytes *asked_body;     /* (owned) (nullable): the same before it was expanded, to be kept */
  char *previous;         /* (owned) (nullable): the response that the client goes on from */
  JumpRequestFacts facts; /* its spans point into body: numbers only once that is gone */

  JumpAskedModel model;      /* (owned) */
  gboolean takes_web_search; /* nobody has refused it yet */
  JumpRouteChoice choice;
  JumpPreparedRequest prepared; /* (owned) */
  JumpChanges changes;          /* (owned): to the request */
  char *sent_beta;              /* (owned) (nullable) */
  char *interaction; /* (owned) (nullable): tells upstream one conversation from another */
  GPtrArray *mends;  /* (owned) (element-type utf8): what was mended after a refusal */
  guint excluded;    /* mask of dialects that upstream has refused for this model */
  guint n_early_failures;
  guint n_tries;     /* of those that the setting allows; refusals that were mended are none */
  guint retry_after; /* seconds, for a client that is turned away; 0: not known */
  gboolean is_final; /* what failed will fail again: the client is told so */
  char *ask_reason;  /* (owned) (nullable): why somebody has to allow it */

  JumpClientPass *pass;     /* (owned) (nullable): what the client's key allows */
  JumpExchangeEntry *entry; /* (owned) (nullable): from the first time upstream is to be asked */
  JumpUpstreamCall *call;   /* (unowned) (nullable): while it runs */
  JumpReplyLane *lane;      /* (owned) (nullable) */
  gboolean is_committed;    /* the client's stream has begun, whatever becomes of the lane */
  guint keep_alive;         /* alarm, 0: none */
  guint64 alive_bytes;      /* what the client had when it was set */
  GString *refusal;         /* (owned) (nullable): the body of an error reply */
};

JumpExchange *jump_exchange_ref (JumpExchange *self);
/* The one place where the state changes; tells observers. FALSE: it is over already. */
gboolean jump_exchange_set_state (JumpExchange *self, JumpExchangeState state);
/* Ends the exchange, once. The sink has been ended, aborted or lost by then. */
void jump_exchange_end (JumpExchange *self, guint status, const GError *error);
/* Tells the client, in its own dialect, and ends. */
void jump_exchange_fail (JumpExchange *self, const GError *error);
/* The same for what upstream said. @headers: (transfer full) (nullable): to send along. */
void jump_exchange_refuse (JumpExchange *self,
                           const JumpFailure *failure,
                           GPtrArray *headers,
                           GBytes *body);

/* exchange-request.c */
void jump_exchange_read (JumpExchange *self);
/* The way is known, or has to be found again. */
void jump_exchange_choose_way (JumpExchange *self);
/* Sends self->prepared. */
void jump_exchange_send (JumpExchange *self);

/* exchange-spending.c */
/* Which conversation it is part of. */
void jump_exchange_note_session (JumpExchange *self);
/* FALSE with JUMP_ERROR_RATE_LIMITED: it may cost nothing. May change the model. */
gboolean jump_exchange_ask_guard (JumpExchange *self, GError **error);
/* Takes what @other holds; what the client asked for stays. */
void jump_exchange_use_model (JumpExchange *self, JumpAskedModel *other);
/* Its record gets an estimate where upstream named no price. */
void jump_exchange_estimate (JumpExchange *self);
/* Its record gets what is sent, where that is kept. */
void jump_exchange_keep_sent (JumpExchange *self);

/* exchange-reply.c */
/* Holds up what comes next, where @failure (nullable) tells of a limit in a reply of status 200. */
void jump_exchange_note_limit (JumpExchange *self, const JumpFailure *failure);
extern const JumpUpstreamFuncs jump_exchange_upstream_funcs;
JumpReplyPipe *jump_exchange_new_pipe (JumpExchange *self);
/* Writes the client's stream without upstream. Returns: (transfer full) */
JumpEncoder *jump_exchange_new_encoder (JumpExchange *self);

/* exchange-life.c */
/* From now on, where the client wants a stream: a sign of life after every silence. */
void jump_exchange_watch_silence (JumpExchange *self);
/* Whether the client's stream has begun, so that there is no status any more to tell an error by. */
gboolean jump_exchange_has_head (const JumpExchange *self);
/* Tells in such a stream, and ends the sink. */
void jump_exchange_break_stream (JumpExchange *self, const JumpFailure *failure);
/* Another one comes, or none. */
void jump_exchange_drop_lane (JumpExchange *self);
