/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/breaker-ticket.h"
#include "service/upstream/error-reply.h"
#include "service/upstream/stored-request.h"
#include "service/upstream/upstream-client-private.h"

/* One call, as its two halves see it: upstream-call.c is its life and what its owner hears,
 * upstream-sending.c asks for tokens, sends, judges what came and sends again. For them only. */

typedef enum
{
  JUMP_CALL_WAITING,     /* for a token */
  JUMP_CALL_IN_FLIGHT,   /* a transfer is under way */
  JUMP_CALL_JUDGING,     /* an error reply is complete, or as complete as it may get */
  JUMP_CALL_RESTING,     /* before it is sent again */
  JUMP_CALL_HEADERS_DUE, /* of an error reply */
  JUMP_CALL_BODY_DUE,    /* of an error reply */
  JUMP_CALL_ENDED,
} JumpCallStage;

/* Reference counted: by its own life, by a wait for a token, by whatever calls the owner. */
struct _JumpUpstreamCall
{
  gint ref_count;
  JumpUpstreamClient *client; /* (owned) */
  JumpUpstreamFuncs funcs;
  gpointer user_data;

  JumpStoredRequest request; /* (owned) */
  JumpBreakerTicket ticket;

  JumpCallStage stage;
  GCancellable *waiting;       /* (owned) (nullable): of the wait for a token */
  JumpToken *token;            /* (owned) (nullable): the one that was sent */
  JumpHttpTransfer *transfer;  /* (unowned) (nullable): belongs to the HTTP client */
  GSource *next_turn;          /* (owned) (nullable): continues from the main loop */
  JumpErrorReply *error_reply; /* (owned) (nullable) */
  GError *problem;             /* (owned) (nullable): for on_done */
  JumpErrorReply *last_reply;  /* (owned) (nullable): of an earlier sending: told if none follows */
  guint rest_alarm;
  guint n_sent;  /* in all */
  guint n_tries; /* without those that only a token was to blame for, with those of earlier calls */
  guint wait_seconds;       /* for whoever was turned away; 0: not known */
  gboolean is_limited;      /* limits of models and accounts concern it */
  gboolean are_headers_out; /* of a success, while the transfer goes on */
  gboolean is_paused;
  gboolean is_token_renewed;
  gboolean is_host_reread;
};

/* upstream-call.c */
JumpUpstreamCall *jump_upstream_call_ref (JumpUpstreamCall *self);
void jump_upstream_call_unref (JumpUpstreamCall *self);
/* Hands out the error reply step by step, as far as the brake allows; or the problem. */
void jump_upstream_call_hand_out (JumpUpstreamCall *self);
void jump_upstream_call_finish (JumpUpstreamCall *self);
void jump_upstream_call_continue_next_turn (JumpUpstreamCall *self);

/* upstream-sending.c */
void jump_upstream_call_send (JumpUpstreamCall *self);
void jump_upstream_call_judge (JumpUpstreamCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpUpstreamCall, jump_upstream_call_unref)
