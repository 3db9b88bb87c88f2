/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/exchange-problem.h"

#include "service/base/error.h"
#include "service/base/http-date.h"
#include "service/base/json-read.h"

#include <string.h>

/* Upstream's words are shown to people; a reply that is not meant for them must not fill a screen. */
#define MAX_WORDS              600

#define STATUS_CLIENT_OUTDATED 466 /* Copilot's own (protocol 7.2) */

/* GitHub's limits of REST calls begin anew every hour. In seconds. */
#define MAX_WAIT 3600

typedef struct
{
  const char *notification_id;
  JumpProblemKind kind;
} KindRow;

/* Ids of error_details.notification_id (protocol 2.4). One that is not here counts as blocked. */
static const KindRow kind_rows[] = {
  { "no_copilot_access", JUMP_PROBLEM_NO_SUBSCRIPTION },
  { "not_signed_up", JUMP_PROBLEM_NO_SUBSCRIPTION },
  { "subscription_ended", JUMP_PROBLEM_NO_SUBSCRIPTION },
  { "expired_coupon", JUMP_PROBLEM_NO_SUBSCRIPTION },
  { "revoked_coupon", JUMP_PROBLEM_NO_SUBSCRIPTION },
  { "enterprise_managed_user_account", JUMP_PROBLEM_BLOCKED },
  { "feature_flag_blocked", JUMP_PROBLEM_BLOCKED },
  { "spammy_user", JUMP_PROBLEM_BLOCKED },
  { "billing_locked", JUMP_PROBLEM_BLOCKED },
  { "trade_restricted", JUMP_PROBLEM_BLOCKED },
  { "trade_restricted_country", JUMP_PROBLEM_BLOCKED },
  { "codespaces_demo_inactive", JUMP_PROBLEM_BLOCKED },
  { "snippy_not_configured", JUMP_PROBLEM_BLOCKED },
  { "access_revoked", JUMP_PROBLEM_BLOCKED },
  { "go_http_client", JUMP_PROBLEM_CLIENT_REFUSED },
  { "programmatic_token_generation", JUMP_PROBLEM_CLIENT_REFUSED },
  { "server_error", JUMP_PROBLEM_NETWORK },
};

/* Our words, where upstream has none. */
typedef struct
{
  JumpProblemKind kind;
  const char *title;
  const char *message;
} WordsRow;

static const WordsRow words_rows[] = {
  { JUMP_PROBLEM_TOKEN_REVOKED,
    "Sign-in no longer valid",
    "GitHub does not accept the stored sign-in any more. Sign in again." },
  { JUMP_PROBLEM_NO_SUBSCRIPTION,
    "No access to Copilot",
    "This GitHub account has no Copilot plan or seat." },
  { JUMP_PROBLEM_BLOCKED, "Copilot refused", "GitHub does not let this account use Copilot." },
  { JUMP_PROBLEM_CLIENT_REFUSED,
    "Client not accepted",
    "GitHub does not accept the editor version or user agent that is sent; see the identity "
    "settings." },
  { JUMP_PROBLEM_RATE_LIMITED,
    "GitHub's rate limit reached",
    "GitHub asks to wait before the next request." },
};

static char *
dup_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *words = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_WORDS));

  for (char *c = words; *c != '\0'; c++)
    {
      if ((guchar) *c < 0x20 || *c == 0x7f)
        *c = ' ';
    }
  return g_strstrip (words);
}

/* Returns: (transfer full) (nullable): an address that a browser may be sent to. */
static char *
dup_web_url (const char *text)
{
  g_autoptr (GString) url = g_string_new (text);

  g_string_replace (url, "{EDITOR}", "vscode", 0);
  if (!g_str_has_prefix (url->str, "https://") ||
      !g_uri_is_valid (url->str, G_URI_FLAGS_NONE, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&url), FALSE);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *lower = text == NULL ? NULL : g_ascii_strdown (text, -1);

  return lower != NULL && strstr (lower, part) != NULL;
}

