/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/device-desk.h"

#include "service/base/json-write.h"
#include "service/base/random.h"

#define GRANT_TYPE "urn:ietf:params:oauth:grant-type:device_code"

typedef enum
{
  CODE_OPEN,
  CODE_ALLOWED,
  CODE_DENIED,
  CODE_USED,
} CodeState;

typedef struct
{
  char *device_code; /* (owned) */
  char *user_code;   /* (owned) */
  char *client_id;   /* (owned) */
  CodeState state;
  gint64 started_at; /* wall seconds */
  gint64 interval;   /* seconds; grows with each slow_down */
  gint64 polled_at;  /* monotonic µs; 0: not yet */
  gint64 polls;
} DeviceCode;

struct _JumpDeviceDesk
{
  JumpSimulatorState *state;
  GPtrArray *codes; /* (owned) (element-type DeviceCode), oldest first */
};

static void
device_code_free (DeviceCode *code)
{
  g_clear_pointer (&code->device_code, g_free);
  g_clear_pointer (&code->user_code, g_free);
  g_clear_pointer (&code->client_id, g_free);
  g_free (code);
}

/* Letters that nobody takes for one another, as GitHub's. */
static char *
make_user_code (void)
{
  static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";
  guint8 random[8];
  char text[10];

  jump_random_bytes (random, sizeof random);
  for (guint i = 0; i < 8; i++)
    text[i < 4 ? i : i + 1] = letters[random[i] % (sizeof letters - 1)];
  text[4] = '-';
  text[9] = '\0';
  return g_strdup (text);
}

static DeviceCode *
find_by_device_code (JumpDeviceDesk *self, const char *device_code)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      DeviceCode *code = self->codes->pdata[i];

      if (g_strcmp0 (code->device_code, device_code) == 0)
        return code;
    }
  return NULL;
}

/* People type codes in small letters and without the dash. */
static gboolean
is_same_user_code (const char *a, const char *b)
{
  while (TRUE)
    {
      while (*a == '-' || *a == ' ')
        a++;
      while (*b == '-' || *b == ' ')
        b++;
      if (g_ascii_toupper (*a) != g_ascii_toupper (*b))
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

static DeviceCode *
find_open (JumpDeviceDesk *self, const char *user_code)
{
  for (guint i = self->codes->len; i > 0; i--)
    {
      DeviceCode *code = self->codes->pdata[i - 1];

      if (code->state == CODE_OPEN &&
          (user_code == NULL || is_same_user_code (code->user_code, user_code)))
        return code;
    }
  return NULL;
}

static gboolean
wants_json (const JumpIncomingCall *call)
{
  const char *accept = jump_incoming_call_get_header (call, "Accept");

  return accept != NULL && strstr (accept, "json") != NULL;
}

/* Pairs of name and value; numbers are those whose name says so. Takes the form GitHub chooses:
 * JSON when the caller accepts it, else form-encoded text (protocol 1.1). */
static JumpPlannedReply *
make_reply (const JumpIncomingCall *call, guint status, ...)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (GString) form = g_string_new (NULL);
  va_list args;
  const char *name;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  va_start (args, status);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);
      gboolean is_number = g_str_equal (name, "expires_in") || g_str_equal (name, "interval");
      g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

      if (is_number)
        jump_json_writer_member_int (&writer, name, g_ascii_strtoll (value, NULL, 10));
      else
        jump_json_writer_member_string (&writer, name, value);
      g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
    }
  va_end (args);
  jump_json_writer_end_object (&writer);
  if (wants_json (call))
    return jump_planned_reply_new_json (status, jump_json_writer_finish (&writer));
  return jump_planned_reply_new_text (status,
                                      "application/x-www-form-urlencoded; charset=utf-8",
                                      form->str);
}

static JumpPlannedReply *
make_error (const JumpIncomingCall *call, const char *error, const char *description)
{
  g_autofree char *uri =
      g_strdup_printf ("https://docs.github.com/developers/apps/authorizing-oauth-apps"
                       "#error-codes-for-the-device-flow");

  return make_reply (call,
                     200,
                     "error",
                     error,
                     "error_description",
                     description,
                     "error_uri",
                     uri,
                     NULL);
}

