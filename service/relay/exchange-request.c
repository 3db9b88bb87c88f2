/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-relay"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-count.h"
#include "service/relay/anthropic-beta.h"
#include "service/relay/body-work.h"
#include "service/relay/count-pipe.h"
#include "service/relay/exchange-private.h"
#include "service/relay/model-traits-reader.h"
#include "service/relay/reply-head.h"

/* From the client's bytes to upstream: scan, model, way, translation, sending. */

static gpointer
ref_exchange (gpointer self)
{
  return jump_exchange_ref (self);
}

static void
unref_exchange (gpointer self)
{
  jump_exchange_unref (self);
}

/* ---- the way ---- */

static void
answer_count (JumpExchange *self)
{
  JumpTokenGauge *gauge = self->context->gauge;
  gint64 n_tokens = jump_token_gauge_count (gauge, self->model.used, &self->facts);
  g_autoptr (GBytes) body = jump_count_write (self->client, n_tokens);
  GPtrArray *headers = jump_reply_head_new (self->client, "application/json", self->record->id);
  g_autofree char *how = g_strdup_printf ("factor=%.3f; samples=%u",
                                          jump_token_gauge_get_factor (gauge, self->model.used),
                                          jump_token_gauge_get_samples (gauge, self->model.used));

  g_free (self->record->route);
  self->record->route = g_strdup_printf ("estimated; model=%s", self->model.used);
  jump_reply_head_add (headers, "X-Jumpseat-Estimate", how);
  jump_reply_head_add_way (headers, self->record->route, NULL);
  self->record->bytes_out = g_bytes_get_size (body);
  jump_exchange_set_state (self, JUMP_EXCHANGE_ROUTED);
  jump_reply_lane_send_whole (self->sink, 200, headers, body);
  jump_exchange_end (self, 200, NULL);
}

static gboolean
prepare (gpointer owner, GError **error)
{
  JumpExchange *self = owner;
  JumpPrepareOrder order = {
    .client = self->client,
    .choice = self->choice,
    .body = self->body,
    .facts = &self->facts,
    .model_id = self->model.used,
    .model = self->model.model,
    .takes_web_search = self->takes_web_search,
  };

  jump_prepared_request_clear (&self->prepared);
  return jump_prepared_request_make (&self->prepared, &order, error);
}

/* The anthropic-beta header follows the body that goes with it. */
static void
choose_beta (JumpExchange *self)
{
  JumpModelTraits traits;

  g_clear_pointer (&self->sent_beta, g_free);
  if (self->choice.upstream->id != JUMP_DIALECT_MESSAGES)
    return;
  jump_model_traits_read (&traits, self->model.used, self->model.model);
  self->sent_beta =
      jump_anthropic_beta_filter (self->beta, &traits, self->prepared.body, &self->changes);
}

static void
on_admitted (const GError *error, guint retry_after, gpointer user_data)
{
  JumpExchange *self = user_data;

  if (error == NULL)
    {
      jump_exchange_send (self);
      return;
    }
  self->retry_after = retry_after;
  jump_exchange_fail (self, error);
}

/* Who was let in once keeps the turn, whatever is tried after that. Counting costs nothing upstream. */
static void
admit (JumpExchange *self)
{
  if (self->purpose == JUMP_RELAY_COUNT || self->entry != NULL)
    {
      jump_exchange_send (self);
      return;
    }
  self->entry = jump_exchange_entry_new (self->context, self->record, on_admitted, self);
  jump_exchange_entry_set_reason (self->entry, self->ask_reason);
  jump_exchange_entry_begin (self->entry);
}

static void
on_prepared (gpointer owner, const GError *error)
{
  JumpExchange *self = owner;

  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return;
  if (error != NULL)
    {
      jump_exchange_fail (self, error);
      return;
    }
  jump_changes_add_all (&self->changes, self->prepared.changes);
  if (self->purpose == JUMP_RELAY_COUNT)
    {
      GBytes *body = jump_anthropic_count_body (self->prepared.body);

      g_bytes_unref (self->prepared.body);
      self->prepared.body = body;
    }
  choose_beta (self);
  g_free (self->record->route);
  self->record->route = jump_route_describe (self->client,
                                             &self->choice,
                                             self->prepared.body != self->body,
                                             self->model.used);
  if (jump_exchange_set_state (self, JUMP_EXCHANGE_ROUTED))
    admit (self);
}

