/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/judge-call.h"

#include <string.h>

/* Longer than any computer needs for a few bytes. */
#define SLOW_PASSING (250 * G_TIME_SPAN_MILLISECOND)
/* A model that says so many events takes a while for it: when all come at once, somebody held them. */
#define ENOUGH_EVENTS 8
#define HELD_AT_LEAST (300 * G_TIME_SPAN_MILLISECOND)
#define LAST_MOMENT   (20 * G_TIME_SPAN_MILLISECOND)

static const char *
name_remedy (guint status)
{
  switch (status)
    {
    case 0:
      return "Try again with: jumpseat doctor; if it stays so, look at the request with: jumpseat requests";
    case 401:
      return "Sign in again with: jumpseat login --force";
    case 402:
      return "Wait until the month begins anew, or allow more spending at "
             "https://github.com/settings/copilot";
    case 403:
      return "Allow the model at https://github.com/settings/copilot/features, or ask the "
             "administrator of your organisation to.";
    case 400:
    case 404:
      return "Read the models anew with: jumpseat models; if it stays so, look at the request with: "
             "jumpseat requests";
    case 429:
      return "Wait as long as the message says; jumpseat budget and jumpseat usage show what was "
             "used.";
    case 503:
      return "Wait for a minute and try again; jumpseat status says what Jumpseat waits for.";
    default:
      return "Try again in a minute; https://www.githubstatus.com tells of troubles, and jumpseat "
             "requests shows the request.";
    }
}

/**
 * jump_judge_call:
 * @label: what was asked
 * @status: of the reply
 * @message: (nullable): of an error
 */
JumpVerdict *
jump_judge_call (const char *label, guint status, const char *message)
{
  if (status == 200)
    return jump_verdict_new_ok ("%s", label);
  if (status == 0)
    return jump_verdict_new_failed (name_remedy (0),
                                    "%s: %s",
                                    label,
                                    message == NULL ? "no reply" : message);
  return jump_verdict_new_failed (name_remedy (status),
                                  "%s: status %u%s%s",
                                  label,
                                  status,
                                  message == NULL ? "" : ", ",
                                  message == NULL ? "" : message);
}

static double
to_ms (gint64 time)
{
  return (double) time / 1000;
}

/**
 * jump_judge_stream:
 * @label: model and price
 * @facts: of one that ended well
 */
JumpVerdict *
jump_judge_stream (const char *label, const JumpStreamFacts *facts)
{
  gboolean is_held = facts->n_events >= ENOUGH_EVENTS && facts->first >= HELD_AT_LEAST &&
                     facts->total - facts->first <= LAST_MOMENT;

  if (facts->n_events == 0)
    return jump_verdict_new_failed ("Look at the request with: jumpseat requests",
                                    "%s: the stream was empty",
                                    label);
  if (facts->passed_on > SLOW_PASSING)
    return jump_verdict_new_warning (
        "Exempt Jumpseat's port on 127.0.0.1 from virus scanners and local proxies: they hold "
        "streams back.",
        "%s: the first byte took %.0f ms inside this computer",
        label,
        to_ms (facts->passed_on));
  if (is_held)
    return jump_verdict_new_warning (
        "Have the Copilot host exempted from the proxy or virus scanner that holds streams back, or "
        "set another proxy with: jumpseat config set upstream.proxy URL",
        "%s: nothing for %.0f ms, then %u events at once: something on the way buffers",
        label,
        to_ms (facts->first),
        facts->n_events);
  if (facts->passed_on < 0)
    return jump_verdict_new_ok ("%s: first byte after %.0f ms, %u events, longest gap %.0f ms",
                                label,
                                to_ms (facts->first),
                                facts->n_events,
                                to_ms (facts->gap));
  return jump_verdict_new_ok (
      "%s: first byte after %.0f ms, passed on in %.1f ms, %u events, longest "
      "gap %.0f ms",
      label,
      to_ms (facts->first),
      to_ms (facts->passed_on),
      facts->n_events,
      to_ms (facts->gap));
}
