/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/access.h"

#include "service/base/secret-text.h"
#include "service/http/shown-secrets.h"
#include "service/http/web-origin.h"

#include <string.h>

#define STATUS_UNAUTHORIZED 401
#define STATUS_FORBIDDEN    403
#define STATUS_MISDIRECTED  421

/* Headers and the query: more places a key cannot stand in. */
#define MAX_SHOWN 4

static void
refuse (JumpAccessVerdict *verdict, guint status, const char *code, const char *reason)
{
  verdict->status = status;
  verdict->code = code;
  verdict->reason = reason;
}

/* ---- where it comes from ---- */

/* A page that reaches us through DNS rebinding sends its own name here, whatever the address. An address of ours
 * is no name that anybody could point elsewhere. */
static gboolean
is_our_name (const JumpHostName *host, const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  return jump_host_name_is_loopback (host) ||
         jump_host_name_is_address (host, facts->local_address) ||
         jump_host_name_is_one_of (host, (const char *const *) rules->host_names);
}

/* "none": a person typed the address or a program opened it. Words that nobody knows yet are no better than
 * cross-site. */
static gboolean
is_own_site (const char *fetch_site)
{
  return fetch_site == NULL || g_str_equal (fetch_site, "same-origin") ||
         g_str_equal (fetch_site, "none");
}

static gboolean
is_listed (JumpAccessClass class, const char *origin, const JumpAccessRules *rules)
{
  return class == JUMP_ACCESS_MODEL && rules->allowed_origins != NULL &&
         g_strv_contains ((const char *const *) rules->allowed_origins, origin);
}

/* Browsers always send Origin with a POST and across sites, and Sec-Fetch-Site with everything, and pages cannot
 * change either; programs send neither. So a request that carries a foreign one is a web page trying to spend
 * somebody's seat. */
static gboolean
is_welcome_page (JumpAccessVerdict *verdict,
                 JumpAccessClass class,
                 const JumpAccessFacts *facts,
                 const JumpHostName *host,
                 const JumpAccessRules *rules)
{
  g_autofree char *origin = NULL;
  g_autofree char *own = NULL;

  if (facts->origin == NULL)
    return is_own_site (facts->fetch_site);
  origin = jump_web_origin_normalize (facts->origin);
  if (origin == NULL)
    return FALSE;
  own = jump_web_origin_new (facts->is_tls, host);
  if (g_str_equal (origin, own))
    return is_own_site (facts->fetch_site);
  if (!is_listed (class, origin, rules))
    return FALSE;
  verdict->page = g_strdup (facts->origin);
  return TRUE;
}

/**
 * jump_access_check_source:
 * @verdict: (out caller-allocates): only status, code, reason and page are set
 * @class: what the route is
 * @facts: what the request says of itself
 * @rules: to judge by
 */
void
jump_access_check_source (JumpAccessVerdict *verdict,
                          JumpAccessClass class,
                          const JumpAccessFacts *facts,
                          const JumpAccessRules *rules)
{
  JumpHostName host;

  *verdict = (JumpAccessVerdict){ 0 };
  if (!jump_host_name_parse (&host, facts->host) || !is_our_name (&host, facts, rules))
    refuse (verdict,
            STATUS_MISDIRECTED,
            "wrong_host",
            "the Host header must be localhost, 127.0.0.1 or [::1], or a name that the setting "
            "server.host_names lists");
  else if (!is_welcome_page (verdict, class, facts, &host, rules))
    refuse (verdict,
            STATUS_FORBIDDEN,
            "forbidden",
            "requests from web pages are refused; the setting server.allowed_origins lists those "
            "that may use the model API");
}

/* ---- who it is ---- */

static gboolean
is_private (const JumpAccessFacts *facts)
{
  return facts->is_local || facts->is_tls;
}

static gboolean
has_control_key (const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  return is_private (facts) &&
         jump_secret_equal (jump_shown_bearer (facts->authorization), rules->control_key);
}

/* Other users of this computer can run servers here, too, and browsers send them our cookies: those know no ports.
 * So a session is of use to programs of our user only, and so is the link that begins it. */
static char *
find_session (const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  const char *position = facts->cookie;
  char *cookie;

  if (rules->sessions == NULL || !facts->is_local)
    return NULL;
  while ((cookie = jump_shown_next_cookie (&position, JUMP_SESSION_COOKIE)) != NULL)
    {
      if (jump_session_book_check (rules->sessions, cookie))
        return cookie;
      jump_secret_free (cookie);
    }
  return NULL;
}

/* A browser adds cookies whoever makes it send a request. What changes something has to come from a page of
 * ours, and has to say so. */
