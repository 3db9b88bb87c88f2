/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/device-flow.h"

#include "service/auth/device-message.h"
#include "service/auth/github-request.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/net/json-call.h"

#include <string.h>

#define GRANT_TYPE         "urn:ietf:params:oauth:grant-type:device_code"

#define DEFAULT_INTERVAL   5   /* RFC 8628 3.2 */
#define MAX_INTERVAL       300 /* a reply must not make us wait longer than that */
#define SLOW_DOWN_SECONDS  5
#define MARGIN_SECONDS     1 /* GitHub measures from the end of the poll before (protocol 1.2) */
#define DEFAULT_EXPIRES_IN 900
#define MAX_EXPIRES_IN     (24 * 60 * 60)

struct _JumpDeviceFlow
{
  GObject parent_instance;

  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  JumpGithubHost *host;   /* (owned) */
  JumpIdentity *identity; /* (owned) */

  JumpDeviceFlowState state;
  char *device_code;         /* (owned) (nullable): a secret until it is used */
  char *user_code;           /* (owned) (nullable) */
  char *verification_uri;    /* (owned) (nullable) */
  gint64 started_at;         /* wall time in seconds; 0: not yet */
  gint64 expires_at;         /* the same; 0: no code yet */
  guint interval;            /* seconds */
  GError *error;             /* (owned) (nullable) */
  JumpSecretText *token;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  guint poll_alarm;
  guint expiry_alarm;
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} Signal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpDeviceFlow, jump_device_flow, G_TYPE_OBJECT)

/* Polling goes round in a circle. */
static void schedule_poll (JumpDeviceFlow *self);