static const JumpBodyWork preparing = { ref_exchange, unref_exchange, prepare, on_prepared };

void
jump_exchange_choose_way (JumpExchange *self)
{
  g_autoptr (GError) error = NULL;

  self->takes_web_search = !g_hash_table_contains (self->context->without_search, self->model.used);
  if (!jump_route_choose (&self->choice,
                          self->client,
                          self->model.model,
                          self->model.pin,
                          self->excluded,
                          self->facts.has_odd_tool_names,
                          &error))
    jump_exchange_fail (self, error);
  else if (self->purpose == JUMP_RELAY_COUNT && self->choice.upstream->id != JUMP_DIALECT_MESSAGES)
    answer_count (self);
  else
    jump_body_work_do (&preparing, self, g_bytes_get_size (self->body));
}

/* ---- the model ---- */

/* A turn that any small model can do goes to one, where the person wishes that (protocol 9.4). */
static gboolean
resolve_small (JumpExchange *self)
{
  g_auto (JumpAskedModel) small = { NULL };

  if (self->context->small_model == NULL || self->facts.turn != JUMP_TURN_SMALL)
    return TRUE;
  if (!jump_asked_model_resolve (&small, self->context, self->context->small_model, NULL))
    return FALSE;
  jump_exchange_use_model (self, &small);
  jump_changes_add (&self->changes, "small-model");
  return TRUE;
}

static gboolean
resolve_model (JumpExchange *self, GError **error)
{
  g_autofree char *name = jump_json_span_dup_string (self->facts.model);

  if (!jump_asked_model_resolve (&self->model, self->context, name, error))
    {
      self->record->asked_model = g_strdup (self->model.asked);
      return FALSE;
    }
  if (!resolve_small (self))
    g_debug ("there is no small model \"%s\"", self->context->small_model);
  self->record->asked_model = g_strdup (self->model.asked);
  self->record->used_model = g_strdup (self->model.used);
  if (!jump_asked_model_check_allowed (&self->model, self->pass, error))
    return FALSE;
  if (self->model.how == JUMP_MAPPED_FAMILY)
    jump_changes_add (&self->changes, "model-of-family");
  return TRUE;
}

/* What is known of the request beside its bytes, whenever these were scanned. */
static void
apply_told (JumpExchange *self)
{
  if (self->purpose == JUMP_RELAY_COUNT)
    self->facts.stream = FALSE;
  if (self->told_turn != JUMP_TURN_NORMAL)
    self->facts.turn = self->told_turn;
}

/* Upstream keeps no responses: what came before goes along once more. */
static gboolean
expand (JumpExchange *self, GError **error)
{
  g_autoptr (GBytes) expanded = NULL;
  gsize length;
  const char *data;

  if (self->client->id != JUMP_DIALECT_RESPONSES)
    return TRUE;
  self->previous = jump_json_span_dup_string (self->facts.previous_response_id);
  if (self->facts.is_stored)
    self->asked_body = g_bytes_ref (self->body);
  expanded = jump_response_store_expand (self->context->responses,
                                         jump_client_pass_get_owner (self->pass),
                                         self->body,
                                         &self->facts,
                                         &self->changes,
                                         error);
  if (expanded == NULL)
    return FALSE;
  if (expanded == self->body)
    return TRUE;
  g_bytes_unref (self->body);
  self->body = g_steal_pointer (&expanded);
  data = g_bytes_get_data (self->body, &length);
  if (!self->client->scan (&self->facts, data, length, error))
    return FALSE;
  apply_told (self);
  return TRUE;
}

static void
note_interaction (JumpExchange *self)
{
  g_autofree char *session = jump_json_span_dup_string (self->facts.session);
  g_autofree char *hash = NULL;

  if (session == NULL || *session == '\0')
    return;
  /* In the form of a UUID; the session itself stays here. */
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, session, -1);
  self->interaction = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s",
                                       hash,
                                       hash + 8,
                                       hash + 12,
                                       hash + 16,
                                       hash + 20);
}

/* The catalogue is as good as it gets: find out which model is meant, and how to reach it. */
static void
route (JumpExchange *self)
{
  g_autoptr (GError) error = NULL;

  note_interaction (self);
  jump_exchange_note_session (self);
  if (resolve_model (self, &error) && jump_exchange_ask_guard (self, &error) &&
      expand (self, &error))
    jump_exchange_choose_way (self);
  else
    jump_exchange_fail (self, error);
}

