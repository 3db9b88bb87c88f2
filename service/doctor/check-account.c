/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/exchange-problem.h"
#include "service/auth/github-request.h"
#include "service/base/json-read.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-account.h"
#include "service/doctor/judge-network.h"
#include "service/usage/plan-badge.h"
#include "service/usage/quota-report.h"

static JumpTokenFacts
read_facts (JumpCheck *check)
{
  JumpAccount *account = check->tools->account;

  return (JumpTokenFacts){
    .state = jump_account_get_state (account),
    .source = jump_account_get_source (account),
    .login = jump_account_get_login (account),
    .store = jump_account_get_store_name (account),
    .is_keyring_closed = check->facts->is_keyring_closed,
  };
}

static void
ask_github (JumpCheck *check, const char *path, JumpCheckReplyFunc func)
{
  JumpAccount *account = check->tools->account;
  JumpHttpRequest *request = jump_github_request_new ("GET",
                                                      jump_account_get_host (account)->api_url,
                                                      path,
                                                      check->tools->identity);

  jump_github_request_add_token (request,
                                 check->tools->identity,
                                 jump_account_get_secret (account));
  jump_check_ask (check, request, func, NULL, NULL);
}

static void
on_user_told (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  JumpTokenFacts facts = read_facts (check);

  if (reply == NULL)
    {
      jump_check_end (check, jump_judge_reach ("GitHub", error));
      return;
    }
  facts.login = jump_json_get_string (jump_json_reply_get_object (reply), "login", facts.login);
  jump_check_end (check, jump_judge_token_answer (&facts, reply->status));
}

void
jump_check_token (JumpCheck *check)
{
  JumpTokenFacts facts = read_facts (check);
  JumpVerdict *verdict = jump_judge_token_presence (&facts);

  if (verdict != NULL)
    jump_check_end (check, verdict);
  else if (!check->facts->is_reachable)
    jump_check_end (check, jump_judge_token_unasked (&facts));
  else
    ask_github (check, "/user", on_user_told);
}

/* ---- subscription ---- */

static JumpVerdict *
judge_record (JumpJsonReply *reply)
{
  JsonObject *object = jump_json_reply_get_object (reply);
  g_autoptr (JumpQuotaReport) report = jump_quota_report_new (reply->body, NULL);
  const JumpQuotaBucket *bucket = NULL;
  JumpSubscriptionFacts facts = {
    .status = reply->status,
    .plan = jump_plan_badge (jump_json_get_string (object, "access_type_sku", NULL),
                             jump_json_get_string (object, "copilot_plan", NULL)),
    .may_chat = jump_json_get_boolean (object, "chat_enabled", TRUE),
  };

  /* What GitHub tells of them is what they could have. */
  if (report != NULL && report->is_nobody)
    facts.status = 404;
  else if (report != NULL)
    {
      jump_quota_report_decide (report, &bucket);
      facts.organisation = report->organisation;
      facts.is_spent =
          bucket != NULL && jump_quota_bucket_is_spent (bucket) && !bucket->permits_overage;
    }
  return jump_judge_subscription (&facts);
}

static void
on_record_told (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  JumpSubscriptionFacts facts = { .status = reply == NULL ? 0 : reply->status };
  JumpExchangeAnswer answer = { .status = facts.status };
  g_autoptr (JumpProblem) problem = NULL;

  if (reply == NULL)
    jump_check_end (check, jump_judge_reach ("GitHub", error));
  else if (reply->status == 200)
    jump_check_end (check, judge_record (reply));
  else if (reply->status == 404 || reply->status >= 500)
    jump_check_end (check, jump_judge_subscription (&facts));
  else
    {
      answer.object = jump_json_reply_get_object (reply);
      answer.sso = reply->sso;
      problem = jump_exchange_problem_new (&answer);
      jump_check_end (check, jump_judge_problem (problem));
    }
}

void
jump_check_subscription (JumpCheck *check)
{
  if (jump_account_get_source (check->tools->account) == JUMP_SOURCE_COPILOT_TOKEN)
    jump_check_end (check,
                    jump_verdict_new_skipped ("because there is no GitHub token to ask with"));
  else
    ask_github (check, "/copilot_internal/user", on_record_told);
}
