/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/condition-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

static const char *
get_icon (JumpCondition condition)
{
  switch (condition)
    {
    case JUMP_CONDITION_STARTING:
    case JUMP_CONDITION_READY:
      return "io.github.jumpseat.Jumpseat-ready-symbolic";
    case JUMP_CONDITION_WORKING:
      return "io.github.jumpseat.Jumpseat-working-symbolic";
    case JUMP_CONDITION_SIGNED_OUT:
    case JUMP_CONDITION_SIGNING_IN:
      return "io.github.jumpseat.Jumpseat-signed-out-symbolic";
    case JUMP_CONDITION_ATTENTION:
      return "io.github.jumpseat.Jumpseat-attention-symbolic";
    case JUMP_CONDITION_PAUSED:
      return "io.github.jumpseat.Jumpseat-paused-symbolic";
    }
  return "io.github.jumpseat.Jumpseat-ready-symbolic";
}

static const char *
get_attention_status (JumpAttention attention)
{
  switch (attention)
    {
    case JUMP_ATTENTION_NONE:
      return _ ("Something needs attention");
    case JUMP_ATTENTION_NOT_LISTENING:
      return _ ("Not reachable: the port is taken");
    case JUMP_ATTENTION_SIGN_IN:
      return _ ("Sign in again");
    case JUMP_ATTENTION_NO_SUBSCRIPTION:
      return _ ("No Copilot subscription");
    case JUMP_ATTENTION_SSO:
      return _ ("Your organization wants a sign-in");
    case JUMP_ATTENTION_PORTAL:
      return _ ("The network wants a sign-in");
    case JUMP_ATTENTION_CLOCK:
      return _ ("The computer’s clock is wrong");
    case JUMP_ATTENTION_APPROVAL:
      return _ ("A request waits for you");
    case JUMP_ATTENTION_BURST:
      return _ ("Very many requests");
    case JUMP_ATTENTION_BLOCKED:
      return _ ("Copilot is blocked for this account");
    case JUMP_ATTENTION_CLIENT_REFUSED:
      return _ ("GitHub does not accept the client identity");
    case JUMP_ATTENTION_OUT_OF_CREDITS:
      return _ ("Out of credits");
    case JUMP_ATTENTION_RATE_LIMITED:
      return _ ("Rate limit reached");
    case JUMP_ATTENTION_OFFLINE:
      return _ ("No network");
    case JUMP_ATTENTION_UPSTREAM_DOWN:
      return _ ("Copilot does not answer");
    case JUMP_ATTENTION_PROTOCOL:
      return _ ("Copilot’s answer was not understood");
    }
  return "";
}

static char *
describe_ready (const JumpConditionFigures *figures)
{
  if (figures->is_demo)
    /* Translators: the simulated service; %u is a port number such as 8081 */
    return g_strdup_printf (_ ("Demo on port %u"), figures->port);
  /* Translators: %u is a port number such as 8081 */
  return g_strdup_printf (_ ("Ready on port %u"), figures->port);
}

static char *
describe_status (const JumpConditionFigures *figures)
{
  switch (figures->condition)
    {
    case JUMP_CONDITION_STARTING:
      return g_strdup (_ ("Starting…"));
    case JUMP_CONDITION_SIGNED_OUT:
      return g_strdup (_ ("Not signed in"));
    case JUMP_CONDITION_SIGNING_IN:
      return g_strdup (_ ("Signing in…"));
    case JUMP_CONDITION_READY:
      return describe_ready (figures);
    case JUMP_CONDITION_WORKING:
      return g_strdup_printf (
          ngettext ("Working: %u request", "Working: %u requests", figures->open_exchanges),
          figures->open_exchanges);
    case JUMP_CONDITION_ATTENTION:
      return g_strdup (get_attention_status (figures->attention));
    case JUMP_CONDITION_PAUSED:
      return g_strdup (_ ("Paused"));
    }
  return g_strdup ("");
}

static void
append (GString *line, char *part)
{
  if (part == NULL)
    return;
  g_string_append_printf (line, "%s%s", line->len == 0 ? "" : " · ", part);
  g_free (part);
}

/* Returns: (transfer full) (nullable): the status of a service that is ready has it already. */
static char *
describe_port (const JumpConditionFigures *figures)
{
  if (figures->port == 0 || figures->condition == JUMP_CONDITION_READY)
    return NULL;
  return g_strdup_printf (_ ("port %u"), figures->port);
}

/* Returns: (transfer full) (nullable): what today cost, or, where nothing has a price, what it was */
static char *
describe_today (const JumpConditionFigures *figures)
{
  g_autofree char *credits = NULL;
  guint n_requests;

  if (figures->n_requests_today == 0)
    return NULL;
  if (figures->nano_aiu_today > 0)
    {
      credits = jump_figure_text_credits ((gint64) figures->nano_aiu_today);
      /* Translators: %s is a number such as 0.42 */
      return g_strdup_printf (_ ("credits today: %s"), credits);
    }
  n_requests = (guint) MIN (figures->n_requests_today, G_MAXUINT);
  return g_strdup_printf (ngettext ("%u request today", "%u requests today", n_requests),
                          n_requests);
}

/**
 * jump_condition_text_new:
 * @figures: what there is to say
 *
 * Returns: (transfer full): in the language of the screen
 */
JumpConditionText *
jump_condition_text_new (const JumpConditionFigures *figures)
{
  JumpConditionText *self = g_new0 (JumpConditionText, 1);
  g_autoptr (GString) line = g_string_new (NULL);

  self->icon = get_icon (figures->condition);
  self->status = describe_status (figures);
  append (line, g_strdup (self->status));
  append (line, describe_port (figures));
  append (line, describe_today (figures));
  self->tooltip = g_string_free (g_steal_pointer (&line), FALSE);
  return self;
}

/**
 * jump_condition_text_new_for_service:
 * @service: asked for its figures
 *
 * Returns: (transfer full)
 */
JumpConditionText *
jump_condition_text_new_for_service (JumpService *service)
{
  JumpConditionFigures figures = { 0 };
  JumpUsageSums sums = { 0 };

  jump_usage_day_get_sums (jump_service_get_usage_day (service), &sums);
  figures.condition = jump_service_get_condition (service, &figures.attention);
  figures.port = jump_service_get_port (service);
  figures.open_exchanges = jump_service_get_open_exchanges (service);
  figures.n_requests_today = sums.n_requests;
  figures.nano_aiu_today = sums.nano_aiu;
  figures.is_demo = jump_service_get_is_demo (service);
  return jump_condition_text_new (&figures);
}

void
jump_condition_text_free (JumpConditionText *self)
{
  if (self == NULL)
    return;
  g_free (self->status);
  g_free (self->tooltip);
  g_free (self);
}
