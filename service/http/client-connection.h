/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-process.h"
#include "service/http/client-socket.h"
#include "service/http/connection-budget.h"
#include "service/http/deadline-queue.h"
#include "service/http/peer-address.h"

#include <gio/gio.h>

/* One client's connection through its life: parked between requests (nobody reads, nothing is
 * allocated for it), reading a request, replying, parked again. A reply given before the request was
 * read whole ends in lingering: the rest is thrown away for a moment so that the client sees the
 * reply instead of a reset. */

typedef struct _JumpConnectionPool JumpConnectionPool;
typedef struct _JumpClientConnection JumpClientConnection;

/* There may be bytes of a request, its first ones if the connection has none yet. */
typedef void (*JumpConnectionRequestFunc) (JumpClientConnection *connection, gpointer user_data);

typedef enum
{
  JUMP_CONNECTION_PARKED,
  JUMP_CONNECTION_READING,
  JUMP_CONNECTION_REPLYING,
  JUMP_CONNECTION_LINGERING,
} JumpConnectionState;

/* Whoever replies hears of the socket through this. */
typedef struct
{
  void (*on_writable) (gpointer user_data);
  void (*on_hangup) (gpointer user_data);
  void (*on_timeout) (gpointer user_data); /* stalled for too long, or the server ends */
} JumpConnectionReplyEvents;

struct _JumpClientConnection
{
  JumpConnectionPool *pool; /* (unowned): owns us */
  JumpClientSocket *socket; /* (owned) */
  GList link;
  JumpDeadline deadline;
  JumpConnectionSeat seat;
  JumpConnectionState state;
  gsize lingered;                                /* bytes thrown away */
  const JumpConnectionReplyEvents *reply_events; /* (nullable) */
  gpointer reply_data;
  gpointer request; /* (nullable): the one being read; on_lost frees it */

  /* Who connected, and where. */
  gboolean
      is_local;    /* a program of our user, by loopback or the Unix socket (see peer-address.h) */
  gboolean is_tls; /* encrypted */
  guint16 local_port;  /* accepted at; 0 for a Unix socket */
  char *local_address; /* (owned) (nullable): IP address accepted at, "192.168.1.5", "fe80::1" */
  guint64 peer_inode;  /* of the client's socket, 0 not known */
  int peer_pid;        /* 0 not known */
  JumpClientProcess *process; /* (owned) (nullable): NULL until somebody has asked for it */
  char *peer; /* (owned) (nullable): IP address of the client, without a port; or JUMP_PEER_UNIX */
};

/* Returns: (transfer none) (nullable): NULL when there is no place for it. */
JumpClientConnection *
jump_client_connection_new (JumpConnectionPool *pool, GSocket *socket, GIOStream *tls);
void jump_client_connection_close (JumpClientConnection *self);

/* The head of the request was read, its body is next; also gives a body more time. */
void jump_client_connection_start_body (JumpClientConnection *self);
void jump_client_connection_start_reply (JumpClientConnection *self,
                                         const JumpConnectionReplyEvents *events,
                                         gpointer user_data);
void jump_client_connection_end_reply (JumpClientConnection *self,
                                       gboolean keep_alive,
                                       gboolean request_was_read);
/* The client takes nothing (TRUE) or took something (FALSE). */
void jump_client_connection_set_stalled (JumpClientConnection *self, gboolean is_stalled);
