/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token.h"

#include "service/base/error.h"
#include "service/base/json-read.h"

#include <string.h>

/* What VS Code adds to refresh_in to get the end of a token's life (protocol 2.3). */
#define SLACK_SECONDS 60
/* Real tokens live 25 to 30 minutes. An expiry further away comes from a clock that is wrong. */
#define MAX_LIFE (6 * 60 * 60)
/* When a reply says nothing that can be used: the shortest life that was ever reported. */
#define DEFAULT_LIFE      (25 * 60)
#define MAX_REFRESH_IN    (24 * 60 * 60)
#define MIN_THRESHOLD     300
#define THRESHOLD_PERCENT 20
/* Somebody set the clock back by more than this: what it says about age is worth nothing. */
#define CLOCK_TOLERANCE 300

/* The token's life in seconds, with @now by the server's clock where it is known, by three rules:
 * 1. refresh_in + 60, as VS Code does, which needs no clock of ours that is right;
 * 2. but not longer than expires_at says, if that lies within the next six hours and leaves time
 *    for refresh_in. A token that has to be renewed after its own end exists only where the two
 *    clocks differ, and then rule 1 alone counts;
 * 3. without refresh_in what expires_at says, and without either 25 minutes. */
static gint64
decide_life (gint64 refresh_in, gint64 expires_at, gint64 now)
{
  gint64 server_life = expires_at > now ? expires_at - now : 0;

  if (server_life > MAX_LIFE)
    server_life = 0;
  if (refresh_in == 0)
    return server_life > 0 ? server_life : DEFAULT_LIFE;
  if (server_life >= refresh_in)
    return MIN (refresh_in + SLACK_SECONDS, server_life);
  return refresh_in + SLACK_SECONDS;
}

static char *
dup_url (const char *url)
{
  gsize length;

  if (url == NULL || *url == '\0')
    return NULL;
  length = strlen (url);
  while (length > 0 && url[length - 1] == '/')
    length--;
  return g_strndup (url, length);
}

static JumpToken *
allocate (JumpSecretText *text, char *api_url)
{
  JumpToken *self = g_atomic_rc_box_new0 (JumpToken);

  self->text = jump_secret_text_ref (text);
  self->api_url = api_url;
  return self;
}

/**
 * jump_token_find_api_url:
 * @text: a Copilot token: "tid=…;proxy-ep=proxy.individual.githubcopilot.com;…:MAC"
 *
 * Where the API is when endpoints are missing: the host of inline completions with "api." for
 * "proxy." (protocol 2.2).
 *
 * Returns: (transfer full) (nullable): not checked; see jump_github_host_trusts_copilot_url()
 */
char *
jump_token_find_api_url (const char *text)
{
  static const char name[] = "proxy-ep=";
  const char *end = strchr (text, ':');
  const char *at = text;

  if (end == NULL)
    end = text + strlen (text);
  while (at < end)
    {
      const char *next = memchr (at, ';', (gsize) (end - at));

      if (next == NULL)
        next = end;
      if (g_str_has_prefix (at, name))
        {
          const char *host = at + strlen (name);
          gsize length = (gsize) (next - host);

          if (length <= strlen ("proxy.") || !g_str_has_prefix (host, "proxy."))
            return NULL;
          return g_strdup_printf ("https://api.%.*s",
                                  (int) (length - strlen ("proxy.")),
                                  host + strlen ("proxy."));
        }
      at = next + 1;
    }
  return NULL;
}

/**
 * jump_token_new_from_exchange:
 * @json: a 200 reply of the exchange (protocol 2.2); every field but "token" may be missing
 * @length: in bytes
 * @now: local wall time in seconds
 * @server_now: what the server's clock said with the reply; 0: unknown, taken to be as ours
 * @error: JUMP_ERROR_PROTOCOL
 *
 * @api_url of the result is what the reply says, or NULL: it is not checked here.
 *
 * Returns: (transfer full) (nullable)
 */
JumpToken *
jump_token_new_from_exchange (const char *json,
                              gsize length,
                              gint64 now,
                              gint64 server_now,
                              GError **error)
{
  g_autoptr (JsonObject) object = jump_json_parse_object (json, (gssize) length, NULL);
  g_autoptr (JumpSecretText) text = NULL;
  JsonObject *endpoints;
  JumpToken *self;
  const char *value;
  char *api_url;

  value = jump_json_get_string (object, "token", NULL);
  if (value == NULL || *value == '\0')
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   object == NULL ? "reply of the token exchange: expected a JSON object"
                                  : "reply of the token exchange: token: expected string");
      return NULL;
    }
  text = jump_secret_text_new (value);
  endpoints = jump_json_get_object (object, "endpoints");
  api_url = dup_url (jump_json_get_string (endpoints, "api", NULL));
  if (api_url == NULL)
    api_url = jump_token_find_api_url (value);

  self = allocate (text, api_url);
  self->sku = g_strdup (jump_json_get_string (object, "sku", NULL));
  self->refresh_in = CLAMP (jump_json_get_int (object, "refresh_in", 0), 0, MAX_REFRESH_IN);
  self->issued_at = now;
  self->expires_at = now + decide_life (self->refresh_in,
                                        jump_json_get_int (object, "expires_at", 0),
                                        server_now > 0 ? server_now : now);
  /* The tree goes away with @object; its copy of the token must not stay in the heap. */
  jump_secret_wipe ((char *) value, strlen (value));
  return self;
}

/**
 * jump_token_new:
 * @text: a token without a known end
 * @api_url: where it is valid
 *
 * Returns: (transfer full)
 */
JumpToken *
jump_token_new (JumpSecretText *text, const char *api_url)
{
  return allocate (text, dup_url (api_url));
}

void
jump_token_set_api_url (JumpToken *self, const char *api_url)
{
  g_free (self->api_url);
  self->api_url = dup_url (api_url);
}

JumpToken *
jump_token_ref (JumpToken *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_token (gpointer memory)
{
  JumpToken *self = memory;

  g_clear_pointer (&self->text, jump_secret_text_unref);
  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->sku, g_free);
}

void
jump_token_unref (JumpToken *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_token);
}

/**
 * jump_token_get_threshold:
 *
 * max (300 s, 20 % of its life) as S-06 asks; but never more than half of it, or a token that
 * lives five minutes would be due from its first second.
 *
 * Returns: seconds; 0 for a token that does not expire
 */
gint64
jump_token_get_threshold (const JumpToken *self)
{
  gint64 life = self->expires_at - self->issued_at;

  if (self->expires_at == 0)
    return 0;
  return MIN (MAX (MIN_THRESHOLD, life * THRESHOLD_PERCENT / 100), life / 2);
}

/**
 * jump_token_is_expired:
 * @now: local wall time in seconds
 *
 * Returns: whether it must not be sent any more
 */
gboolean
jump_token_is_expired (const JumpToken *self, gint64 now)
{
  return self->expires_at != 0 && now >= self->expires_at;
}

/**
 * jump_token_is_due:
 * @now: local wall time in seconds
 *
 * Returns: whether it is time to renew it
 */
gboolean
jump_token_is_due (const JumpToken *self, gint64 now)
{
  if (self->expires_at == 0)
    return FALSE;
  return self->expires_at - now <= jump_token_get_threshold (self) ||
         now < self->issued_at - CLOCK_TOLERANCE;
}
