/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/session-book.h"
#include "service/keys/key-store.h"
#include "service/settings/settings.h"

/* The only gatekeeper: says yes or why not, from the head of a request alone. What is not named in the table of
 * routes counts as model API and is not found there; what fits no rule is refused. Waits for nothing and keeps
 * nothing.
 *
 *            from a program of our user here          from anybody else
 *   open     yes                                      yes
 *   page     yes; whose browser it is decides         yes, as a stranger
 *            what it shows
 *   metrics  yes                                      with an active key
 *   local    yes                                      no
 *   model    yes, or with a key when the setting      with an active key
 *            server.require_key says so
 *   control  with this run's control key or a         with the control key and over TLS: a key that
 *            session, never for being here            can read everything does not travel in the clear
 *
 * Whatever the route and whoever asks: the name in Host has to be one of ours, and a request that a browser makes
 * for another site's page is refused, unless the setting server.allowed_origins lists the page and it asks for the
 * model API. */

typedef enum
{
  JUMP_ACCESS_OPEN,    /* health: says nothing about anybody */
  JUMP_ACCESS_PAGE,    /* what people open in a browser */
  JUMP_ACCESS_METRICS, /* sums: says nothing about any one request */
  JUMP_ACCESS_LOCAL,   /* what helps to find a fault of the service */
  JUMP_ACCESS_MODEL,   /* spends the seat */
  JUMP_ACCESS_CONTROL, /* settings, account, keys: everything a person can do */
} JumpAccessClass;

/* What a door is for, where each has its own. */
typedef enum
{
  JUMP_PURPOSE_ALL,
  JUMP_PURPOSE_MODEL,   /* no control routes, no pages */
  JUMP_PURPOSE_CONTROL, /* no model API */
} JumpAccessPurpose;

/* A request's head and its connection. Headers that came more than once are joined by commas, which fits no rule. */
typedef struct
{
  const char *method;
  const char *query;         /* (nullable) */
  const char *host;          /* (nullable) */
  const char *origin;        /* (nullable) */
  const char *fetch_site;    /* (nullable): Sec-Fetch-Site */
  const char *authorization; /* (nullable) */
  const char *api_key;       /* (nullable): x-api-key, Anthropic's way */
  const char *google_key;    /* (nullable): x-goog-api-key */
  const char *cookie;        /* (nullable) */
  const char *local_address; /* (nullable): at which the connection came in */
  gboolean is_local;         /* a program of our user on this computer */
  gboolean is_tls;
} JumpAccessFacts;

typedef struct
{
  const char *control_key;   /* (unowned) (nullable) */
  JumpKeyStore *keys;        /* (unowned) (nullable) */
  JumpSessionBook *sessions; /* (unowned) (nullable) */
  GStrv host_names;          /* (owned) (nullable) */
  GStrv allowed_origins;     /* (owned) (nullable): as jump_web_origin_normalize() writes them */
  JumpAccessPurpose purpose;
  gboolean needs_key; /* on this computer, too */
  gboolean takes_key_in_query;
} JumpAccessRules;

typedef struct
{
  guint status;       /* 0: come in; else 401, 403, 421 */
  const char *code;   /* (nullable): for programs; NULL when there is no refusal, as below */
  const char *reason; /* (nullable): one sentence for people */
  char *
      page; /* (owned) (nullable): the listed origin that asks: it may read the reply, also a refusal */
  JumpClientKey *key; /* (unowned) (nullable): the key that was shown, where it is one of ours */
  char *session;      /* (owned) (nullable): the cookie of the session it belongs to */
  gboolean is_wrong_guess; /* a key was shown that is none of ours, where one is needed */
} JumpAccessVerdict;

/* Takes from @settings what is theirs to say. */
void jump_access_rules_read (JumpAccessRules *self, JumpSettings *settings);
void jump_access_rules_clear (JumpAccessRules *self);

/* Clear @verdict afterwards, whatever it is. */
void jump_access_check (JumpAccessVerdict *verdict,
                        JumpAccessClass class,
                        const JumpAccessFacts *facts,
                        const JumpAccessRules *rules);
/* Only where it comes from and by which name it calls us: all that a browser's question before the real
 * request (preflight) can be judged by. */
void jump_access_check_source (JumpAccessVerdict *verdict,
                               JumpAccessClass class,
                               const JumpAccessFacts *facts,
                               const JumpAccessRules *rules);
void jump_access_verdict_clear (JumpAccessVerdict *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpAccessVerdict, jump_access_verdict_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpAccessRules, jump_access_rules_clear)
