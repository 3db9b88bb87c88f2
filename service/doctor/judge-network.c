/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/judge-network.h"

#include "service/base/error.h"

#include <string.h>

/* Skew is told from here on: tokens live for half an hour, and times in the history look odd. */
#define SKEW_WARNING 60
/* From here on tokens and certificates may look invalid. */
#define SKEW_FAILED 300

#define FIX_CLOCK                                                                             \
  "Set this computer's clock: switch on \"automatic date and time\" in its settings, or run " \
  "timedatectl set-ntp true."

static gboolean
says (const GError *error, const char *words)
{
  g_autofree char *text = g_ascii_strdown (error->message, -1);

  return strstr (text, words) != NULL;
}

static const char *
name_proxy_remedy (const JumpProxyReport *proxy)
{
  switch (proxy->source)
    {
    case JUMP_PROXY_FROM_SETTING:
      return "Correct the proxy's address with: jumpseat config set upstream.proxy URL";
    case JUMP_PROXY_FROM_ENVIRONMENT:
      return "Correct or unset the proxy variable named here where Jumpseat is started, or set "
             "another proxy with: jumpseat config set upstream.proxy URL";
    case JUMP_PROXY_FROM_SYSTEM:
      return "Correct the proxy in this computer's network settings, or set another one with: "
             "jumpseat config set upstream.proxy URL";
    case JUMP_PROXY_FROM_NOBODY:
      break;
    }
  return "Set the proxy of your network with: jumpseat config set upstream.proxy URL";
}

static char *
describe_source (const JumpProxyReport *proxy)
{
  switch (proxy->source)
    {
    case JUMP_PROXY_FROM_SETTING:
      return g_strdup_printf ("%s (setting upstream.proxy)", proxy->proxy);
    case JUMP_PROXY_FROM_ENVIRONMENT:
      return g_strdup_printf ("%s (variable %s)", proxy->proxy, proxy->variable);
    case JUMP_PROXY_FROM_SYSTEM:
      return g_strdup_printf ("%s (this computer's settings)", proxy->proxy);
    case JUMP_PROXY_FROM_NOBODY:
      break;
    }
  return g_strdup ("none");
}

/* Whether it was the proxy that failed, and not what is behind it. */
static gboolean
is_of_proxy (const GError *error)
{
  return says (error, "proxy") || says (error, "could not connect") ||
         says (error, "connect tunnel");
}

/**
 * jump_judge_proxy:
 * @proxy: what the request took
 * @error: (nullable): how it ended
 *
 * Errors of the server behind a proxy that works are for other checks.
 */
JumpVerdict *
jump_judge_proxy (const JumpProxyReport *proxy, const GError *error)
{
  g_autofree char *source = describe_source (proxy);

  if (proxy->source == JUMP_PROXY_FROM_NOBODY)
    return jump_verdict_new_ok ("none: servers are asked directly");
  if (error == NULL || !is_of_proxy (error))
    return jump_verdict_new_ok ("%s", source);
  if (says (error, "407") || says (error, "authentication"))
    return jump_verdict_new_failed (
        "Give the proxy your name and password with: jumpseat config set upstream.proxy "
        "http://NAME:PASSWORD@HOST:PORT",
        "%s wants a name and password, or refuses those it got",
        source);
  return jump_verdict_new_failed (name_proxy_remedy (proxy),
                                  "%s does not work: %s",
                                  source,
                                  error->message);
}

/**
 * jump_judge_name:
 * @host: a name
 * @found: (nullable): its addresses
 * @error: (nullable): why there are none
 */
JumpVerdict *
jump_judge_name (const char *host, const char *found, const GError *error)
{
  if (found != NULL)
    return jump_verdict_new_ok ("%s is %s", host, found);
  return jump_verdict_new_failed (
      "Check this computer's network connection and name server (DNS), and that the addresses in "
      "[upstream] of the settings are spelled right: jumpseat config --all",
      "%s cannot be found: %s",
      host,
      error == NULL ? "no addresses" : error->message);
}

static JumpVerdict *
judge_certificate (const GError *error)
{
  if (says (error, "self-signed") || says (error, "self signed") ||
      says (error, "unable to get local issuer") || says (error, "unknown ca") ||
      says (error, "issuer"))
    return jump_verdict_new_failed (
        "If your company inspects traffic, get its root certificate as a PEM file and run: jumpseat "
        "config set upstream.ca_file FILE",
        "%s",
        error->message);
  if (says (error, "expired") || says (error, "not yet valid") || says (error, "not activated"))
    return jump_verdict_new_failed (FIX_CLOCK, "%s", error->message);
  if (says (error, "subject name") || says (error, "host name") || says (error, "hostname") ||
      says (error, "does not match"))
    return jump_verdict_new_failed (
        "Something answers in the server's place: leave the network's sign-in page behind, or "
        "correct the addresses in [upstream]: jumpseat config --all",
        "%s",
        error->message);
  return jump_verdict_new_failed (
      "Update this computer's certificates (package ca-certificates), or name a company's own with: "
      "jumpseat config set upstream.ca_file FILE",
      "%s",
      error->message);
}

/**
 * jump_judge_reach:
 * @host: a name, for errors that tell none
 * @error: of the HTTP client
 */
JumpVerdict *
jump_judge_reach (const char *host, const GError *error)
{
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_PORTAL))
    return jump_verdict_new_failed ("Open a browser and sign in to this network.",
                                    "%s",
                                    error->message);
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
    return jump_verdict_new_failed (
        "Name a readable PEM file with: jumpseat config set upstream.ca_file FILE",
        "%s",
        error->message);
  if (says (error, "certificate"))
    return judge_certificate (error);
  if (says (error, "tls handshake"))
    return jump_verdict_new_failed (
        "Something between here and the server breaks encryption: check proxy, firewall and virus "
        "scanner, and that the address really is one of https: jumpseat config --all",
        "%s",
        error->message);
  if (says (error, "could not resolve"))
    return jump_judge_name (host, NULL, error);
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_TIMEOUT))
    return jump_verdict_new_failed (
        "Check the network and its firewall; where a proxy is needed run: jumpseat config set "
        "upstream.proxy URL",
        "%s",
        error->message);
  return jump_verdict_new_failed (
      "Let your firewall pass connections to this server, or set your network's proxy with: jumpseat "
      "config set upstream.proxy URL",
      "%s",
      error->message);
}

/**
 * jump_judge_clock:
 * @skew: positive: this computer is ahead
 */
JumpVerdict *
jump_judge_clock (gint64 skew)
{
  gint64 distance = ABS (skew);
  const char *side = skew > 0 ? "ahead of" : "behind";

  if (distance > SKEW_FAILED)
    return jump_verdict_new_failed (FIX_CLOCK,
                                    "this computer is %" G_GINT64_FORMAT " min %s GitHub",
                                    distance / 60,
                                    side);
  if (distance > SKEW_WARNING)
    return jump_verdict_new_warning (FIX_CLOCK,
                                     "this computer is %" G_GINT64_FORMAT " s %s GitHub",
                                     distance,
                                     side);
  if (distance <= 1)
    return jump_verdict_new_ok ("the same as GitHub's");
  return jump_verdict_new_ok ("%" G_GINT64_FORMAT " s %s GitHub", distance, side);
}
