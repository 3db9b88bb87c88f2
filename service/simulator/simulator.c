/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/simulator.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/simulator/call-log.h"
#include "service/simulator/copilot-side.h"
#include "service/simulator/device-desk.h"
#include "service/simulator/github-side.h"
#include "service/simulator/loopback-listener.h"
#include "service/simulator/reply-sender.h"
#include "service/simulator/scenario-player.h"

#include <libsoup/soup.h>

/* The application that signed-in accounts of the demo used. */
#define DEFAULT_CLIENT "Iv1.b507a08c87ecfe98"

/* For tests that drive everything from outside: what arrived here, as JSON. */
#define LOG_KEY "GET /_simulator/calls"

struct _JumpSimulator
{
  GObject parent_instance;

  JumpSimulatorState state;
  JumpScenarioPlayer *player;     /* (owned) */
  JumpDeviceDesk *desk;           /* (owned) */
  JumpCallLog *log;               /* (owned) */
  SoupServer *server;             /* (owned) (nullable) */
  JumpLoopbackListener *listener; /* (owned) (nullable) */
  GPtrArray *senders;             /* (owned) (element-type JumpReplySender) */
  guint n_cancelled;
};

G_DEFINE_TYPE (JumpSimulator, jump_simulator, G_TYPE_OBJECT)

static void
on_sender_ended (JumpReplySender *sender, JumpSenderOutcome outcome, gpointer user_data)
{
  JumpSimulator *self = user_data;

  switch (outcome)
    {
    case JUMP_SENDER_DONE:
      /* The connection goes on to serve requests, as it does with the real one. */
      if (jump_reply_sender_get_keep_alive (sender))
        jump_loopback_hand_over (self->server, jump_reply_sender_get_connection (sender));
      break;
    case JUMP_SENDER_LEFT:
      self->n_cancelled++;
      break;
    case JUMP_SENDER_CUT:
      break;
    }
  g_ptr_array_remove_fast (self->senders, sender);
}

static gboolean
wants_keep_alive (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_server_message_get_http_version (message) != SOUP_HTTP_1_0 &&
         !soup_message_headers_header_contains (headers, "Connection", "close");
}

/* libsoup would send a stream in three writes for each piece and would not notice that its reader
 * left while it waits: such replies go out on the bare connection. */
static void
send_slowly (JumpSimulator *self, SoupServerMessage *message, JumpPlannedReply *reply)
{
  gboolean keep_alive = wants_keep_alive (message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr (GSocketConnection) connection = NULL;
  JumpReplySender *sender;

  /* libsoup wraps the socket's stream in one of its own. */
  g_object_get (stream, "base-iostream", &connection, NULL);
  sender = jump_reply_sender_new (self->state.clock,
                                  connection,
                                  reply,
                                  keep_alive,
                                  on_sender_ended,
                                  self);
  g_ptr_array_add (self->senders, sender);
  jump_reply_sender_start (sender);
}

static void
send_at_once (SoupServerMessage *message, JumpPlannedReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    soup_message_headers_replace (headers, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  if (reply->body != NULL)
    {
      soup_message_headers_replace (headers, "Content-Type", reply->content_type);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), reply->body);
    }
  jump_planned_reply_free (reply);
}

static JumpPlannedReply *
answer (JumpSimulator *self, JumpIncomingCall *call)
{
  JumpPlannedReply *reply = jump_device_desk_answer (self->desk, call);

  if (reply == NULL)
    reply = jump_github_side_answer (&self->state, call);
  if (reply == NULL)
    reply = jump_copilot_side_answer (&self->state, call);
  return reply;
}

static JumpPlannedReply *
play (JumpSimulator *self, JumpIncomingCall *call)
{
  JsonObject *body = jump_incoming_call_get_object (call);
  const char *model = body == NULL ? NULL : jump_json_get_string (body, "model", NULL);
  const JumpScenarioRule *rule = jump_scenario_player_next (self->player, call->key, model);
  JumpPlannedReply *reply;

  if (rule == NULL)
    return answer (self, call);
  reply = jump_scenario_rule_replaces (rule) ? jump_scenario_rule_make_reply (rule)
                                             : answer (self, call);
  jump_scenario_rule_bend (rule, reply);
  return reply;
}

static gboolean
is_plain (const JumpPlannedReply *reply)
{
  return reply->pieces == NULL && reply->delay_ms == 0 && reply->cut_after_bytes < 0 &&
         !reply->cut && !reply->stall;
}