static gboolean
is_from_own_page (const JumpAccessVerdict *verdict, const JumpAccessFacts *facts)
{
  if (verdict->page != NULL)
    return FALSE;
  if (g_str_equal (facts->method, "GET") || g_str_equal (facts->method, "HEAD"))
    return TRUE;
  return facts->origin != NULL || g_strcmp0 (facts->fetch_site, "same-origin") == 0;
}

static void
check_control (JumpAccessVerdict *verdict,
               const JumpAccessFacts *facts,
               const JumpAccessRules *rules)
{
  if (!is_private (facts))
    {
      refuse (verdict,
              STATUS_FORBIDDEN,
              "control_needs_tls",
              "the control API is open to other computers over https only (setting "
              "server.tls_port)");
      return;
    }
  if (has_control_key (facts, rules))
    return;
  verdict->session = find_session (facts, rules);
  if (verdict->session == NULL)
    {
      verdict->is_wrong_guess = facts->authorization != NULL; /* sessions end by themselves */
      refuse (verdict,
              STATUS_UNAUTHORIZED,
              "invalid_control_key",
              "the control API needs this run's control key, or a browser that Jumpseat's menu "
              "has let in");
    }
  else if (!is_from_own_page (verdict, facts))
    refuse (verdict,
            STATUS_FORBIDDEN,
            "forbidden",
            "a browser may change something from Jumpseat's own pages only");
}

/* ---- keys ---- */

/* Returns: how many there are; the caller wipes them */
static guint
collect_shown (char *shown[MAX_SHOWN], const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  const char *headers[] = { jump_shown_bearer (facts->authorization),
                            facts->api_key,
                            facts->google_key };
  char *in_query = rules->takes_key_in_query ? jump_shown_query_key (facts->query) : NULL;
  guint n_shown = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      if (headers[i] != NULL && *headers[i] != '\0')
        shown[n_shown++] = g_strdup (headers[i]);
    }
  if (in_query != NULL)
    shown[n_shown++] = in_query;
  return n_shown;
}

/* Some clients send two keys, one of them made up: any of ours counts.
 * Returns: whether there was anything */
static gboolean
match_key (JumpAccessVerdict *verdict, const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  char *shown[MAX_SHOWN];
  guint n_shown = collect_shown (shown, facts, rules);

  for (guint i = 0; i < n_shown; i++)
    {
      if (verdict->key == NULL && rules->keys != NULL)
        verdict->key = jump_key_store_match (rules->keys, shown[i]);
      jump_secret_free (shown[i]);
    }
  return n_shown > 0;
}

static void
check_key (JumpAccessVerdict *verdict)
{
  switch (jump_client_key_get_state (verdict->key))
    {
    case JUMP_CLIENT_KEY_ACTIVE:
      return;
    case JUMP_CLIENT_KEY_PENDING:
      refuse (verdict,
              STATUS_FORBIDDEN,
              "token_pending",
              "this key waits until somebody approves it in Jumpseat");
      return;
    case JUMP_CLIENT_KEY_REVOKED:
      refuse (verdict, STATUS_FORBIDDEN, "token_revoked", "this key has been revoked in Jumpseat");
      return;
    }
  refuse (verdict, STATUS_FORBIDDEN, "forbidden", "not allowed");
}

/* Who has proved to be in charge of Jumpseat needs no key: the dashboard's own pages. */
static gboolean
is_in_charge (JumpAccessVerdict *verdict,
              const JumpAccessFacts *facts,
              const JumpAccessRules *rules)
{
  if (has_control_key (facts, rules))
    return TRUE;
  if (is_from_own_page (verdict, facts))
    verdict->session = find_session (facts, rules);
  return verdict->session != NULL;
}

/* Programs on this computer send whatever their settings have for a key; that is no sin where none is needed. */
static void
check_model (JumpAccessVerdict *verdict, const JumpAccessFacts *facts, const JumpAccessRules *rules)
{
  gboolean has_shown = match_key (verdict, facts, rules);

  if (verdict->key != NULL)
    check_key (verdict);
  else if ((facts->is_local && !rules->needs_key) || is_in_charge (verdict, facts, rules))
    return;
  else if (has_shown)
    {
      verdict->is_wrong_guess = TRUE;
      refuse (verdict,
              STATUS_UNAUTHORIZED,
              "invalid_token",
              "this key is not known here; Jumpseat shows which there are, and makes new ones");
    }
  else
    refuse (verdict,
            STATUS_UNAUTHORIZED,
            "missing_token",
            facts->is_local
                ? "a key is needed (setting server.require_key), as a bearer token or as "
                  "x-api-key; \"jumpseat keys create NAME\" makes one"
                : "other computers, and other users of this one, need a key, as a bearer token or "
                  "as x-api-key; \"jumpseat keys create NAME\" makes one");
}

