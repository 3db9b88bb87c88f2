/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/relay/relay.h"

#include "service/base/limits.h"
#include "service/relay/embedding-exchange.h"
#include "service/relay/exchange.h"
#include "service/relay/traffic-control.h"

struct _JumpRelay
{
  GObject parent_instance;

  JumpUpstreamClient *upstream; /* (owned) */
  JumpModelCatalog *catalog;    /* (owned) */
  JumpClock *clock;             /* (owned) */
  JumpModelMapping *mapping;    /* (owned) */
  JumpResponseStore *responses; /* (owned) */
  JumpTokenGauge *gauge;        /* (owned) */
  GHashTable *without_search;   /* (owned) (element-type utf8): see JumpExchangeContext */
  char *default_model;          /* (owned) (nullable) */
  char *small_model;            /* (owned) (nullable) */
  JumpExchangeContext context;  /* what exchanges see; points at the above */
  gsize kept_replies;
  JumpTrafficControl *traffic; /* (owned) */
  GHashTable *exchanges;       /* (owned) (element-type JumpExchange): the ones that run */
  GHashTable *embeddings;      /* (owned) (element-type JumpEmbeddingExchange): the same */
  guint64 n_total;
  guint64 n_signs; /* of life */
};

enum
{
  SIGNAL_EXCHANGE_CHANGED,
  SIGNAL_EXCHANGE_ENDED,
  SIGNAL_TRAFFIC_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpRelay, jump_relay, G_TYPE_OBJECT)

static void
on_record_changed (JumpExchangeRecord *record, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_EXCHANGE_CHANGED], 0, record);
}

static void
on_exchange_ended (JumpExchange *exchange, JumpExchangeRecord *record, gpointer user_data)
{
  g_autoptr (JumpRelay) self = g_object_ref (user_data);

  g_hash_table_steal (self->exchanges, exchange);
  g_signal_emit (self, signals[SIGNAL_EXCHANGE_ENDED], 0, record);
  jump_exchange_unref (exchange);
}

static void
on_embedding_ended (JumpEmbeddingExchange *exchange, JumpExchangeRecord *record, gpointer user_data)
{
  g_autoptr (JumpRelay) self = g_object_ref (user_data);

  g_hash_table_steal (self->embeddings, exchange);
  g_signal_emit (self, signals[SIGNAL_EXCHANGE_ENDED], 0, record);
  jump_embedding_exchange_unref (exchange);
}

static void
on_traffic_changed (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_TRAFFIC_CHANGED], 0);
}

static void
jump_relay_finalize (GObject *object)
{
  JumpRelay *self = JUMP_RELAY (object);

  g_assert (g_hash_table_size (self->exchanges) == 0);
  g_assert (g_hash_table_size (self->embeddings) == 0);
  g_clear_pointer (&self->exchanges, g_hash_table_unref);
  g_clear_pointer (&self->embeddings, g_hash_table_unref);
  g_clear_pointer (&self->traffic, jump_traffic_control_free);
  g_clear_object (&self->upstream);
  g_clear_object (&self->catalog);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->mapping, jump_model_mapping_free);
  g_clear_pointer (&self->responses, jump_response_store_free);
  g_clear_pointer (&self->gauge, jump_token_gauge_free);
  g_clear_pointer (&self->without_search, g_hash_table_unref);
  g_clear_pointer (&self->default_model, g_free);
  g_clear_pointer (&self->small_model, g_free);
  G_OBJECT_CLASS (jump_relay_parent_class)->finalize (object);
}

static void
jump_relay_dispose (GObject *object)
{
  jump_relay_cancel_all (JUMP_RELAY (object));
  G_OBJECT_CLASS (jump_relay_parent_class)->dispose (object);
}

static guint
add_record_signal (JumpRelayClass *klass, const char *name)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_POINTER);
}

static void
jump_relay_class_init (JumpRelayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_relay_dispose;
  object_class->finalize = jump_relay_finalize;

  /**
   * JumpRelay::exchange-changed:
   * @record: (type JumpExchangeRecord): of an exchange that runs, see relay.h
   */
  signals[SIGNAL_EXCHANGE_CHANGED] = add_record_signal (klass, "exchange-changed");
  /**
   * JumpRelay::exchange-ended:
   * @record: (type JumpExchangeRecord): frozen; reference it to keep it
   */
  signals[SIGNAL_EXCHANGE_ENDED] = add_record_signal (klass, "exchange-ended");
  /**
   * JumpRelay::traffic-changed:
   *
   * Another number of requests waits for approval, or a burst began or ended.
   */
  signals[SIGNAL_TRAFFIC_CHANGED] = g_signal_new ("traffic-changed",
                                                  G_TYPE_FROM_CLASS (klass),
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  0);
}

static void
jump_relay_init (JumpRelay *self)
{
  self->exchanges = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) jump_exchange_unref, NULL);
  self->embeddings =
      g_hash_table_new_full (NULL, NULL, (GDestroyNotify) jump_embedding_exchange_unref, NULL);
}

