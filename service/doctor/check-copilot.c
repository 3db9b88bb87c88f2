/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-request.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-account.h"
#include "service/doctor/judge-network.h"
#include "service/doctor/place.h"

/* ---- token ---- */

static char *
describe_token (JumpCheck *check, const JumpToken *token)
{
  gint64 now = jump_clock_get_wall_seconds (check->tools->clock);

  if (token->is_static)
    return g_strdup ("given in COPILOT_TOKEN, taken as it is");
  if (token->is_direct)
    return g_strdup ("not exchanged: the GitHub token itself is used");
  if (token->expires_at == 0)
    return g_strdup ("there, does not expire");
  return g_strdup_printf ("there, for another %" G_GINT64_FORMAT " min",
                          MAX (0, token->expires_at - now) / 60);
}

static void
on_token_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheck) check = user_data;
  JumpTokenManager *manager = JUMP_TOKEN_MANAGER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpToken) token = jump_token_manager_get_finish (manager, result, &error);
  const JumpProblem *problem;
  g_autofree char *text = NULL;

  if (jump_check_is_over (check))
    return;
  problem = jump_token_manager_get_problem (manager);
  if (token != NULL)
    {
      text = describe_token (check, token);
      check->facts->token = g_steal_pointer (&token);
      jump_check_end (check, jump_verdict_new_ok ("%s", text));
    }
  else if (problem != NULL)
    jump_check_end (check, jump_judge_problem (problem));
  else
    jump_check_end (check, jump_judge_reach ("GitHub", error));
}

/* It is tried again for longer than we have: what it failed for so far is what somebody wants to know. */
static JumpVerdict *
judge_slow (JumpCheck *check)
{
  const JumpProblem *problem = jump_token_manager_get_problem (check->tools->tokens);

  return problem == NULL ? NULL : jump_judge_problem (problem);
}

/* The service's own token: one that is at hand proves that GitHub gave it, and asking for another one
 * again and again is what GitHub does not like. */
void
jump_check_exchange (JumpCheck *check)
{
  check->judge_slow = judge_slow;
  jump_token_manager_get_async (check->tools->tokens,
                                check->cancellable,
                                on_token_got,
                                jump_check_ref (check));
}

/* ---- host ---- */

static const char *
name_chooser (JumpCheck *check)
{
  const char *setting =
      jump_settings_get_string (check->tools->settings, JUMP_KEY_UPSTREAM_COPILOT_URL);

  return *setting != '\0' && !check->tools->is_demo ? "setting upstream.copilot_url"
                                                    : "named by GitHub";
}

static void
on_host_asked (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  g_autofree char *host = jump_place_dup_host (check->facts->token->api_url);

  if (reply == NULL)
    jump_check_end (check, jump_judge_reach (host, error));
  else if (reply->status >= 500)
    jump_check_end (check,
                    jump_verdict_new_warning ("Try again in a minute; https://www.githubstatus.com "
                                              "tells of troubles.",
                                              "%s answered with status %u",
                                              host,
                                              reply->status));
  else
    jump_check_end (check, jump_verdict_new_ok ("%s (%s)", host, name_chooser (check)));
}

void
jump_check_host (JumpCheck *check)
{
  jump_check_ask (check,
                  jump_github_request_new ("GET",
                                           check->facts->token->api_url,
                                           "/_ping",
                                           check->tools->identity),
                  on_host_asked,
                  NULL,
                  NULL);
}

/* ---- models ---- */

static JumpVerdict *
count_models (JumpModelCatalog *catalog)
{
  GListModel *list = G_LIST_MODEL (catalog);
  guint n_usable = 0;
  guint n_disabled = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (list, i);

      if (!jump_model_get_is_enabled (model))
        n_disabled++;
      else if (g_str_equal (jump_model_get_kind (model), "chat"))
        n_usable++;
    }
  if (n_usable == 0)
    return jump_verdict_new_failed (
        "Enable models at https://github.com/settings/copilot/features, "
        "or ask the administrator of your organisation to.",
        "Copilot offers this account no model to talk to");
  if (n_disabled > 0)
    return jump_verdict_new_ok ("%u to talk to; %u more wait to be enabled", n_usable, n_disabled);
  return jump_verdict_new_ok ("%u to talk to", n_usable);
}

static void
on_models_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheck) check = user_data;
  g_autoptr (GError) error = NULL;
  JumpModelCatalog *catalog = JUMP_MODEL_CATALOG (source);
  gboolean is_fetched = jump_model_catalog_refresh_finish (catalog, result, &error);

  if (jump_check_is_over (check))
    return;
  if (is_fetched)
    jump_check_end (check, count_models (catalog));
  else
    jump_check_end (check,
                    jump_verdict_new_failed ("Try again in a minute; if it stays so, sign in again "
                                             "with: jumpseat login --force",
                                             "Copilot did not send its list: %s",
                                             error->message));
}

void
jump_check_models (JumpCheck *check)
{
  jump_model_catalog_refresh_async (check->tools->catalog,
                                    check->cancellable,
                                    on_models_fetched,
                                    jump_check_ref (check));
}
