/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/dialects/dialect.h"
#include "service/dialects/embeddings-request.h"
#include "service/models/model-catalog.h"
#include "service/models/model-mapping.h"
#include "service/relay/reply-sink.h"
#include "service/relay/response-store.h"
#include "service/upstream/upstream-client.h"

/* Answers model requests: starts an exchange for each, knows those that run, and tells observers
 * when one has ended. Does not know who keeps records. */

#define JUMP_TYPE_RELAY (jump_relay_get_type ())
G_DECLARE_FINAL_TYPE (JumpRelay, jump_relay, JUMP, RELAY, GObject)

/* "exchange-ended" (JumpExchangeRecord *record): frozen; reference it to keep it. */

typedef enum
{
  JUMP_RELAY_GENERATE, /* an answer of the model */
  JUMP_RELAY_COUNT,    /* how many tokens the request has; nothing is generated */
} JumpRelayPurpose;

/* What a client asked. Strings are copied, the body is referenced. */
typedef struct
{
  const JumpDialect *dialect;
  JumpRelayPurpose purpose;
  const char *id; /* the X-Request-Id */
  const char *method;
  const char *path;
  const char *client; /* (nullable): User-Agent */
  const char *beta;   /* (nullable): anthropic-beta */
  JumpTurnKind turn;  /* what its headers say of it */
  GBytes *body;
} JumpRelayRequest;

/* What the exchanges need, apart from each other; (transfer none) on setting. */
typedef struct
{
  const char *default_model; /* (nullable): for requests that name none */
  const char *small_model;   /* (nullable): for turns that any small model can do */
  gboolean is_strict;        /* refuse names that are not in a live catalogue */
  JumpReasoningField reasoning_field;
} JumpRelayOptions;

JumpRelay *
jump_relay_new (JumpUpstreamClient *upstream, JumpModelCatalog *catalog, JumpClock *clock);
/* Takes @mapping. */
void jump_relay_set_mapping (JumpRelay *self, JumpModelMapping *mapping);
void jump_relay_set_options (JumpRelay *self, const JumpRelayOptions *options);

/* The reply goes to @sink, whatever happens. */
void jump_relay_start (JumpRelay *self, const JumpRelayRequest *request, JumpReplySink *sink);
/* The same for vectors instead of answers; errors are written in @request's dialect. */
void jump_relay_embed (JumpRelay *self,
                       const JumpRelayRequest *request,
                       JumpEmbeddingsForm form,
                       JumpReplySink *sink);

JumpModelCatalog *jump_relay_get_catalog (JumpRelay *self);
const JumpModelMapping *jump_relay_get_mapping (JumpRelay *self);
JumpUpstreamClient *jump_relay_get_upstream (JumpRelay *self);
JumpResponseStore *jump_relay_get_responses (JumpRelay *self);
guint jump_relay_get_open_exchanges (JumpRelay *self);
guint64 jump_relay_get_total_exchanges (JumpRelay *self);
void jump_relay_cancel_all (JumpRelay *self);
