/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"

/* The frozen facts of one finished exchange. Reference counted, immutable once handed out.
 * Times are microseconds; sizes are bytes on the client's side. */

typedef struct
{
  char *id;              /* (owned) the X-Request-Id */
  char *method;          /* (owned) */
  char *path;            /* (owned) */
  char *client;          /* (owned) (nullable) User-Agent, or a key's name */
  char *asked_model;     /* (owned) (nullable) as the client wrote it */
  char *used_model;      /* (owned) (nullable) as sent upstream */
  char *route;           /* (owned) such as "verbatim", "verbatim; patched" */
  char *changes;         /* (owned) comma-separated names of what was changed, "" for none */
  char *error;           /* (owned) (nullable) */
  char *upstream_id;     /* (owned) (nullable) x-github-request-id */
  guint status;          /* as sent to the client; 499: the client left first */
  guint upstream_status; /* 0: none arrived */
  gboolean streamed;
  gint64 started_wall;  /* µs since the epoch */
  gint64 first_byte_us; /* from start to the first byte to the client, -1 none */
  gint64 total_us;
  guint64 bytes_in;
  guint64 bytes_out;
  JumpUsageCount usage;
} JumpExchangeRecord;

JumpExchangeRecord *jump_exchange_record_new (void);
JumpExchangeRecord *jump_exchange_record_ref (JumpExchangeRecord *self);
void jump_exchange_record_unref (JumpExchangeRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpExchangeRecord, jump_exchange_record_unref)
