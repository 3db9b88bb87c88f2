/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/stream-reply.h"

#include <gio/gio.h>
#include <libsoup/soup.h>

/* One request of a client, read whole, and the reply it will get. Lives until the reply is over. */

typedef struct
{
  SoupServerMessage *message; /* (owned): headers and address */
  char *id;                   /* (owned): X-Request-Id, ours */
  const char *method;
  const char *path;      /* as decoded by libsoup */
  const char *parameter; /* (nullable): what a "{…}" of the route matched */
  GBytes *body;          /* (owned): empty when there was none */
  JumpReplySink *sink;   /* (unowned): where the reply goes */
  gboolean is_relayed;   /* the relay writes its line of the log */
} JumpClientRequest;

const char *jump_client_request_get_header (const JumpClientRequest *self, const char *name);
/* Does the client want JSON? Absent and wildcard count as no preference, which is yes. */
gboolean jump_client_request_accepts_json (const JumpClientRequest *self);