static void
on_catalog_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpExchange *self = user_data;
  g_autoptr (GError) error = NULL;

  /* Without any list names pass unchanged: upstream knows best. */
  if (!jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error))
    g_debug ("no catalogue: %s", error->message);
  if (self->record->state != JUMP_EXCHANGE_ENDED)
    route (self);
  jump_exchange_unref (self);
}

/* ---- the bytes ---- */

static void
on_scanned (gpointer owner, const GError *error)
{
  JumpExchange *self = owner;

  if (self->record->state == JUMP_EXCHANGE_ENDED)
    return;
  if (error != NULL)
    {
      jump_exchange_fail (self, error);
      return;
    }
  apply_told (self);
  self->record->streamed = self->facts.stream;
  jump_exchange_watch_silence (self);
  if (jump_model_catalog_is_ready (self->context->catalog))
    route (self);
  else
    jump_model_catalog_ensure_async (self->context->catalog,
                                     self->cancellable,
                                     on_catalog_ensured,
                                     jump_exchange_ref (self));
}

static gboolean
scan (gpointer owner, GError **error)
{
  JumpExchange *self = owner;
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  return self->client->scan (&self->facts, data, length, error);
}

static const JumpBodyWork scanning = { ref_exchange, unref_exchange, scan, on_scanned };

void
jump_exchange_read (JumpExchange *self)
{
  jump_body_work_do (&scanning, self, g_bytes_get_size (self->body));
}

/* ---- upstream ---- */

static const char *
interaction_type (JumpTurnKind turn)
{
  switch (turn)
    {
    case JUMP_TURN_SUBAGENT:
      return "conversation-subagent";
    case JUMP_TURN_COMPACTION:
      return "conversation-compaction";
    case JUMP_TURN_NORMAL:
    case JUMP_TURN_SMALL:
      break;
    }
  return NULL;
}

static JumpEncoder *
new_encoder (gpointer self)
{
  return jump_exchange_new_encoder (self);
}

void
jump_exchange_send (JumpExchange *self)
{
  gboolean is_count = self->purpose == JUMP_RELAY_COUNT;
  JumpReplyLaneOptions lane_options = {
    .client = self->client,
    .request_id = self->record->id,
    .route = self->record->route,
    .changes = jump_changes_get (&self->changes),
    .stream = self->facts.stream,
    .is_patient = self->choice.upstream->id == JUMP_DIALECT_RESPONSES,
    .upstream = self->choice.upstream,
    .new_encoder = new_encoder,
    .owner = self,
    .event_bytes = self->context->event_bytes,
    .reply_bytes = self->context->reply_bytes,
    .shows_credits = self->context->shows_credits,
  };
  JumpUpstreamRequest request = {
    .method = "POST",
    .path = is_count ? "/v1/messages/count_tokens" : self->choice.upstream->upstream_path,
    .body = self->prepared.body,
    .expects_stream = self->facts.stream,
    .n_tries = self->n_tries,
    .meta = {
      .request_id = self->record->id,
      .model = self->model.used,
      .from_agent = self->facts.from_agent || self->facts.turn == JUMP_TURN_SUBAGENT ||
                    self->facts.turn == JUMP_TURN_COMPACTION,
      .has_image = self->prepared.has_image,
      .is_anthropic = self->choice.upstream->id == JUMP_DIALECT_MESSAGES,
      .anthropic_beta = self->sent_beta,
      .interaction_id = self->interaction,
      .interaction_type = interaction_type (self->facts.turn),
    },
  };

  /* Nothing of an earlier try counts any more. */
  self->is_refused = FALSE;
  self->record->upstream_status = 0;
  jump_exchange_keep_sent (self);
  jump_exchange_drop_lane (self);
  self->lane = jump_reply_lane_new (self->sink, jump_exchange_new_pipe (self), &lane_options);
  if (self->is_committed)
    jump_reply_lane_set_committed (self->lane);
  if (jump_exchange_set_state (self, JUMP_EXCHANGE_WAITING))
    self->call = jump_upstream_client_start (self->context->upstream,
                                             &request,
                                             &jump_exchange_upstream_funcs,
                                             self);
}
