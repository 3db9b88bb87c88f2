/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/cooldown.h"
#include "service/upstream/upstream-client.h"

/* What the client, its calls and its fetches share. For this folder only. */

struct _JumpUpstreamClient
{
  GObject parent_instance;

  JumpHttpClient *http;     /* (owned) */
  JumpTokenManager *tokens; /* (owned) */
  JumpClock *clock;         /* (owned) */
  JumpIdentity *identity;   /* (owned) */
  guint idle_ms;
  guint attempts; /* of one request */
  JumpCircuitBreaker breaker;
  JumpBreakerState told_breaker;
  JumpCooldownBook *cooldowns; /* (owned) */
  guint cooldown_alarm;        /* when the next one is over */
  guint open_calls;
  gint64 last_reply;              /* wall seconds, 0 none */
  char *last_error;               /* (owned) (nullable) */
  JumpUpstreamReplyFunc on_reply; /* (nullable) */
  gpointer reply_data;
  JumpUpstreamStateFunc on_state; /* (nullable) */
  gpointer state_data;
};

/* As jump_upstream_client_start(), with limits of its own on upstream's silence and on the whole. */
JumpUpstreamCall *jump_upstream_call_new (JumpUpstreamClient *client,
                                          const JumpUpstreamRequest *request,
                                          guint idle_ms,
                                          guint total_ms,
                                          const JumpUpstreamFuncs *funcs,
                                          gpointer user_data);

/* @call: a call that upstream has answered with @status. Returns: (transfer full) (nullable):
 * JUMP_ERROR_PORTAL when it was not upstream that did. */
GError *jump_upstream_call_make_portal_error (JumpUpstreamCall *call, guint status);

/* Who watches the replies is told of this one. */
void jump_upstream_client_show_reply (JumpUpstreamClient *self,
                                      JumpUpstreamCall *call,
                                      guint status,
                                      const char *body,
                                      gsize length);
void jump_upstream_client_note_error (JumpUpstreamClient *self, const char *message);
void jump_upstream_client_note_answer (JumpUpstreamClient *self);
/* Who watches the state is told if the breaker is in another one than before. */
void jump_upstream_client_check_breaker (JumpUpstreamClient *self);

/* What an error reply to a request for @model says about limits. */
void jump_upstream_client_note_refusal (JumpUpstreamClient *self,
                                        const char *model,
                                        const JumpLimitReply *reply,
                                        gboolean is_opaque);
void jump_upstream_client_note_success (JumpUpstreamClient *self, const char *model);
/* Returns: (transfer full) (nullable): why nothing is sent for @model now: RATE_LIMITED */
GError *
jump_upstream_client_refuse (JumpUpstreamClient *self, const char *model, guint *out_seconds);
void jump_upstream_client_stop_limits (JumpUpstreamClient *self);
