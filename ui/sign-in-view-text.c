/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-view-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static JumpSignInView
decide_by_flow (JumpDeviceFlowState flow)
{
  switch (flow)
    {
    case JUMP_DEVICE_FLOW_IDLE:
    case JUMP_DEVICE_FLOW_STARTING:
      return JUMP_SIGN_IN_STARTING;
    case JUMP_DEVICE_FLOW_PENDING:
      return JUMP_SIGN_IN_PENDING;
    case JUMP_DEVICE_FLOW_SUCCESS:
      return JUMP_SIGN_IN_STORING;
    case JUMP_DEVICE_FLOW_EXPIRED:
    case JUMP_DEVICE_FLOW_DENIED:
    case JUMP_DEVICE_FLOW_CANCELLED:
    case JUMP_DEVICE_FLOW_FAILED:
      return JUMP_SIGN_IN_ENDED;
    }
  return JUMP_SIGN_IN_NONE;
}

static JumpSignInView
decide_by_token (const JumpSignInFacts *facts)
{
  if (facts->has_token)
    return JUMP_SIGN_IN_DONE;
  switch (facts->token)
    {
    case JUMP_TOKEN_IDLE:
    case JUMP_TOKEN_EXCHANGING:
      return JUMP_SIGN_IN_CHECKING;
    case JUMP_TOKEN_READY:
      return JUMP_SIGN_IN_DONE;
    case JUMP_TOKEN_FAILED:
      return facts->problem == JUMP_PROBLEM_NONE ? JUMP_SIGN_IN_CHECKING : JUMP_SIGN_IN_PROBLEM;
    }
  return JUMP_SIGN_IN_CHECKING;
}

/**
 * jump_sign_in_facts_collect:
 * @service: whose account it is about
 *
 * Returns: how it is now
 */
JumpSignInFacts
jump_sign_in_facts_collect (JumpService *service)
{
  JumpTokenManager *tokens = jump_service_get_token_manager (service);
  const JumpProblem *problem = jump_token_manager_get_problem (tokens);
  JumpAccount *account = jump_service_get_account (service);
  JumpDeviceFlow *flow = jump_account_get_sign_in (account);

  return (JumpSignInFacts){
    .has_flow = flow != NULL,
    .flow = flow == NULL ? JUMP_DEVICE_FLOW_IDLE : jump_device_flow_get_state (flow),
    .account = jump_account_get_state (account),
    .token = jump_token_manager_get_state (tokens),
    .has_token = jump_token_manager_peek (tokens) != NULL,
    .problem = problem == NULL ? JUMP_PROBLEM_NONE : problem->kind,
  };
}

/**
 * jump_sign_in_view_decide:
 * @facts: what account, sign-in and token manager say
 *
 * A sign-in that runs comes first, even when somebody is signed in already: it was asked for.
 *
 * Returns: what to show
 */
JumpSignInView
jump_sign_in_view_decide (const JumpSignInFacts *facts)
{
  if (facts->has_flow)
    return decide_by_flow (facts->flow);
  switch (facts->account)
    {
    case JUMP_ACCOUNT_LOADING:
      return JUMP_SIGN_IN_CHECKING;
    case JUMP_ACCOUNT_SIGNED_OUT:
      return JUMP_SIGN_IN_NONE;
    case JUMP_ACCOUNT_SIGNED_IN:
      return decide_by_token (facts);
    }
  return JUMP_SIGN_IN_NONE;
}

/**
 * jump_sign_in_needs_code:
 * @facts: what account, sign-in and token manager say
 *
 * Somebody who is signed in is asked first, and a code that is still good is shown again.
 *
 * Returns: whether a sign-in is to be started for a person who asks for one
 */
gboolean
jump_sign_in_needs_code (const JumpSignInFacts *facts)
{
  JumpSignInView view = jump_sign_in_view_decide (facts);

  return view == JUMP_SIGN_IN_NONE || view == JUMP_SIGN_IN_ENDED ||
         (view == JUMP_SIGN_IN_PROBLEM &&
          jump_sign_in_get_attention (facts->problem) == JUMP_ATTENTION_SIGN_IN);
}

/**
 * jump_sign_in_spell_code:
 * @code: as GitHub sent it, "WDJB-MJHT"
 *
 * Screen readers would try to speak it as a word.
 *
 * Returns: (transfer full): its characters, with spaces between them
 */
char *
jump_sign_in_spell_code (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *at = code; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (at != code)
        g_string_append_c (text, ' ');
      if (*at == '-')
        /* Translators: the character "-" in a sign-in code, as it is spoken when spelled out. */
        g_string_append (text, _ ("dash"));
      else
        g_string_append_unichar (text, g_utf8_get_char (at));
    }
  return g_string_free (text, FALSE);
}

/**
 * jump_sign_in_describe_wait:
 * @view: STARTING, STORING or CHECKING
 * @store: "keyring", "file" or "memory"
 *
 * Returns: (transfer full): what is being waited for, and whether the person can help
 */
