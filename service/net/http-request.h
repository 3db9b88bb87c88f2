/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* What to send: method, address, header lines, body. Header lines may hold credentials, so all of
 * them are wiped when freed. */

typedef struct
{
  char *method;              /* (owned) */
  char *url;                 /* (owned) */
  GPtrArray *headers;        /* (owned) (element-type utf8): "Name: value" */
  GBytes *body;              /* (owned) (nullable) */
  guint connect_timeout_ms;  /* name, TCP and TLS together; 0: the client's default */
  guint total_timeout_ms;    /* whole call; 0: none (streams) */
  guint idle_timeout_ms;     /* longest silence of the peer, before and between bytes; paused time
                             * does not count; 0: none */
  gboolean fresh_connection; /* do not reuse a connection */
  gboolean expects_stream;   /* the reply trickles in: read it in small pieces */
} JumpHttpRequest;

JumpHttpRequest *jump_http_request_new (const char *method, const char *url);
void jump_http_request_free (JumpHttpRequest *self);
void jump_http_request_add_header (JumpHttpRequest *self, const char *name, const char *value);
void jump_http_request_set_body (JumpHttpRequest *self, GBytes *body, const char *content_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHttpRequest, jump_http_request_free)
