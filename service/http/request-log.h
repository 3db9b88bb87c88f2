/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/router.h"

/* The line of the log for a request that no exchange has written one for. */

typedef struct
{
  const JumpClientRequest *request;
  const JumpRoute *route; /* (nullable) */
  gint64 started;         /* monotonic µs */
  guint status;           /* of the reply */
  guint64 bytes;          /* of the reply's body */
  gboolean is_complete;   /* the client has taken it all */
} JumpRequestLogEntry;

void jump_request_log_write (const JumpRequestLogEntry *entry);