static void
on_request_arrived (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  JumpSimulator *self = user_data;
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  JumpIncomingCall *call;
  JumpPlannedReply *reply;

  call = jump_incoming_call_new (soup_server_message_get_method (message),
                                 path,
                                 query,
                                 soup_server_message_get_request_headers (message),
                                 body);
  if (g_str_equal (call->key, LOG_KEY))
    {
      send_at_once (message, jump_planned_reply_new_json (200, jump_call_log_write (self->log)));
      jump_incoming_call_free (call);
      return;
    }
  jump_call_log_add (self->log, call);
  reply = play (self, call);
  call->status = reply->status;
  if (self->state.scenario->clock_skew != 0)
    jump_planned_reply_set_date (reply,
                                 jump_clock_get_wall_seconds (self->state.clock) +
                                     self->state.scenario->clock_skew);
  if (is_plain (reply))
    send_at_once (message, reply);
  else
    send_slowly (self, message, reply);
}

static void
apply_scenario (JumpSimulator *self, JumpScenario *scenario)
{
  JumpSimulatorState *state = &self->state;

  jump_scenario_ref (scenario);
  g_clear_pointer (&state->scenario, jump_scenario_unref);
  state->scenario = scenario;
  state->shape = jump_account_shape_get (scenario->kind);
  g_clear_pointer (&state->shelf, jump_model_shelf_free);
  state->shelf = jump_model_shelf_new (scenario->models, state->shape->plan);
  g_clear_pointer (&self->player, jump_scenario_player_free);
  self->player = jump_scenario_player_new (scenario);
  for (guint i = 0; i < scenario->github_tokens->len; i++)
    jump_token_mint_add_github (state->mint, scenario->github_tokens->pdata[i]);
}

static void
jump_simulator_dispose (GObject *object)
{
  JumpSimulator *self = JUMP_SIMULATOR (object);

  jump_simulator_stop (self);
  G_OBJECT_CLASS (jump_simulator_parent_class)->dispose (object);
}

static void
jump_simulator_finalize (GObject *object)
{
  JumpSimulator *self = JUMP_SIMULATOR (object);

  g_clear_pointer (&self->player, jump_scenario_player_free);
  g_clear_pointer (&self->desk, jump_device_desk_free);
  g_clear_pointer (&self->log, jump_call_log_free);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_clear_object (&self->state.clock);
  g_clear_pointer (&self->state.scenario, jump_scenario_unref);
  g_clear_pointer (&self->state.mint, jump_token_mint_free);
  g_clear_pointer (&self->state.shelf, jump_model_shelf_free);
  g_clear_pointer (&self->state.memory, jump_prefix_memory_free);
  g_clear_pointer (&self->state.url, g_free);
  G_OBJECT_CLASS (jump_simulator_parent_class)->finalize (object);
}

static void
jump_simulator_class_init (JumpSimulatorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_simulator_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_simulator_finalize;
}

static void
jump_simulator_init (JumpSimulator *self)
{
  self->state.mint = jump_token_mint_new ();
  self->state.memory = jump_prefix_memory_new ();
  self->desk = jump_device_desk_new (&self->state);
  self->log = jump_call_log_new ();
  self->senders = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_reply_sender_free);
}

/**
 * jump_simulator_new:
 * @clock: whose time tokens, codes, delays and gaps take
 * @scenario: how to behave
 *
 * Returns: (transfer full): a simulator that does not listen yet
 */
JumpSimulator *
jump_simulator_new (JumpClock *clock, JumpScenario *scenario)
{
  JumpSimulator *self = g_object_new (JUMP_TYPE_SIMULATOR, NULL);

  self->state.clock = g_object_ref (clock);
  apply_scenario (self, scenario);
  return self;
}

/**
 * jump_simulator_start:
 * @self: a simulator
 * @port: 0 takes a free one
 * @error: JUMP_ERROR_BUSY_PORT when the port is taken
 *
 * Returns: TRUE when it listens, on 127.0.0.1 alone
 */
gboolean
jump_simulator_start (JumpSimulator *self, guint16 port, GError **error)
{
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self->server == NULL, FALSE);

  server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (server, NULL, on_request_arrived, self, NULL);
  self->listener = jump_loopback_listener_new (server, port, &problem);
  if (self->listener == NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BUSY_PORT,
                   "starting the simulator on port %u: %s",
                   port,
                   problem->message);
      return FALSE;
    }
  g_free (self->state.url);
  self->state.url =
      g_strdup_printf ("http://127.0.0.1:%u", jump_loopback_listener_get_port (self->listener));
  self->server = g_steal_pointer (&server);
  return TRUE;
}

