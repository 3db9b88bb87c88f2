/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-process.h"
#include "service/conversation/usage-count.h"

/* The facts of one exchange: still growing while it runs, frozen once its state is
 * JUMP_EXCHANGE_ENDED. Reference counted; main loop only. Times are microseconds; sizes are bytes
 * on the client's side. Headers and bodies are there only while somebody wants them
 * (jump_relay_set_keeps_bodies()), secrets among the headers are replaced by "<redacted>". */

typedef enum
{
  JUMP_EXCHANGE_RECEIVED,  /* being read and routed */
  JUMP_EXCHANGE_ROUTED,    /* the model is known, the request for upstream is made */
  JUMP_EXCHANGE_WAITING,   /* upstream has it */
  JUMP_EXCHANGE_STREAMING, /* the client gets its reply */
  JUMP_EXCHANGE_ENDED,
} JumpExchangeState;

typedef struct
{
  JumpExchangeState state;
  char *id;             /* (owned) the X-Request-Id */
  char *method;         /* (owned) */
  char *path;           /* (owned) */
  char *client;         /* (owned) (nullable) User-Agent, or a key's name */
  char *client_key;     /* (owned) (nullable) id of the client key that was shown */
  char *client_name;    /* (owned) (nullable) name of that key, or the program of client */
  char *client_address; /* (owned) (nullable) IP address, or "local" for a Unix socket */
  char *process; /* (owned) (nullable) "claude (4711)": name and id of the program that owns the
                          * connection, where the system tells */
  JumpClientProcess *owner; /* (owned) (nullable) where process comes from, until it has ended */
  char *session;            /* (owned) (nullable) the client's own name for its conversation */
  char *asked_model;        /* (owned) (nullable) as the client wrote it */
  char *used_model;         /* (owned) (nullable) as sent upstream */
  char *route;              /* (owned) (nullable) such as "verbatim", "verbatim; patched" */
  char *changes;            /* (owned) (nullable) comma-separated names of what was changed, "" for
                          * none; NULL until it has ended */
  char *error;              /* (owned) (nullable) */
  char *upstream_id;        /* (owned) (nullable) x-github-request-id */
  guint status;             /* as sent to the client; 499: the client left first */
  guint upstream_status;    /* 0: none arrived */
  gboolean streamed;
  gint64 started_wall; /* µs since the epoch */
  gint64 queued_us; /* of the time before upstream was asked: waiting for a turn or an approval */
  guint attempts;   /* how often upstream was asked */
  gint64 first_byte_us; /* from start to the first byte to the client, -1 none */
  gint64 total_us;
  guint64 bytes_in;
  guint64 bytes_out;
  JumpUsageCount usage;
  gint64
      estimated_nano_aiu; /* from the catalogue's prices, only where upstream named no price in usage; -1:
                              * none */
  const char *api;        /* static: the client's: "chat", "completions", "responses", "messages",
                            * "ollama", "embeddings", "count" */
  char *request_headers; /* (owned) (nullable) "Name: value" lines */
  GBytes *request_body;  /* (owned) (nullable) as decoded, before any change */
  GBytes *
      sent_body; /* (owned) (nullable) as upstream was asked last; NULL: the same, or nobody asked */
  char *reply_headers;    /* (owned) (nullable) "Name: value" lines */
  GByteArray *reply_body; /* (owned) (nullable) what the client got so far */
  gboolean is_reply_cut;  /* reply_body stops at JUMP_LIMIT_KEPT_REPLY */
  guint64 request_size;   /* of request_body where that is not kept whole, else 0 */
  gboolean is_imported;   /* came from a file: is no usage of this computer's */
  char *
      extra; /* (owned) (nullable) a JSON object: members of an imported line that we do not know */
} JumpExchangeRecord;

JumpExchangeRecord *jump_exchange_record_new (void);
JumpExchangeRecord *jump_exchange_record_ref (JumpExchangeRecord *self);
void jump_exchange_record_unref (JumpExchangeRecord *self);
/* Returns: (transfer full): another one that says the same, and shares the bodies as far as they are finished. The
 * main loop may let go of bodies at any time, so this is what another thread gets. */
JumpExchangeRecord *jump_exchange_record_copy (const JumpExchangeRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpExchangeRecord, jump_exchange_record_unref)