/**
 * jump_relay_new:
 * @upstream: sends
 * @catalog: knows the account's models
 * @clock: measures
 *
 * Returns: (transfer full): a relay with an empty mapping and without limits of traffic
 */
JumpRelay *
jump_relay_new (JumpUpstreamClient *upstream, JumpModelCatalog *catalog, JumpClock *clock)
{
  JumpRelay *self = g_object_new (JUMP_TYPE_RELAY, NULL);

  self->upstream = g_object_ref (upstream);
  self->catalog = g_object_ref (catalog);
  self->clock = g_object_ref (clock);
  self->mapping = jump_model_mapping_new (NULL, NULL, NULL);
  self->responses = jump_response_store_new (clock,
                                             JUMP_RESPONSE_STORE_MAX_COUNT,
                                             JUMP_RESPONSE_STORE_MAX_AGE,
                                             JUMP_RESPONSE_STORE_MAX_BYTES);
  self->gauge = jump_token_gauge_new ();
  self->traffic = jump_traffic_control_new (clock, on_traffic_changed, self);
  self->without_search = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = (JumpExchangeContext){
    .kept_replies = &self->kept_replies,
    .upstream = upstream,
    .catalog = catalog,
    .mapping = self->mapping,
    .responses = self->responses,
    .gauge = self->gauge,
    .turns = self->traffic->turns,
    .approvals = self->traffic->approvals,
    .bursts = self->traffic->bursts,
    .keep_alive_seconds = JUMP_LIMIT_KEEP_ALIVE_SECONDS,
    .signs_of_life = &self->n_signs,
    .stream_buffer = JUMP_LIMIT_STREAM_BUFFER,
    .event_bytes = JUMP_LIMIT_SSE_EVENT,
    .reply_bytes = JUMP_LIMIT_REPLY,
    .without_search = self->without_search,
    .is_strict = TRUE,
    .clock = clock,
    .on_changed = on_record_changed,
    .changed_data = self,
  };
  return self;
}

/**
 * jump_relay_set_mapping:
 * @self: a relay
 * @mapping: (transfer full): for requests that come from now on
 */
void
jump_relay_set_mapping (JumpRelay *self, JumpModelMapping *mapping)
{
  g_clear_pointer (&self->mapping, jump_model_mapping_free);
  self->mapping = mapping;
  self->context.mapping = mapping;
}

/**
 * jump_relay_set_options:
 * @options: copied; exchanges that run already see them, too
 */
void
jump_relay_set_options (JumpRelay *self, const JumpRelayOptions *options)
{
  g_free (self->default_model);
  self->default_model = g_strdup (options->default_model);
  self->context.default_model = self->default_model;
  g_free (self->small_model);
  self->small_model = g_strdup (options->small_model);
  self->context.small_model = self->small_model;
  self->context.reasoning_field = options->reasoning_field;
  self->context.is_strict = options->is_strict;
  self->context.shows_credits = options->shows_credits;
}

void
jump_relay_set_keeps_bodies (JumpRelay *self, gboolean keeps_bodies)
{
  self->context.keeps_bodies = keeps_bodies;
}

gboolean
jump_relay_get_keeps_bodies (JumpRelay *self)
{
  return self->context.keeps_bodies;
}

/* Known before anybody hears of it, so that it counts. Returns: (transfer none): owned by the table */
static JumpExchange *
add_exchange (JumpRelay *self, const JumpRelayRequest *request, JumpReplySink *sink)
{
  JumpExchange *exchange =
      jump_exchange_new (&self->context, request, sink, on_exchange_ended, self);

  self->n_total++;
  g_hash_table_add (self->exchanges, exchange);
  return exchange;
}

/**
 * jump_relay_start:
 * @self: a relay
 * @request: what a client asks, in any dialect
 * @sink: (transfer none): gets the reply, an error in the client's dialect included
 */
void
jump_relay_start (JumpRelay *self, const JumpRelayRequest *request, JumpReplySink *sink)
{
  jump_exchange_begin (add_exchange (self, request, sink));
}

/**
 * jump_relay_embed:
 * @self: a relay
 * @request: what a client asks; its dialect is the one of its errors
 * @form: whose embeddings API it speaks
 * @sink: (transfer none): gets the reply
 */
void
jump_relay_embed (JumpRelay *self,
                  const JumpRelayRequest *request,
                  JumpEmbeddingsForm form,
                  JumpReplySink *sink)
{
  JumpEmbeddingExchange *exchange =
      jump_embedding_exchange_new (&self->context, request, form, sink, on_embedding_ended, self);

  self->n_total++;
  g_hash_table_add (self->embeddings, exchange);
  jump_embedding_exchange_begin (exchange);
}

