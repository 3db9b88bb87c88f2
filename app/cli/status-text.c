/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/status-text.h"

#include "app/cli/duration-text.h"

#include <glib/gi18n-lib.h>

/* Kept word for word: scripts, which run in the C locale, read these lines (S-03). */
static void
append_expiry (GString *text, JsonObject *status)
{
  gint64 left = jump_json_get_int (status, "token_expires_in_seconds", 0);
  g_autofree char *duration = jump_duration_to_text (left);

  if (!jump_status_has_token (status))
    g_string_append (text, _ ("Token expires: there is none yet, the first request fetches one\n"));
  else if (jump_json_get_int (status, "token_expires_at", 0) == 0)
    g_string_append (text, _ ("Token expires: never\n"));
  else if (left > 0)
    /* Translators: a duration ("24m 59s"), then the same in seconds */
    g_string_append_printf (text,
                            ngettext ("Token expires: in %s (%d seconds)\n",
                                      "Token expires: in %s (%d seconds)\n",
                                      (gulong) left),
                            duration,
                            (int) left);
  else
    g_string_append_printf (text,
                            ngettext ("Token expires: EXPIRED (%d seconds ago)\n",
                                      "Token expires: EXPIRED (%d seconds ago)\n",
                                      (gulong) -left),
                            (int) -left);
}

static void
append_health (GString *text, JsonObject *status)
{
  const char *health = jump_json_get_string (status, "status", "");
  gint64 threshold = jump_json_get_int (status, "refresh_threshold", 0);

  if (g_str_equal (health, "healthy"))
    g_string_append (text, _ ("Status: ✅ Token is healthy\n"));
  else if (g_str_equal (health, "token_will_refresh_soon"))
    g_string_append_printf (
        text,
        ngettext ("Status: ⚠️ Token will be refreshed soon (threshold: %d seconds)\n",
                  "Status: ⚠️ Token will be refreshed soon (threshold: %d seconds)\n",
                  (gulong) threshold),
        (int) threshold);
  else
    g_string_append (text, _ ("Status: ❌ Token needs refresh\n"));
}

/* A service that has just been started has no token and needs none: that is no reason to worry. */
static void
append_token (GString *text, JsonObject *status)
{
  append_expiry (text, status);
  if (jump_status_has_token (status) || jump_json_get_object (status, "problem") != NULL)
    append_health (text, status);
}

static void
append_account (GString *text, JsonObject *status)
{
  gboolean signed_in =
      g_str_equal (jump_json_get_string (status, "account_state", ""), "signed_in");
  const char *login = jump_json_get_string (status, "login", NULL);

  if (jump_json_get_boolean (status, "demo", FALSE))
    g_string_append (text, _ ("Account: a simulated one (--demo)\n"));
  if (signed_in)
    {
      g_autofree char *source = jump_status_describe_source (status);

      g_string_append_printf (
          text,
          _ ("Signed in as: %s, %s\n"), login == NULL ? _ ("unknown") : login, source);
    }
  if (jump_json_get_string (status, "secret_store", NULL) != NULL)
    g_string_append_printf (text,
                            _ ("Secret store: %s\n"),
                               jump_json_get_string (status, "secret_store", ""));
}

static void
append_problem (GString *text, JsonObject *status)
{
  JsonObject *problem = jump_json_get_object (status, "problem");
  const char *url;

  if (problem == NULL ||
      g_str_equal (jump_json_get_string (problem, "kind", "signed_out"), "signed_out"))
    return;
  url = jump_json_get_string (problem, "url", NULL);
  g_string_append_printf (text,
                          _ ("Problem: %s\n  %s\n"),
                             jump_json_get_string (problem, "title", _ ("unknown")),
                                                   jump_json_get_string (problem, "message", ""));
  if (url != NULL)
    g_string_append_printf (text, "  %s\n", url);
}

/* Inside Flatpak processes have numbers that mean nothing outside. */
static void
append_service (GString *text, JsonObject *status)
{
  g_autofree char *uptime = NULL;

  if (!jump_json_get_boolean (status, "running", FALSE))
    {
      g_string_append (text, _ ("Running: no\n"));
      return;
    }
  uptime = jump_duration_to_text ((gint64) jump_json_get_double (status, "uptime", 0));
  if (jump_sandbox_is_flatpak ())
    {
      /* Translators: an address, a duration */
      g_string_append_printf (
          text,
          _ ("Running: at %s (for %s)\n"), jump_json_get_string (status, "url", ""), uptime);
      return;
    }
  /* Translators: an address, the number of a process, a duration */
  g_string_append_printf (text,
                          _ ("Running: at %s (pid %d, for %s)\n"),
                             jump_json_get_string (status, "url", ""),
                             (int) jump_json_get_int (status, "pid", 0),
                             uptime);
}

static void
append_sockets (GString *text, JsonObject *status)
{
  JsonArray *sockets = jump_json_get_array (status, "sockets");

  for (guint i = 0; sockets != NULL && i < json_array_get_length (sockets); i++)
    {
      JsonObject *socket = jump_json_array_get_object (sockets, i);

      /* Translators: an address; what listens there, a word such as main or control. The settings about
       * where to listen do not count then. */
      g_string_append_printf (text,
                              _ ("Socket from the service manager: %s (%s)\n"),
                                 jump_json_get_string (socket, "place", ""),
                                 jump_json_get_string (socket, "role", ""));
    }
}