/* The one place where the state changes. Final states end everything that is under way. */
static void
set_state (JumpDeviceFlow *self, JumpDeviceFlowState state)
{
  g_autoptr (JumpDeviceFlow) alive G_GNUC_UNUSED = g_object_ref (self);

  if (jump_device_flow_is_final (self))
    return;
  self->state = state;
  if (jump_device_flow_is_final (self))
    {
      jump_clock_clear_alarm (self->clock, &self->poll_alarm);
      jump_clock_clear_alarm (self->clock, &self->expiry_alarm);
      g_cancellable_cancel (self->cancellable);
      g_clear_pointer (&self->device_code, jump_secret_free);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Takes @error. */
static void
fail (JumpDeviceFlow *self, GError *error)
{
  if (!jump_device_flow_is_final (self))
    self->error = g_steal_pointer (&error);
  g_clear_error (&error);
  set_state (self, JUMP_DEVICE_FLOW_FAILED);
}

static void
slow_down (JumpDeviceFlow *self, gint64 asked_for)
{
  guint longer = MIN (self->interval + SLOW_DOWN_SECONDS, MAX_INTERVAL);

  self->interval = MAX ((guint) CLAMP (asked_for, 0, MAX_INTERVAL), longer);
  g_debug ("asked to slow down: polling every %u s", self->interval);
}

static void
take_token (JumpDeviceFlow *self, JsonObject *fields)
{
  const char *token = jump_json_get_string (fields, "access_token", NULL);

  self->token = jump_secret_text_new (token);
  jump_secret_wipe ((char *) token, strlen (token));
  set_state (self, JUMP_DEVICE_FLOW_SUCCESS);
}

static void
judge_poll (JumpDeviceFlow *self, JumpJsonReply *reply)
{
  g_autoptr (JsonObject) fields = jump_device_reply_read (reply);
  GError *error = NULL;

  switch (jump_device_reply_judge_poll (reply->status, fields, &error))
    {
    case JUMP_DEVICE_ANSWER_PENDING:
      schedule_poll (self);
      break;
    case JUMP_DEVICE_ANSWER_SLOW_DOWN:
      slow_down (self, jump_device_reply_get_number (fields, "interval"));
      schedule_poll (self);
      break;
    case JUMP_DEVICE_ANSWER_TOKEN:
      take_token (self, fields);
      break;
    case JUMP_DEVICE_ANSWER_EXPIRED:
      set_state (self, JUMP_DEVICE_FLOW_EXPIRED);
      break;
    case JUMP_DEVICE_ANSWER_DENIED:
      set_state (self, JUMP_DEVICE_FLOW_DENIED);
      break;
    case JUMP_DEVICE_ANSWER_ERROR:
      fail (self, error);
      break;
    }
}

/* A call that has come back can no longer be cancelled, least of all from its own callback. */
static void
forget_call (JumpDeviceFlow *self)
{
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
on_poll_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpDeviceFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (jump_device_flow_is_final (self))
    return;
  forget_call (self);
  if (reply == NULL)
    {
      g_debug ("polling: %s", error->message);
      schedule_poll (self);
      return;
    }
  judge_poll (self, reply);
  jump_github_reply_wipe (reply, "access_token");
}

static gboolean
has_expired (JumpDeviceFlow *self)
{
  return jump_clock_get_wall_seconds (self->clock) >= self->expires_at;
}

static void
post (JumpDeviceFlow *self, const char *path, char *body, GAsyncReadyCallback callback)
{
  JumpHttpRequest *request =
      jump_github_request_new ("POST", self->host->web_url, path, self->identity);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (body, strlen (body), (GDestroyNotify) jump_secret_free, body);

  jump_http_request_set_body (request, bytes, "application/json");
  jump_json_call_async (self->client, request, self->cancellable, callback, g_object_ref (self));
}

/* Alarms stand still while a laptop sleeps, so the wall clock is asked too: a code that died in
 * the meantime is not polled again. */
static void
on_poll_due (gpointer user_data)
{
  JumpDeviceFlow *self = user_data;

  self->poll_alarm = 0;
  if (has_expired (self))
    set_state (self, JUMP_DEVICE_FLOW_EXPIRED);
  else
    post (self,
          "/login/oauth/access_token",
          jump_device_poll_body_new (self->host, self->device_code),
          on_poll_answered);
}

static void
on_code_expired (gpointer user_data)
{
  JumpDeviceFlow *self = user_data;

  self->expiry_alarm = 0;
  set_state (self, JUMP_DEVICE_FLOW_EXPIRED);
}

static void
schedule_poll (JumpDeviceFlow *self)
{
  guint64 delay_ms = (guint64) (self->interval + MARGIN_SECONDS) * 1000;

  if (has_expired (self))
    set_state (self, JUMP_DEVICE_FLOW_EXPIRED);
  else
    self->poll_alarm = jump_clock_add_alarm (self->clock, delay_ms, on_poll_due, self);
}

static void
take_code (JumpDeviceFlow *self, JsonObject *fields)
{
  gint64 expires_in = jump_device_reply_get_number (fields, "expires_in");
  gint64 interval = jump_device_reply_get_number (fields, "interval");

  if (expires_in < 1)
    expires_in = DEFAULT_EXPIRES_IN;
  expires_in = MIN (expires_in, MAX_EXPIRES_IN);
  self->device_code = g_strdup (jump_json_get_string (fields, "device_code", NULL));
  self->user_code = g_strdup (jump_json_get_string (fields, "user_code", NULL));
  self->verification_uri = g_strdup (jump_json_get_string (fields, "verification_uri", NULL));
  self->interval = interval < 1 ? DEFAULT_INTERVAL : (guint) MIN (interval, MAX_INTERVAL);
  self->expires_at = jump_clock_get_wall_seconds (self->clock) + expires_in;
  self->expiry_alarm =
      jump_clock_add_alarm (self->clock, (guint64) expires_in * 1000, on_code_expired, self);
}

static void
judge_start (JumpDeviceFlow *self, JumpJsonReply *reply)
{
  g_autoptr (JsonObject) fields = jump_device_reply_read (reply);
  GError *error = NULL;

  if (!jump_device_reply_check_start (reply->status, fields, &error))
    {
      fail (self, error);
      return;
    }
  take_code (self, fields);
  schedule_poll (self);
  set_state (self, JUMP_DEVICE_FLOW_PENDING);
}

static void
on_start_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpDeviceFlow) self = user_data;
  GError *error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (jump_device_flow_is_final (self))
    {
      g_clear_error (&error);
      return;
    }
  forget_call (self);
  if (reply == NULL)
    {
      g_prefix_error (&error, "sign-in: ");
      fail (self, error);
      return;
    }
  judge_start (self, reply);
  jump_github_reply_wipe (reply, "device_code");
}

static void
jump_device_flow_dispose (GObject *object)
{
  JumpDeviceFlow *self = JUMP_DEVICE_FLOW (object);

  if (self->clock != NULL)
    {
      jump_clock_clear_alarm (self->clock, &self->poll_alarm);
      jump_clock_clear_alarm (self->clock, &self->expiry_alarm);
    }
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_device_flow_parent_class)->dispose (object);
}

