/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

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
  JumpCircuitBreaker breaker;
  guint open_calls;
  gint64 last_reply;              /* wall seconds, 0 none */
  char *last_error;               /* (owned) (nullable) */
  JumpUpstreamReplyFunc on_reply; /* (nullable) */
  gpointer reply_data;
};

/* As jump_upstream_client_start(), with limits of its own on upstream's silence and on the whole. */
JumpUpstreamCall *jump_upstream_call_new (JumpUpstreamClient *client,
                                          const JumpUpstreamRequest *request,
                                          guint idle_ms,
                                          guint total_ms,
                                          const JumpUpstreamFuncs *funcs,
                                          gpointer user_data);

/* Who watches the replies is told of this one. */
void jump_upstream_client_show_reply (JumpUpstreamClient *self,
                                      JumpUpstreamCall *call,
                                      guint status,
                                      const char *body,
                                      gsize length);
void jump_upstream_client_note_error (JumpUpstreamClient *self, const char *message);
void jump_upstream_client_note_answer (JumpUpstreamClient *self);