/**
 * jump_relay_turn_away:
 * @self: a relay
 * @request: what a client asks, whatever its purpose
 * @error: why it is not to be asked now
 * @retry_after: seconds, with %JUMP_ERROR_UNAVAILABLE
 * @sink: (transfer none): gets the error in the client's dialect
 */
void
jump_relay_turn_away (JumpRelay *self,
                      const JumpRelayRequest *request,
                      const GError *error,
                      guint retry_after,
                      JumpReplySink *sink)
{
  jump_exchange_turn_away (add_exchange (self, request, sink), error, retry_after);
}

static JumpExchange *
find_exchange (JumpRelay *self, const char *id)
{
  GHashTableIter iter;
  gpointer exchange;

  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, &exchange, NULL))
    if (g_str_equal (jump_exchange_get_id (exchange), id))
      return exchange;
  return NULL;
}

static JumpEmbeddingExchange *
find_embedding (JumpRelay *self, const char *id)
{
  GHashTableIter iter;
  gpointer exchange;

  g_hash_table_iter_init (&iter, self->embeddings);
  while (g_hash_table_iter_next (&iter, &exchange, NULL))
    if (g_str_equal (jump_embedding_exchange_get_id (exchange), id))
      return exchange;
  return NULL;
}

/**
 * jump_relay_cancel:
 * @self: a relay
 * @id: the X-Request-Id
 *
 * Returns: whether an exchange of that id was running; its record has ended by then
 */
gboolean
jump_relay_cancel (JumpRelay *self, const char *id)
{
  JumpExchange *exchange = find_exchange (self, id);
  JumpEmbeddingExchange *embedding = exchange == NULL ? find_embedding (self, id) : NULL;
  g_autoptr (GError) why = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled by the user");

  if (exchange != NULL)
    jump_exchange_cancel (exchange, why);
  else if (embedding != NULL)
    jump_embedding_exchange_cancel (embedding, why);
  return exchange != NULL || embedding != NULL;
}

JumpModelCatalog *
jump_relay_get_catalog (JumpRelay *self)
{
  return self->catalog;
}

const JumpModelMapping *
jump_relay_get_mapping (JumpRelay *self)
{
  return self->mapping;
}

JumpUpstreamClient *
jump_relay_get_upstream (JumpRelay *self)
{
  return self->upstream;
}

JumpResponseStore *
jump_relay_get_responses (JumpRelay *self)
{
  return self->responses;
}

guint
jump_relay_get_open_exchanges (JumpRelay *self)
{
  return g_hash_table_size (self->exchanges) + g_hash_table_size (self->embeddings);
}

guint64
jump_relay_get_total_exchanges (JumpRelay *self)
{
  return self->n_total;
}

/**
 * jump_relay_cancel_all:
 *
 * Cuts every exchange that runs: upstream is closed, clients see their connection end.
 */
void
jump_relay_cancel_all (JumpRelay *self)
{
  GList *running = g_hash_table_get_keys (self->exchanges);

  /* What comes back now is not for those that are cut next. */
  jump_turn_queue_hold (self->traffic->turns, TRUE);
  for (GList *link = running; link != NULL; link = link->next)
    jump_exchange_cancel (link->data, NULL);
  g_list_free (running);
  running = g_hash_table_get_keys (self->embeddings);
  for (GList *link = running; link != NULL; link = link->next)
    jump_embedding_exchange_cancel (link->data, NULL);
  g_list_free (running);
  jump_turn_queue_hold (self->traffic->turns, FALSE);
}

/**
 * jump_relay_set_traffic:
 * @options: copied; at once: who waits may go, or has waited too long by them
 */
void
jump_relay_set_traffic (JumpRelay *self, const JumpTrafficOptions *options)
{
  self->context.keep_alive_seconds = options->keep_alive_seconds;
  self->context.commit_seconds = options->commit_seconds;
  self->context.stream_buffer = options->stream_buffer;
  self->context.event_bytes = options->event_bytes;
  self->context.reply_bytes = options->reply_bytes;
  jump_traffic_control_set_options (self->traffic, options);
}

/**
 * jump_relay_stop_waiting:
 * @error: %JUMP_ERROR_UNAVAILABLE, for those that wait and those that come later
 */
void
jump_relay_stop_waiting (JumpRelay *self, const GError *error)
{
  jump_traffic_control_close (self->traffic, error);
}

void
jump_relay_get_traffic (JumpRelay *self, JumpTrafficState *out_state)
{
  jump_traffic_control_get_state (self->traffic, out_state);
  out_state->signs_of_life = self->n_signs;
}

JumpApprovalDesk *
jump_relay_get_approvals (JumpRelay *self)
{
  return self->traffic->approvals;
}

/**
 * jump_relay_set_spending_guard:
 * @self: a relay
 * @guard: (transfer none): who is asked before anything is sent
 */
void
jump_relay_set_spending_guard (JumpRelay *self, const JumpSpendingGuard *guard)
{
  self->context.guard = *guard;
}