static const char *
get_message (const JumpExchangeAnswer *answer)
{
  return jump_json_get_string (answer->object, "message", NULL);
}

static gboolean
is_rate_limit (const JumpExchangeAnswer *answer)
{
  return answer->status == 429 ||
         (answer->status == 403 && contains (get_message (answer), "rate limit"));
}

static gboolean
is_sso (const JumpExchangeAnswer *answer)
{
  return answer->status == 403 &&
         (contains (answer->sso, "required") || contains (get_message (answer), "saml"));
}

static JumpProblemKind
find_kind (const char *notification_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++)
    {
      if (g_strcmp0 (kind_rows[i].notification_id, notification_id) == 0)
        return kind_rows[i].kind;
    }
  return JUMP_PROBLEM_BLOCKED;
}

static const WordsRow *
find_words (JumpProblemKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (words_rows); i++)
    {
      if (words_rows[i].kind == kind)
        return &words_rows[i];
    }
  return &words_rows[2];
}

/* @message: (nullable): upstream's */
static JumpProblem *
build (JumpProblemKind kind, const char *message, const char *url)
{
  const WordsRow *words = find_words (kind);
  g_autofree char *clean = message == NULL ? NULL : dup_words (message);

  if (clean == NULL || *clean == '\0')
    return jump_problem_new (kind, words->title, words->message, url, NULL);
  return jump_problem_new (kind, words->title, clean, url, NULL);
}

static JumpProblem *
build_from_envelope (JsonObject *details)
{
  const char *id = jump_json_get_string (details, "notification_id", NULL);
  JumpProblemKind kind = find_kind (id);
  const WordsRow *words = find_words (kind);
  g_autofree char *title = dup_words (jump_json_get_string (details, "title", ""));
  g_autofree char *message = dup_words (jump_json_get_string (details, "message", ""));
  g_autofree char *url = dup_web_url (jump_json_get_string (details, "url", ""));

  return jump_problem_new (kind,
                           *title != '\0' ? title : words->title,
                           *message != '\0' ? message : words->message,
                           url,
                           id);
}

/* X-GitHub-SSO: required; url=https://github.com/orgs/acme/sso?… Without the header what GitHub writes
 * about it is better than nothing. */
static JumpProblem *
build_from_sso (const JumpExchangeAnswer *answer)
{
  const char *at = answer->sso == NULL ? NULL : strstr (answer->sso, "url=");
  g_autofree char *text = at == NULL ? g_strdup ("") : g_strndup (at + 4, strcspn (at + 4, "; \t"));
  g_autofree char *url = dup_web_url (text);

  if (url == NULL)
    url = dup_web_url (jump_json_get_string (answer->object, "documentation_url", ""));
  return jump_problem_new (JUMP_PROBLEM_SSO,
                           "Single sign-on needed",
                           "An organisation wants this sign-in to be authorised with its single "
                           "sign-on first.",
                           url,
                           NULL);
}

static JumpProblem *
build_from_status (guint status)
{
  g_autofree char *message = g_strdup_printf ("GitHub answered with status %u.", status);

  if (status >= 500)
    return jump_problem_new (JUMP_PROBLEM_NETWORK, "GitHub has trouble", message, NULL, NULL);
  return jump_problem_new (JUMP_PROBLEM_PROTOCOL, "Unexpected answer", message, NULL, NULL);
}

/**
 * jump_exchange_problem_new:
 * @answer: anything but a 200 with a token
 *
 * error_details wins over the status; bodies may be plain text or missing.
 *
 * Returns: (transfer full)
 */