/* Only what somebody may want to do something about. */
static void
append_waiting (GString *text, JsonObject *status)
{
  gint64 n_waiting = jump_json_get_int (status, "waiting", 0);
  gint64 n_approvals = jump_json_get_int (status, "approvals", 0);

  if (n_waiting > 0)
    g_string_append_printf (text,
                            ngettext ("Waiting for their turn: %d request\n",
                                      "Waiting for their turn: %d requests\n",
                                      (gulong) n_waiting),
                            (int) n_waiting);
  if (n_approvals > 0)
    g_string_append_printf (text,
                            ngettext ("Waiting to be allowed by you: %d request\n",
                                      "Waiting to be allowed by you: %d requests\n",
                                      (gulong) n_approvals),
                            (int) n_approvals);
  if (jump_json_get_boolean (status, "bursting", FALSE))
    g_string_append (text, _ ("Warning: so many requests at once may look like abuse to GitHub\n"));
}

/* Where requests are refused without asking GitHub. */
static void
append_upstream (GString *text, JsonObject *status)
{
  const char *breaker = jump_json_get_string (status, "breaker", "closed");
  JsonObject *details = jump_json_get_object (status, "breaker_details");
  JsonArray *limits = jump_json_get_array (status, "cooldowns");

  if (!g_str_equal (breaker, "closed"))
    {
      int seconds = (int) jump_json_get_int (details, "probe_in", 0);

      g_string_append_printf (text, _ ("Copilot: fails, tried again in %d s\n"), seconds);
    }
  for (guint i = 0; limits != NULL && i < json_array_get_length (limits); i++)
    {
      JsonObject *limit = jump_json_array_get_object (limits, i);
      const char *model = jump_json_get_string (limit, "model", _ ("all models"));
      int seconds = (int) jump_json_get_int (limit, "seconds", 0);

      /* Translators: the name of a model, or "all models"; seconds */
      g_string_append_printf (text,
                              _ ("Limited by Copilot: %s, for another %d s\n"), model, seconds);
    }
}

/**
 * jump_status_to_text:
 * @status: the answer of GET /api/status, with "running"
 *
 * Returns: (transfer full): the lines that "jumpseat status" prints
 */
char *
jump_status_to_text (JsonObject *status)
{
  GString *text = g_string_new (NULL);
  gint64 interval = jump_json_get_int (status, "refresh_interval", 0);
  gboolean has_token = jump_json_get_boolean (status, "has_github_token", FALSE);
  gboolean has_account =
      g_str_equal (jump_json_get_string (status, "account_state", ""), "signed_in");

  g_string_append_printf (text,
                          _ ("Configuration file: %s\n"),
                             jump_json_get_string (status, "config_file", ""));
  g_string_append_printf (text, _ ("Port: %d\n"), (int) jump_json_get_int (status, "port", 0));
  if (jump_json_get_boolean (status, "authenticated", FALSE))
    g_string_append (text, _ ("Authentication: ✓ Authenticated\n"));
  else
    g_string_append (text, _ ("Authentication: ✗ Not authenticated\n"));
  if (!has_account)
    g_string_append (text, _ ("  Sign in with: jumpseat login\n"));
  if (!g_str_equal (jump_json_get_string (status, "status", ""), "not_authenticated"))
    append_token (text, status);
  g_string_append_printf (text, _ ("Has GitHub token: %s\n"), has_token ? _ ("true") : _ ("false"));
  if (interval > 0)
    g_string_append_printf (text,
                            ngettext ("Refresh interval: %d seconds\n",
                                      "Refresh interval: %d seconds\n",
                                      (gulong) interval),
                            (int) interval);
  append_account (text, status);
  append_problem (text, status);
  append_service (text, status);
  append_sockets (text, status);
  if (jump_json_get_boolean (status, "paused", FALSE))
    g_string_append (text, _ ("Paused: requests are refused until you resume\n"));
  append_upstream (text, status);
  append_waiting (text, status);
  return g_string_free (text, FALSE);
}

/**
 * jump_status_has_token:
 * @status: the answer of GET /api/status
 *
 * A token that does not expire has no time of expiry either, but it is healthy.
 *
 * Returns: whether a Copilot token is at hand, perhaps an expired one
 */
gboolean
jump_status_has_token (JsonObject *status)
{
  return jump_json_get_int (status, "token_expires_at", 0) != 0 ||
         g_str_equal (jump_json_get_string (status, "status", ""), "healthy");
}

/**
 * jump_status_describe_source:
 * @status: the answer of GET /api/status
 *
 * Returns: (transfer full): where the credential in use was found
 */
char *
jump_status_describe_source (JsonObject *status)
{
  const char *source = jump_json_get_string (status, "source", _ ("unknown"));

  return g_strdup_printf (_ ("credential from: %s"), source);
}