/**
 * jump_simulator_stop:
 *
 * Ends all connections at once. May be started again.
 */
void
jump_simulator_stop (JumpSimulator *self)
{
  g_ptr_array_set_size (self->senders, 0);
  g_clear_pointer (&self->listener, jump_loopback_listener_free);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/**
 * jump_simulator_get_url:
 *
 * Returns: (transfer none) (nullable): "http://127.0.0.1:port", without a slash at the end
 */
const char *
jump_simulator_get_url (JumpSimulator *self)
{
  return self->state.url;
}

/**
 * jump_simulator_set_scenario:
 * @self: a simulator
 * @scenario: how to behave from now on; tokens given out stay valid, rules count from 1 again
 */
void
jump_simulator_set_scenario (JumpSimulator *self, JumpScenario *scenario)
{
  apply_scenario (self, scenario);
}

/**
 * jump_simulator_sign_in:
 *
 * Returns: (transfer full): a GitHub token that is valid, without a device flow
 */
char *
jump_simulator_sign_in (JumpSimulator *self)
{
  return g_strdup (jump_token_mint_make_github (self->state.mint, DEFAULT_CLIENT));
}

/**
 * jump_simulator_authorize:
 * @self: a simulator
 * @user_code: (nullable): the code shown to the person, NULL for the newest
 *
 * Returns: FALSE when no such code waits
 */
gboolean
jump_simulator_authorize (JumpSimulator *self, const char *user_code)
{
  return jump_device_desk_decide (self->desk, user_code, TRUE);
}

/**
 * jump_simulator_revoke_copilot_tokens:
 *
 * As if all of them had run out.
 */
void
jump_simulator_revoke_copilot_tokens (JumpSimulator *self)
{
  jump_token_mint_revoke_copilot (self->state.mint);
}

/**
 * jump_simulator_revoke_github_tokens:
 *
 * As if the person had removed the application from the account.
 */
void
jump_simulator_revoke_github_tokens (JumpSimulator *self)
{
  jump_token_mint_revoke_github (self->state.mint);
}

/**
 * jump_simulator_count:
 * @self: a simulator
 * @method_and_path: as in "POST /chat/completions"
 *
 * Returns: how many such requests arrived, refused ones included
 */
guint
jump_simulator_count (JumpSimulator *self, const char *method_and_path)
{
  return jump_call_log_count (self->log, method_and_path);
}

/**
 * jump_simulator_count_cancelled:
 *
 * Returns: how many streams (and delayed replies) lost their reader before the end
 */
guint
jump_simulator_count_cancelled (JumpSimulator *self)
{
  return self->n_cancelled;
}

/**
 * jump_simulator_get_body:
 * @self: a simulator
 * @method_and_path: as in "POST /chat/completions"
 * @newest: 0 for the last such request
 *
 * Returns: (transfer none) (nullable): its JSON body; NULL when it had none, or after 200 others
 */
JsonNode *
jump_simulator_get_body (JumpSimulator *self, const char *method_and_path, guint newest)
{
  const JumpIncomingCall *call = jump_call_log_get (self->log, method_and_path, newest);

  return call == NULL ? NULL : call->json;
}

/**
 * jump_simulator_get_header:
 * @self: a simulator
 * @method_and_path: as in "POST /chat/completions"
 * @newest: 0 for the last such request
 * @name: a header, in any case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
jump_simulator_get_header (JumpSimulator *self,
                           const char *method_and_path,
                           guint newest,
                           const char *name)
{
  const JumpIncomingCall *call = jump_call_log_get (self->log, method_and_path, newest);

  return call == NULL ? NULL : jump_incoming_call_get_header (call, name);
}

/**
 * jump_simulator_count_reasoning:
 * @self: a simulator
 * @method_and_path: as in "POST /responses"
 * @newest: 0 for the last such request
 */
guint
jump_simulator_count_reasoning (JumpSimulator *self, const char *method_and_path, guint newest)
{
  const JumpIncomingCall *call = jump_call_log_get (self->log, method_and_path, newest);

  return call == NULL ? 0 : call->n_seals;
}
