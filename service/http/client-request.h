/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-pass.h"
#include "service/conversation/client-process.h"
#include "service/dialects/dialect.h"
#include "service/http/request-head.h"
#include "service/relay/reply-sink.h"

#include <gio/gio.h>

/* One request of a client, read whole, and the reply it will get. Holds copies of what it needs, since
 * its head is gone while the reply runs. Lives until the reply is over. */

typedef struct
{
  char *id;                /* (owned): X-Request-Id, ours */
  char *method;            /* (owned) (nullable): NULL when the head made no sense */
  char *path;              /* (owned) (nullable): decoded, without the query */
  char *user_agent;        /* (owned) (nullable) */
  char *accept;            /* (owned) (nullable) */
  char *anthropic_version; /* (owned) (nullable): the client speaks Anthropic's API */
  char *anthropic_beta;    /* (owned) (nullable) */
  char *query; /* (owned) (nullable): what stands behind "?", not decoded; wiped when freed */
  char *content_type;         /* (owned) (nullable) */
  char *last_event_id;        /* (owned) (nullable) */
  char *address;              /* (owned) (nullable): the client's, "local" for a Unix socket */
  JumpClientProcess *process; /* (owned) (nullable): that owns the connection */
  char *headers;              /* (owned) (nullable): for the record, where one keeps such */
  JumpTurnKind turn;          /* what the headers say of it */
  char *conversation;         /* (owned) (nullable): the client's name for it, by its headers */
  JumpClientPass *pass;       /* (owned) (nullable): of the key that the client has shown */
  char *session; /* (owned) (nullable): the cookie of a browser that was let in; wiped when freed */
  gboolean is_local; /* a program of this computer's user */
  gboolean is_tls;
  gboolean is_prefetch;       /* a browser loads it in case somebody wants it */
  char *if_none_match;        /* (owned) (nullable): versions of a file that the browser has */
  char *content_encoding;     /* (owned) (nullable): of the body, until it is decoded */
  const JumpDialect *dialect; /* that errors are written in */
  char *parameter;            /* (owned) (nullable): what a "{…}" of the route matched in path */
  GBytes *body;        /* (owned) (nullable): empty when there was none; NULL once it is relayed */
  JumpReplySink *sink; /* (unowned): where the reply goes */
  gboolean is_relayed; /* the relay writes its line of the log */
} JumpClientRequest;

/* Takes method and path out of @head, copies what else is needed of it. */
void jump_client_request_take_head (JumpClientRequest *self, JumpRequestHead *head);
void jump_client_request_clear (JumpClientRequest *self);
/* Does the client want JSON? Absent and wildcard count as no preference, which is yes. */
gboolean jump_client_request_accepts_json (const JumpClientRequest *self);
/* Is it a browser that shows what it gets to a person? */
gboolean jump_client_request_accepts_html (const JumpClientRequest *self);
