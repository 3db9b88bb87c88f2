/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/token-manager.h"
#include "service/upstream/circuit-breaker.h"
#include "service/upstream/cooldown.h"
#include "service/upstream/upstream-headers.h"

/* Sends one request to the Copilot API: gets a token, adds the identity, streams the reply. An
 * upstream 401 (or a 403 that names an expired token) renews the token once and replays the request
 * once; a 421 re-reads the endpoints once and replays; nobody but this client sees either. What may
 * pass by itself (no answer, 408, 5xx) is sent again after a while, before anything of it was handed
 * out; limits that upstream tells of are kept, and answered from here while they last. Error
 * replies (status >= 400) are collected whole before they are handed out, successes are handed out
 * as they come. */

typedef struct _JumpUpstreamCall JumpUpstreamCall;

typedef struct
{
  void (*on_headers) (JumpUpstreamCall *call, guint status, gpointer user_data);
  void (*on_data) (JumpUpstreamCall *call, const char *data, gsize length, gpointer user_data);
  /* Last and once, unless cancelled. @error: no reply, or one that broke off. */
  void (*on_done) (JumpUpstreamCall *call, const GError *error, gpointer user_data);
} JumpUpstreamFuncs;

typedef struct
{
  const char *method;
  const char *path; /* "/chat/completions" */
  GBytes *body;     /* (nullable) */
  JumpUpstreamMeta meta;
  gboolean expects_stream; /* the reply will be a stream of events */
  guint n_tries; /* as of jump_upstream_call_get_tries() of earlier calls for the same thing */
} JumpUpstreamRequest;

#define JUMP_TYPE_UPSTREAM_CLIENT (jump_upstream_client_get_type ())
G_DECLARE_FINAL_TYPE (JumpUpstreamClient, jump_upstream_client, JUMP, UPSTREAM_CLIENT, GObject)

JumpUpstreamClient *jump_upstream_client_new (JumpHttpClient *http,
                                              JumpTokenManager *tokens,
                                              JumpClock *clock,
                                              const JumpIdentity *identity);
void jump_upstream_client_set_identity (JumpUpstreamClient *self, const JumpIdentity *identity);
/* How often a request is sent at most while upstream fails before its answer begins. At once. */
void jump_upstream_client_set_attempts (JumpUpstreamClient *self, guint attempts);
guint jump_upstream_client_get_attempts (JumpUpstreamClient *self);
/* @idle_ms: longest silence of upstream (timeouts.proxy_context); @breaker_seconds: how long the
 * breaker stays open. */
void
jump_upstream_client_set_timeouts (JumpUpstreamClient *self, guint idle_ms, guint breaker_seconds);

/* Copies what it needs of @request (the body by reference). Callbacks come from the main loop, never from inside this call.
 * The call lives until on_done has returned or it was cancelled. */
JumpUpstreamCall *jump_upstream_client_start (JumpUpstreamClient *self,
                                              const JumpUpstreamRequest *request,
                                              const JumpUpstreamFuncs *funcs,
                                              gpointer user_data);
const char *jump_upstream_call_get_header (JumpUpstreamCall *call, const char *name);
void jump_upstream_call_foreach_header (JumpUpstreamCall *call,
                                        void (*func) (const char *name,
                                                      const char *value,
                                                      gpointer user_data),
                                        gpointer user_data);
/* How often the request was sent so far, and, with an error of on_done that says "later"
 * (JUMP_ERROR_UNAVAILABLE, JUMP_ERROR_RATE_LIMITED without an answer of upstream), after how many seconds. */
guint jump_upstream_call_get_attempts (JumpUpstreamCall *call);
/* What counts of them against the attempts that are allowed, with those of the calls before. */
guint jump_upstream_call_get_tries (JumpUpstreamCall *call);
guint jump_upstream_call_get_wait (JumpUpstreamCall *call);
void jump_upstream_call_pause (JumpUpstreamCall *call);
void jump_upstream_call_resume (JumpUpstreamCall *call);
void jump_upstream_call_cancel (JumpUpstreamCall *call);

/* Told of every reply to a model request that a client gets to see: with the headers of a success as
 * soon as they are there, with the whole @body of an error. Not of what is asked about models. */
typedef void (*JumpUpstreamReplyFunc) (JumpUpstreamCall *call,
                                       guint status,
                                       const char *body,
                                       gsize length,
                                       gpointer user_data);
void jump_upstream_client_watch_replies (JumpUpstreamClient *self,
                                         JumpUpstreamReplyFunc func,
                                         gpointer user_data);

/* Told, from inside whatever caused it, when the breaker is in another state, a limit begins or the
 * last one that was begun is over. */
typedef void (*JumpUpstreamStateFunc) (JumpUpstreamClient *self, gpointer user_data);
void jump_upstream_client_watch_state (JumpUpstreamClient *self,
                                       JumpUpstreamStateFunc func,
                                       gpointer user_data);

/* A limit that a reply of status 200 told of in its stream. @model, @code: (nullable); @seconds: 0: not
 * told. Codes that are no limits are ignored. */
void jump_upstream_client_note_limit (JumpUpstreamClient *self,
                                      const char *model,
                                      const char *code,
                                      guint seconds);
/* Another account is signed in: what was limited was not it. */
void jump_upstream_client_forget_limits (JumpUpstreamClient *self);
/* Those that hold now, with the seconds that are left. */
void jump_upstream_client_foreach_limit (JumpUpstreamClient *self,
                                         void (*func) (const JumpCooldown *cooldown,
                                                       guint seconds,
                                                       gpointer user_data),
                                         gpointer user_data);
/* Returns: (transfer none) (nullable): the longest that holds up every request; @out_seconds (out)
 * (optional): what is left of it */
const JumpCooldown *jump_upstream_client_get_limit (JumpUpstreamClient *self, guint *out_seconds);

/* Accepts the terms of the model @id (protocol 4.5). Errors as of a fetch, with upstream's words. */
void jump_upstream_client_enable_model_async (JumpUpstreamClient *self,
                                              const char *id,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean jump_upstream_client_enable_model_finish (JumpUpstreamClient *self,
                                                   GAsyncResult *result,
                                                   GError **error);

/* GET @path, read whole; anything but 200 is an error. For the catalogue. */
void jump_upstream_client_fetch_async (JumpUpstreamClient *self,
                                       const char *path,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *
jump_upstream_client_fetch_finish (JumpUpstreamClient *self, GAsyncResult *result, GError **error);

JumpBreakerState jump_upstream_client_get_breaker_state (JumpUpstreamClient *self);
guint jump_upstream_client_get_breaker_failures (JumpUpstreamClient *self); /* in a row */
guint jump_upstream_client_get_breaker_wait (JumpUpstreamClient *self); /* seconds, Retry-After */
guint jump_upstream_client_get_open_calls (JumpUpstreamClient *self);
/* Wall seconds of the last reply of any kind, 0 none; and the last failure's text, (nullable):
 * NULL once a call was answered since. */
gint64 jump_upstream_client_get_last_reply (JumpUpstreamClient *self);
const char *jump_upstream_client_get_last_error (JumpUpstreamClient *self);