/* ---- all ---- */

static void
check_local (JumpAccessVerdict *verdict, const JumpAccessFacts *facts)
{
  if (!facts->is_local)
    refuse (verdict,
            STATUS_FORBIDDEN,
            "forbidden",
            "only programs of Jumpseat's own user on this computer may ask for this");
}

/* What belongs to another door is not told from what is not there. */
static gboolean
is_at_wrong_door (JumpAccessClass class, const JumpAccessRules *rules)
{
  switch (rules->purpose)
    {
    case JUMP_PURPOSE_ALL:
      return FALSE;
    case JUMP_PURPOSE_MODEL:
      return class == JUMP_ACCESS_CONTROL || class == JUMP_ACCESS_PAGE ||
             class == JUMP_ACCESS_LOCAL;
    case JUMP_PURPOSE_CONTROL:
      return class == JUMP_ACCESS_MODEL;
    }
  return TRUE;
}

/**
 * jump_access_check:
 * @verdict: (out caller-allocates): whether to let it in, and what was found out on the way
 * @class: what the route is
 * @facts: what the request says of itself
 * @rules: to judge by
 */
void
jump_access_check (JumpAccessVerdict *verdict,
                   JumpAccessClass class,
                   const JumpAccessFacts *facts,
                   const JumpAccessRules *rules)
{
  jump_access_check_source (verdict, class, facts, rules);
  if (verdict->status != 0)
    return;
  if (is_at_wrong_door (class, rules))
    {
      refuse (verdict,
              STATUS_FORBIDDEN,
              "forbidden",
              rules->purpose == JUMP_PURPOSE_CONTROL
                  ? "this address is for the command line and the dashboard; models have another"
                  : "this address is for models; the command line and the dashboard have another");
      return;
    }
  switch (class)
    {
    case JUMP_ACCESS_OPEN:
      return;
    case JUMP_ACCESS_PAGE:
      verdict->session = find_session (facts, rules);
      return;
    case JUMP_ACCESS_METRICS:
      if (!facts->is_local)
        check_model (verdict, facts, rules);
      return;
    case JUMP_ACCESS_LOCAL:
      check_local (verdict, facts);
      return;
    case JUMP_ACCESS_MODEL:
      check_model (verdict, facts, rules);
      return;
    case JUMP_ACCESS_CONTROL:
      check_control (verdict, facts, rules);
      return;
    }
  refuse (verdict, STATUS_FORBIDDEN, "forbidden", "not allowed");
}

void
jump_access_verdict_clear (JumpAccessVerdict *self)
{
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->session, jump_secret_free);
}

/* Returns: (transfer full): the entries of "a, b", as @normalize has them; what is none is left out */
static GStrv
read_list (const char *text, char *(*normalize) (const char *text))
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *entry = normalize (g_strstrip (parts[i]));

      if (entry != NULL)
        g_strv_builder_add (list, entry);
    }
  return g_strv_builder_end (list);
}

/* An IPv6 address stands without brackets in the settings. */
static char *
normalize_host (const char *text)
{
  gboolean is_ipv6 = strchr (text, ':') != NULL;
  g_autofree char *bracketed = is_ipv6 ? g_strdup_printf ("[%s]", text) : g_strdup (text);
  JumpHostName host;

  return jump_host_name_parse (&host, bracketed) ? g_strdup (host.name) : NULL;
}

/**
 * jump_access_rules_read:
 * @self: the other fields stay
 * @settings: [server] host_names, allowed_origins, require_key, key_in_query
 */
void
jump_access_rules_read (JumpAccessRules *self, JumpSettings *settings)
{
  g_strfreev (self->host_names);
  g_strfreev (self->allowed_origins);
  self->host_names =
      read_list (jump_settings_get_string (settings, JUMP_KEY_SERVER_HOST_NAMES), normalize_host);
  self->allowed_origins =
      read_list (jump_settings_get_string (settings, JUMP_KEY_SERVER_ALLOWED_ORIGINS),
                 jump_web_origin_normalize);
  self->needs_key = jump_settings_get_boolean (settings, JUMP_KEY_SERVER_REQUIRE_KEY);
  self->takes_key_in_query = jump_settings_get_boolean (settings, JUMP_KEY_SERVER_KEY_IN_QUERY);
}

void
jump_access_rules_clear (JumpAccessRules *self)
{
  g_clear_pointer (&self->host_names, g_strfreev);
  g_clear_pointer (&self->allowed_origins, g_strfreev);
}
