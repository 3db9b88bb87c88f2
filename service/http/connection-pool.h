/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-connection.h"
#include "service/http/connection-budget.h"
#include "service/http/deadline-queue.h"

#include <gio/gio.h>

/* All client connections, with what they share: the poller, the time limits, the cached Date. */

typedef struct
{
  guint head_ms;  /* to send the head of a request, and after connecting to begin with one */
  guint read_ms;  /* to send the body */
  guint write_ms; /* without taking a byte of the reply */
  guint idle_ms;  /* between requests */
} JumpConnectionTimeouts;

struct _JumpConnectionPool
{
  JumpPoller *poller;           /* (owned) */
  GQueue connections;           /* (element-type JumpClientConnection) */
  JumpConnectionBudget *budget; /* (owned) */
  JumpDeadlineQueue *heading;   /* (owned) */
  JumpDeadlineQueue *reading;   /* (owned) */
  JumpDeadlineQueue *writing;   /* (owned) */
  JumpDeadlineQueue *idle;      /* (owned) */
  JumpDeadlineQueue *lingering; /* (owned) */
  JumpConnectionRequestFunc on_readable;
  JumpConnectionRequestFunc
      on_late;    /* (nullable): a request takes too long; without it, it is cut */
  GFunc on_lost;  /* called with the request of a connection that went before it was whole */
  GFunc on_empty; /* (nullable): called once when draining and the last connection went */
  gpointer user_data;
  gboolean is_draining;
  gint64 date_second;
  char date[40];
};

JumpConnectionPool *jump_connection_pool_new (JumpPoller *poller,
                                              JumpConnectionRequestFunc on_readable,
                                              GFunc on_lost,
                                              gpointer user_data);
void jump_connection_pool_free (JumpConnectionPool *self);
void jump_connection_pool_set_timeouts (JumpConnectionPool *self,
                                        const JumpConnectionTimeouts *timeouts);
/* What all pools share; before the first connection. Without it a pool has a budget of its own. */
void jump_connection_pool_set_budget (JumpConnectionPool *self, JumpConnectionBudget *budget);
/* When there is no place left, @socket is told so and closed. */
void jump_connection_pool_accept (JumpConnectionPool *self, GSocket *socket);
/* The same with what encrypts it. */
void jump_connection_pool_accept_tls (JumpConnectionPool *self, GSocket *socket, GIOStream *tls);
guint jump_connection_pool_get_size (JumpConnectionPool *self);
void jump_connection_pool_drain (JumpConnectionPool *self, GFunc on_empty);
const char *jump_connection_pool_get_date (JumpConnectionPool *self);