static JumpPlannedReply *
start_flow (JumpDeviceDesk *self, const JumpIncomingCall *call)
{
  const JumpScenario *scenario = self->state->scenario;
  const char *client_id = jump_incoming_call_get_field (call, "client_id");
  g_autofree char *expires_in = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *page = NULL;
  DeviceCode *code;

  if (!jump_token_mint_knows_client (client_id))
    return make_reply (call, 404, "error", "Not Found", NULL);
  if (scenario->device_outcome == JUMP_DEVICE_DISABLED)
    return make_error (call, "device_flow_disabled", "Device Flow must be explicitly enabled.");

  code = g_new0 (DeviceCode, 1);
  code->device_code = jump_random_hex (20);
  code->user_code = make_user_code ();
  code->client_id = g_strdup (client_id);
  code->started_at = jump_clock_get_wall_seconds (self->state->clock);
  code->interval = scenario->device_interval;
  g_ptr_array_add (self->codes, code);

  expires_in = g_strdup_printf ("%" G_GINT64_FORMAT, scenario->device_expires_in);
  interval = g_strdup_printf ("%" G_GINT64_FORMAT, code->interval);
  page = g_strconcat (self->state->url, "/login/device", NULL);
  return make_reply (call,
                     200,
                     "device_code",
                     code->device_code,
                     "user_code",
                     code->user_code,
                     "verification_uri",
                     page,
                     "expires_in",
                     expires_in,
                     "interval",
                     interval,
                     NULL);
}

/* GitHub measures from the end of the previous poll (protocol 1.2). */
static gboolean
is_too_early (JumpDeviceDesk *self, DeviceCode *code)
{
  gint64 now = jump_clock_get_monotonic_time (self->state->clock);
  gint64 previous = code->polled_at;

  code->polled_at = now;
  return previous != 0 && now - previous < code->interval * G_USEC_PER_SEC;
}

/* The scenario stands in for the person: after some polls, or some seconds. */
static void
decide_by_scenario (JumpDeviceDesk *self, DeviceCode *code, gint64 age)
{
  const JumpScenario *scenario = self->state->scenario;
  gboolean due = (scenario->device_pending >= 0 && code->polls >= scenario->device_pending) ||
                 (scenario->device_auto_authorize >= 0 && age >= scenario->device_auto_authorize);

  if (code->state != CODE_OPEN || !due)
    return;
  code->state = scenario->device_outcome == JUMP_DEVICE_DENIED ? CODE_DENIED : CODE_ALLOWED;
}

static JumpPlannedReply *
answer_poll (JumpDeviceDesk *self, const JumpIncomingCall *call, DeviceCode *code)
{
  gint64 age = jump_clock_get_wall_seconds (self->state->clock) - code->started_at;
  g_autofree char *interval = NULL;

  if (age >= self->state->scenario->device_expires_in)
    return make_error (call, "expired_token", "This 'device_code' has expired.");
  if (is_too_early (self, code))
    {
      code->interval += 5;
      interval = g_strdup_printf ("%" G_GINT64_FORMAT, code->interval);
      return make_reply (call,
                         200,
                         "error",
                         "slow_down",
                         "error_description",
                         "Too many requests have been made in the same timeframe.",
                         "interval",
                         interval,
                         NULL);
    }
  decide_by_scenario (self, code, age);
  code->polls++;
  switch (code->state)
    {
    case CODE_OPEN:
      return make_error (call,
                         "authorization_pending",
                         "The authorization request is still pending.");
    case CODE_DENIED:
      return make_error (call, "access_denied", "The authorization request was denied.");
    case CODE_USED:
      return make_error (call, "incorrect_device_code", "The device_code provided is not valid.");
    case CODE_ALLOWED:
      break;
    }
  code->state = CODE_USED;
  return make_reply (call,
                     200,
                     "access_token",
                     jump_token_mint_make_github (self->state->mint, code->client_id),
                     "token_type",
                     "bearer",
                     "scope",
                     g_str_has_prefix (code->client_id, "Iv1.") ? "" : "read:user",
                     NULL);
}

static JumpPlannedReply *
poll (JumpDeviceDesk *self, const JumpIncomingCall *call)
{
  const char *client_id = jump_incoming_call_get_field (call, "client_id");
  const char *device_code = jump_incoming_call_get_field (call, "device_code");
  const char *grant_type = jump_incoming_call_get_field (call, "grant_type");
  DeviceCode *code = find_by_device_code (self, device_code);

  if (!jump_token_mint_knows_client (client_id))
    return make_error (call,
                       "incorrect_client_credentials",
                       "The client_id and/or client_secret passed are incorrect.");
  if (g_strcmp0 (grant_type, GRANT_TYPE) != 0)
    return make_error (call, "unsupported_grant_type", "The grant type is unsupported.");
  if (code == NULL)
    return make_error (call, "incorrect_device_code", "The device_code provided is not valid.");
  if (!g_str_equal (code->client_id, client_id))
    return make_error (call,
                       "incorrect_client_credentials",
                       "The client_id and/or client_secret passed are incorrect.");
  return answer_poll (self, call, code);
}