char *
jump_sign_in_describe_wait (JumpSignInView view, const char *store)
{
  if (view == JUMP_SIGN_IN_STARTING)
    return g_strdup (_ ("Asking GitHub for a code…"));
  if (view == JUMP_SIGN_IN_STORING && strcmp (store, "keyring") == 0)
    return g_strdup (_ ("GitHub said yes. Now the sign-in is being put into your keyring. If your "
                        "desktop asks for the keyring’s password, please type it there."));
  if (view == JUMP_SIGN_IN_STORING)
    return g_strdup (_ ("GitHub said yes. Now the sign-in is being saved…"));
  return g_strdup (_ ("Signed in. Looking for your Copilot plan…"));
}

/**
 * jump_sign_in_describe_account:
 * @login: (nullable): the name at GitHub
 * @plan: (nullable): "Pro+"
 *
 * Returns: (transfer full): one sentence
 */
char *
jump_sign_in_describe_account (const char *login, const char *plan)
{
  if (login != NULL && plan != NULL)
    /* Translators: first a person's name at GitHub, then a Copilot plan such as "Pro+". */
    return g_strdup_printf (_ ("Signed in as %s, plan: %s."), login, plan);
  if (login != NULL)
    /* Translators: %s is a person's name at GitHub. */
    return g_strdup_printf (_ ("Signed in as %s."), login);
  if (plan != NULL)
    /* Translators: %s is a Copilot plan such as "Pro+". */
    return g_strdup_printf (_ ("Signed in, plan: %s."), plan);
  return g_strdup (_ ("Signed in."));
}

/**
 * jump_sign_in_describe_store:
 * @source: where the sign-in comes from
 * @store: "keyring", "file" or "memory"
 *
 * Returns: (transfer full): one sentence
 */
char *
jump_sign_in_describe_store (JumpAccountSource source, const char *store)
{
  switch (source)
    {
    case JUMP_SOURCE_NONE:
    case JUMP_SOURCE_STORED:
      break;
    case JUMP_SOURCE_ENVIRONMENT_OWN:
    case JUMP_SOURCE_ENVIRONMENT_GITHUB:
    case JUMP_SOURCE_COPILOT_TOKEN:
      /* Translators: %s is the name of an environment variable. */
      return g_strdup_printf (_ ("The sign-in comes from the environment variable %s."),
                                 jump_account_source_to_string (source));
    }
  if (strcmp (store, "keyring") == 0)
    return g_strdup (_ ("The sign-in is kept in your desktop’s keyring."));
  if (strcmp (store, "file") == 0)
    return g_strdup (_ ("The sign-in is kept in a file that only you can read."));
  return g_strdup (_ ("The sign-in lasts until Jumpseat quits."));
}

/**
 * jump_sign_in_describe_remaining:
 * @seconds: until the code expires; below 0 counts as 0
 *
 * Returns: (transfer full): one sentence
 */
char *
jump_sign_in_describe_remaining (gint64 seconds)
{
  gint64 left = MAX (seconds, 0);

  /* Translators: minutes and seconds that are left, as in "14:59". */
  return g_strdup_printf (
      _ ("The code is valid for %d:%02d."), (int) (left / 60), (int) (left % 60));
}

/**
 * jump_sign_in_is_web_address:
 * @uri: (nullable): what upstream sent
 *
 * Returns: whether a browser may be sent there; a "file:" address may not be opened for anybody
 */
gboolean
jump_sign_in_is_web_address (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;

  if (uri == NULL)
    return FALSE;
  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  return parsed != NULL && g_uri_get_host (parsed) != NULL && *g_uri_get_host (parsed) != '\0' &&
         (strcmp (g_uri_get_scheme (parsed), "https") == 0 ||
          strcmp (g_uri_get_scheme (parsed), "http") == 0);
}

/**
 * jump_sign_in_get_attention:
 * @kind: a kind of problem
 *
 * Returns: what it calls for, as jump_condition_decide() would say
 */
JumpAttention
jump_sign_in_get_attention (JumpProblemKind kind)
{
  switch (kind)
    {
    case JUMP_PROBLEM_NONE:
      return JUMP_ATTENTION_NONE;
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
      return JUMP_ATTENTION_SIGN_IN;
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
      return JUMP_ATTENTION_NO_SUBSCRIPTION;
    case JUMP_PROBLEM_SSO:
      return JUMP_ATTENTION_SSO;
    case JUMP_PROBLEM_PORTAL:
      return JUMP_ATTENTION_PORTAL;
    case JUMP_PROBLEM_CLOCK:
      return JUMP_ATTENTION_CLOCK;
    case JUMP_PROBLEM_BLOCKED:
      return JUMP_ATTENTION_BLOCKED;
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return JUMP_ATTENTION_CLIENT_REFUSED;
    case JUMP_PROBLEM_RATE_LIMITED:
      return JUMP_ATTENTION_RATE_LIMITED;
    case JUMP_PROBLEM_NETWORK:
      return JUMP_ATTENTION_UPSTREAM_DOWN;
    case JUMP_PROBLEM_PROTOCOL:
      return JUMP_ATTENTION_PROTOCOL;
    }
  return JUMP_ATTENTION_NONE;
}