static void
jump_device_flow_finalize (GObject *object)
{
  JumpDeviceFlow *self = JUMP_DEVICE_FLOW (object);

  g_clear_pointer (&self->host, jump_github_host_free);
  g_clear_pointer (&self->identity, jump_identity_free);
  g_clear_pointer (&self->device_code, jump_secret_free);
  g_clear_pointer (&self->user_code, g_free);
  g_clear_pointer (&self->verification_uri, g_free);
  g_clear_pointer (&self->token, jump_secret_text_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (jump_device_flow_parent_class)->finalize (object);
}

static void
jump_device_flow_class_init (JumpDeviceFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_device_flow_dispose;
  object_class->finalize = jump_device_flow_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          JUMP_TYPE_DEVICE_FLOW,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_device_flow_init (JumpDeviceFlow *self)
{
  self->interval = DEFAULT_INTERVAL;
  self->cancellable = g_cancellable_new ();
}

/**
 * jump_device_flow_new:
 * @client: referenced
 * @clock: referenced
 * @host: copied
 * @identity: copied
 *
 * Cancel it before letting go of it: a call under way keeps it alive.
 *
 * Returns: (transfer full): idle until jump_device_flow_start()
 */
JumpDeviceFlow *
jump_device_flow_new (JumpHttpClient *client,
                      JumpClock *clock,
                      const JumpGithubHost *host,
                      const JumpIdentity *identity)
{
  JumpDeviceFlow *self = g_object_new (JUMP_TYPE_DEVICE_FLOW, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->host = jump_github_host_copy (host);
  self->identity = jump_identity_copy (identity);
  return self;
}

/**
 * jump_device_flow_start:
 *
 * Asks for a code (protocol 1.1). Once only; a second run is a new object.
 */
void
jump_device_flow_start (JumpDeviceFlow *self)
{
  g_return_if_fail (self->state == JUMP_DEVICE_FLOW_IDLE);

  post (self, "/login/device/code", jump_device_start_body_new (self->host), on_start_answered);
  self->started_at = jump_clock_get_wall_seconds (self->clock);
  set_state (self, JUMP_DEVICE_FLOW_STARTING);
}

/**
 * jump_device_flow_cancel:
 *
 * Does nothing once the run has ended.
 */
void
jump_device_flow_cancel (JumpDeviceFlow *self)
{
  set_state (self, JUMP_DEVICE_FLOW_CANCELLED);
}

JumpDeviceFlowState
jump_device_flow_get_state (JumpDeviceFlow *self)
{
  return self->state;
}

/**
 * jump_device_flow_state_to_string:
 *
 * Returns: a word for the control routes and `login --json`; part of their contract
 */
const char *
jump_device_flow_state_to_string (JumpDeviceFlowState state)
{
  switch (state)
    {
    case JUMP_DEVICE_FLOW_IDLE:
      return "idle";
    case JUMP_DEVICE_FLOW_STARTING:
      return "starting";
    case JUMP_DEVICE_FLOW_PENDING:
      return "pending";
    case JUMP_DEVICE_FLOW_SUCCESS:
      return "success";
    case JUMP_DEVICE_FLOW_EXPIRED:
      return "expired";
    case JUMP_DEVICE_FLOW_DENIED:
      return "denied";
    case JUMP_DEVICE_FLOW_CANCELLED:
      return "cancelled";
    case JUMP_DEVICE_FLOW_FAILED:
      return "failed";
    }
  return "failed";
}

gboolean
jump_device_flow_is_final (JumpDeviceFlow *self)
{
  return self->state >= JUMP_DEVICE_FLOW_SUCCESS;
}

/* Returns: (nullable): what the person types, from pending on */
const char *
jump_device_flow_get_user_code (JumpDeviceFlow *self)
{
  return self->user_code;
}

/* Returns: (nullable): https, or http on a loopback address */
const char *
jump_device_flow_get_verification_uri (JumpDeviceFlow *self)
{
  return self->verification_uri;
}

/* Returns: wall time in seconds; 0 before there is a code */
gint64
jump_device_flow_get_expires_at (JumpDeviceFlow *self)
{
  return self->expires_at;
}

gint64
jump_device_flow_get_started_at (JumpDeviceFlow *self)
{
  return self->started_at;
}

/* Returns: seconds between polls, as GitHub asked last, without our margin */
guint
jump_device_flow_get_interval (JumpDeviceFlow *self)
{
  return self->interval;
}

/* Returns: (transfer none) (nullable): why it failed */
const GError *
jump_device_flow_get_error (JumpDeviceFlow *self)
{
  return self->error;
}

/* Returns: (transfer full) (nullable): the GitHub token, to the first who asks after success */
JumpSecretText *
jump_device_flow_steal_token (JumpDeviceFlow *self)
{
  return g_steal_pointer (&self->token);
}