static JumpPlannedReply *
make_page (const char *content)
{
  g_autofree char *html = g_strdup_printf (
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Device "
      "activation</title><style>body{font:16px/1.5 "
      "sans-serif;max-width:26em;margin:4em auto;padding:0 1em}input{font:24px "
      "monospace;letter-spacing:.1em;width:100%%;padding:.3em;box-sizing:border-box;text-align:"
      "center}button{font:inherit;padding:.5em 1em;margin:1em .5em 0 "
      "0}</style></head><body><h1>Device activation</h1>%s<p><small>This is Jumpseat's built-in "
      "simulator, not GitHub.</small></p></body></html>\n",
      content);

  return jump_planned_reply_new_text (200, "text/html; charset=utf-8", html);
}

static JumpPlannedReply *
show_page (const JumpIncomingCall *call)
{
  const char *user_code = jump_incoming_call_get_field (call, "user_code");
  g_autofree char *escaped = g_markup_escape_text (user_code == NULL ? "" : user_code, -1);
  g_autofree char *form = g_strdup_printf (
      "<p>Enter the code shown by Jumpseat.</p><form method=\"post\" action=\"/login/device\">"
      "<input name=\"user_code\" value=\"%s\" placeholder=\"XXXX-XXXX\" autocomplete=\"off\" "
      "autofocus required aria-label=\"Code\"><button name=\"action\" "
      "value=\"authorize\">Authorize</button><button name=\"action\" value=\"cancel\" "
      "formnovalidate>Cancel</button></form>",
      escaped);

  return make_page (form);
}

static JumpPlannedReply *
take_page (JumpDeviceDesk *self, const JumpIncomingCall *call)
{
  const char *user_code = jump_incoming_call_get_field (call, "user_code");
  gboolean allow = g_strcmp0 (jump_incoming_call_get_field (call, "action"), "cancel") != 0;

  if (user_code == NULL || !jump_device_desk_decide (self, user_code, allow))
    return make_page ("<p>That code is not known, or was used already.</p>"
                      "<p><a href=\"/login/device\">Try again</a></p>");
  if (!allow)
    return make_page ("<p>Cancelled. You can close this page.</p>");
  return make_page ("<p>Congratulations, you're all set! Jumpseat is now signed in.</p>");
}

/**
 * jump_device_desk_new:
 * @state: what the sides share; outlives the desk
 */
JumpDeviceDesk *
jump_device_desk_new (JumpSimulatorState *state)
{
  JumpDeviceDesk *self = g_new0 (JumpDeviceDesk, 1);

  self->state = state;
  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify) device_code_free);
  return self;
}

/**
 * jump_device_desk_free:
 * @self: (transfer full): a desk
 */
void
jump_device_desk_free (JumpDeviceDesk *self)
{
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_free (self);
}

/**
 * jump_device_desk_answer:
 *
 * Returns: (transfer full) (nullable): NULL when the path is not the desk's
 */
JumpPlannedReply *
jump_device_desk_answer (JumpDeviceDesk *self, const JumpIncomingCall *call)
{
  if (g_str_equal (call->key, "POST /login/device/code"))
    return start_flow (self, call);
  if (g_str_equal (call->key, "POST /login/oauth/access_token"))
    return poll (self, call);
  if (g_str_equal (call->key, "GET /login/device"))
    return show_page (call);
  if (g_str_equal (call->key, "POST /login/device"))
    return take_page (self, call);
  return NULL;
}

/**
 * jump_device_desk_decide:
 * @self: a desk
 * @user_code: (nullable): as shown to the person, NULL for the newest open one
 * @allow: FALSE as if Cancel was pressed
 *
 * Returns: FALSE when there is no such code waiting
 */
gboolean
jump_device_desk_decide (JumpDeviceDesk *self, const char *user_code, gboolean allow)
{
  DeviceCode *code = find_open (self, user_code);

  if (code == NULL)
    return FALSE;
  code->state = allow ? CODE_ALLOWED : CODE_DENIED;
  return TRUE;
}
