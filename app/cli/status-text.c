/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/status-text.h"

#include "app/cli/duration-text.h"

/* Kept word for word: scripts read these lines (S-03). */
static void
append_expiry (GString *text, JsonObject *status)
{
  gint64 left = jump_json_get_int (status, "token_expires_in_seconds", 0);
  g_autofree char *duration = jump_duration_to_text (left);

  if (!jump_status_has_token (status))
    g_string_append (text, "Token expires: there is none yet, the first request fetches one\n");
  else if (jump_json_get_int (status, "token_expires_at", 0) == 0)
    g_string_append (text, "Token expires: never\n");
  else if (left > 0)
    g_string_append_printf (text,
                            "Token expires: in %s (%" G_GINT64_FORMAT " seconds)\n",
                            duration,
                            left);
  else
    g_string_append_printf (text,
                            "Token expires: EXPIRED (%" G_GINT64_FORMAT " seconds ago)\n",
                            -left);
}

static void
append_health (GString *text, JsonObject *status)
{
  const char *health = jump_json_get_string (status, "status", "");

  if (g_str_equal (health, "healthy"))
    g_string_append (text, "Status: ✅ Token is healthy\n");
  else if (g_str_equal (health, "token_will_refresh_soon"))
    g_string_append_printf (
        text,
        "Status: ⚠️ Token will be refreshed soon (threshold: %" G_GINT64_FORMAT " seconds)\n",
        jump_json_get_int (status, "refresh_threshold", 0));
  else
    g_string_append (text, "Status: ❌ Token needs refresh\n");
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
    g_string_append (text, "Account: a simulated one (--demo)\n");
  if (signed_in)
    {
      g_autofree char *source = jump_status_describe_source (status);

      g_string_append_printf (text,
                              "Signed in as: %s, %s\n",
                              login == NULL ? "unknown" : login,
                              source);
    }
  if (jump_json_get_string (status, "secret_store", NULL) != NULL)
    g_string_append_printf (text,
                            "Secret store: %s\n",
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
                          "Problem: %s\n  %s\n",
                          jump_json_get_string (problem, "title", "unknown"),
                          jump_json_get_string (problem, "message", ""));
  if (url != NULL)
    g_string_append_printf (text, "  %s\n", url);
}

static void
append_service (GString *text, JsonObject *status)
{
  g_autofree char *uptime = NULL;

  if (!jump_json_get_boolean (status, "running", FALSE))
    {
      g_string_append (text, "Running: no\n");
      return;
    }
  uptime = jump_duration_to_text ((gint64) jump_json_get_double (status, "uptime", 0));
  g_string_append_printf (text,
                          "Running: at %s (pid %" G_GINT64_FORMAT ", for %s)\n",
                          jump_json_get_string (status, "url", ""),
                          jump_json_get_int (status, "pid", 0),
                          uptime);
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
  gboolean has_token = jump_json_get_boolean (status, "has_github_token", FALSE);
  gboolean has_account =
      g_str_equal (jump_json_get_string (status, "account_state", ""), "signed_in");

  g_string_append_printf (text,
                          "Configuration file: %s\nPort: %" G_GINT64_FORMAT "\n",
                          jump_json_get_string (status, "config_file", ""),
                          jump_json_get_int (status, "port", 0));
  if (jump_json_get_boolean (status, "authenticated", FALSE))
    g_string_append (text, "Authentication: ✓ Authenticated\n");
  else
    g_string_append (text, "Authentication: ✗ Not authenticated\n");
  if (!has_account)
    g_string_append (text, "  Sign in with: jumpseat login\n");
  if (!g_str_equal (jump_json_get_string (status, "status", ""), "not_authenticated"))
    append_token (text, status);
  g_string_append_printf (text, "Has GitHub token: %s\n", has_token ? "true" : "false");
  if (jump_json_get_int (status, "refresh_interval", 0) > 0)
    g_string_append_printf (text,
                            "Refresh interval: %" G_GINT64_FORMAT " seconds\n",
                            jump_json_get_int (status, "refresh_interval", 0));
  append_account (text, status);
  append_problem (text, status);
  append_service (text, status);
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
  const char *source = jump_json_get_string (status, "source", "unknown");

  return g_strdup_printf ("credential from: %s", source);
}