JumpProblem *
jump_exchange_problem_new (const JumpExchangeAnswer *answer)
{
  JsonObject *details = jump_json_get_object (answer->object, "error_details");
  const char *message = get_message (answer);

  if (answer->status == 401)
    return build (JUMP_PROBLEM_TOKEN_REVOKED, NULL, NULL);
  if (answer->status == STATUS_CLIENT_OUTDATED)
    return build (JUMP_PROBLEM_CLIENT_REFUSED, message, NULL);
  if (is_rate_limit (answer))
    return build (JUMP_PROBLEM_RATE_LIMITED, message, NULL);
  if (answer->status >= 400 && answer->status < 500 && details != NULL)
    return build_from_envelope (details);
  if (is_sso (answer))
    return build_from_sso (answer);
  if (answer->status == 403 && contains (message, "approved client"))
    return build (JUMP_PROBLEM_CLIENT_REFUSED, message, NULL);
  if (answer->status == 404)
    return build (JUMP_PROBLEM_BLOCKED,
                  "The app that this sign-in belongs to may not use Copilot, or the account has "
                  "none. Sign in with Jumpseat.",
                  NULL);
  if (answer->status == 402 || answer->status == 403)
    return build (JUMP_PROBLEM_BLOCKED, message, NULL);
  return build_from_status (answer->status);
}

/* What TLS says when this computer is in another time than the certificate (OpenSSL and GnuTLS). */
static gboolean
speaks_of_time (const char *message)
{
  return contains (message, "certificate") &&
         (contains (message, "not yet valid") || contains (message, "expired") ||
          contains (message, "not activated"));
}

/**
 * jump_exchange_problem_new_for_error:
 * @error: JUMP_ERROR_PROTOCOL for an answer that cannot be read, or one of the HTTP client's
 *
 * A wrong clock is named only where it is in the way: certificates. Tokens do not need ours to be right.
 *
 * Returns: (transfer full)
 */
JumpProblem *
jump_exchange_problem_new_for_error (const GError *error)
{
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL))
    return jump_problem_new (JUMP_PROBLEM_PROTOCOL,
                             "Unexpected answer",
                             error->message,
                             NULL,
                             NULL);
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_PORTAL))
    return jump_problem_new (JUMP_PROBLEM_PORTAL,
                             "The network wants a sign-in first",
                             error->message,
                             NULL,
                             NULL);
  if (speaks_of_time (error->message))
    return jump_problem_new (JUMP_PROBLEM_CLOCK,
                             "The clock may be wrong",
                             error->message,
                             NULL,
                             NULL);
  return jump_problem_new (JUMP_PROBLEM_NETWORK,
                           "GitHub cannot be reached",
                           error->message,
                           NULL,
                           NULL);
}

/**
 * jump_exchange_times_get_wait:
 * @times: what the headers say
 * @now: wall time in seconds
 *
 * Retry-After wins. The other is a time of GitHub's clock, so it is counted from GitHub's Date: ours may
 * be hours away.
 *
 * Returns: an hour at most; 0: not told
 */
guint
jump_exchange_times_get_wait (const JumpExchangeTimes *times, gint64 now)
{
  gint64 date = jump_http_date_read (times->date);
  gint64 there = date > 0 ? date : now;
  gint64 wait = jump_http_date_read_wait (times->retry_after, there);

  if (wait < 0 && times->limit_reset != NULL)
    wait = g_ascii_strtoll (times->limit_reset, NULL, 10) - there;
  return (guint) CLAMP (wait, 0, MAX_WAIT);
}

gboolean
jump_exchange_answer_is_transient (const JumpExchangeAnswer *answer)
{
  return answer->status >= 500;
}

gboolean
jump_exchange_answer_allows_direct (const JumpExchangeAnswer *answer, const JumpGithubHost *host)
{
  if (answer->status == 404)
    return TRUE;
  if (answer->status != 403 || jump_json_get_object (answer->object, "error_details") != NULL ||
      is_rate_limit (answer) || is_sso (answer))
    return FALSE;
  return jump_github_host_is_tenant (host) ||
         contains (get_message (answer), "resource not accessible by");
}
