/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/error-text.h"

#include "ui/link-text.h"
#include "ui/trouble-words.h"

#include <glib/gi18n-lib.h>

static char *
describe (const JumpTroubleWords *words, const char *detail)
{
  g_autofree char *plain = NULL;

  if (detail == NULL || *detail == '\0' || words->detail == JUMP_DETAIL_NEVER)
    return g_strdup (_ (words->text));
  plain = jump_link_text_strip (detail);
  if (words->detail == JUMP_DETAIL_INSTEAD)
    return g_steal_pointer (&plain);
  /* in a line of its own, as it is in English and may have brackets */
  return g_strconcat (_ (words->text), "\n", plain, NULL);
}

static JumpErrorText *
build (const JumpTroubleWords *words, const char *detail)
{
  JumpErrorText *self = g_new0 (JumpErrorText, 1);

  self->title = g_strdup (_ (words->title));
  self->text = describe (words, detail);
  self->button = words->button == NULL ? NULL : g_strdup (_ (words->button));
  self->action = words->action;
  self->target = g_strdup (words->target);
  self->is_serious = words->is_serious;
  return self;
}

/* Upstream's page about it is better than a general one, and better than none. */
static void
lead_to (JumpErrorText *self, const char *url)
{
  if (g_strcmp0 (self->action, "app.open-uri") != 0)
    {
      self->action = "app.open-uri";
      g_free (self->button);
      self->button = g_strdup (_ ("Learn _More"));
    }
  g_free (self->target);
  self->target = g_strdup (url);
}

/* Words that upstream meant for people have a name or a page; the token manager's others are ours, in
 * English. */
static gboolean
is_upstreams (const JumpProblem *problem)
{
  return problem->notification_id != NULL || problem->url != NULL;
}

/* Returns: (nullable) (transfer none) */
static const char *
get_detail (const JumpProblem *problem)
{
  gboolean is_ours = problem->title != NULL && !is_upstreams (problem);
  gboolean is_technical =
      problem->kind == JUMP_PROBLEM_NETWORK || problem->kind == JUMP_PROBLEM_PROTOCOL;

  return is_ours && !is_technical ? NULL : problem->message;
}

static void
take_words (JumpErrorText *self, const JumpProblem *problem)
{
  if (problem->title != NULL && *problem->title != '\0')
    {
      g_free (self->title);
      self->title = g_strdup (problem->title);
    }
  if (problem->message != NULL && *problem->message != '\0')
    {
      g_free (self->text);
      self->text = jump_link_text_strip (problem->message);
    }
}

/**
 * jump_error_text_new_for_attention:
 * @attention: what the service says of itself
 * @problem: (nullable): as jump_service_dup_problem() gives it: title and url only where upstream sent
 *   them, and then all of it as sent
 * @error: (nullable): why the service does not listen
 *
 * Returns: (transfer full): empty texts for JUMP_ATTENTION_NONE
 */
JumpErrorText *
jump_error_text_new_for_attention (JumpAttention attention,
                                   const JumpProblem *problem,
                                   const GError *error)
{
  const char *detail = problem == NULL ? NULL : get_detail (problem);
  JumpErrorText *self;

  if (attention == JUMP_ATTENTION_NOT_LISTENING && error != NULL)
    detail = error->message;
  self = build (jump_trouble_words_for_attention (attention), detail);
  if (problem == NULL)
    return self;
  if (is_upstreams (problem))
    take_words (self, problem);
  /* a new sign-in is what helps there, and another version there, whatever page upstream names */
  if (problem->url != NULL && attention != JUMP_ATTENTION_SIGN_IN &&
      attention != JUMP_ATTENTION_CLIENT_REFUSED)
    lead_to (self, problem->url);
  return self;
}

/**
 * jump_error_text_new_for_error:
 * @error: of something that a person asked for
 *
 * Returns: (transfer full)
 */
JumpErrorText *
jump_error_text_new_for_error (const GError *error)
{
  return build (jump_trouble_words_for_error (error), error->message);
}

/* "sign-in: the code …" says the title already. */
static const char *
skip_prefix (const char *message)
{
  return g_str_has_prefix (message, "sign-in: ") ? message + strlen ("sign-in: ") : message;
}

/**
 * jump_error_text_new_for_sign_in:
 * @state: how it ended; one that has not ended counts as cancelled
 * @error: (nullable): of the flow, when it failed
 *
 * What GitHub says of the account after a sign-in that went well is an attention's text.
 *
 * Returns: (transfer full)
 */
JumpErrorText *
jump_error_text_new_for_sign_in (JumpDeviceFlowState state, const GError *error)
{
  const char *detail = error == NULL ? NULL : skip_prefix (error->message);

  return build (jump_trouble_words_for_sign_in (state, error), detail);
}

void
jump_error_text_free (JumpErrorText *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->text);
  g_free (self->button);
  g_free (self->target);
  g_free (self);
}
