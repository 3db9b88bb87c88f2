/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-request.h"
#include "service/base/http-date.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-network.h"
#include "service/doctor/place.h"

/* All servers are asked at once, on connections of their own: whether they can be reached, whether what they
 * show can be trusted, and what time it is there. */

typedef struct
{
  guint refs;
  guint n_left;
  GPtrArray *urls;       /* (owned) (element-type utf8) */
  JumpVerdict **trouble; /* (owned): for each of them, NULL: fine */
} Round;

typedef struct
{
  Round *round; /* (owned) */
  guint index;
} Question;

static void
round_unref (Round *self)
{
  if (--self->refs > 0)
    return;
  for (guint i = 0; i < self->urls->len; i++)
    g_clear_pointer (&self->trouble[i], jump_verdict_free);
  g_free (self->trouble);
  g_ptr_array_unref (self->urls);
  g_free (self);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  round_unref (question->round);
  g_free (question);
}

/* Half an answer's way is less than what is told of. */
static void
note_date (JumpCheck *check, const JumpJsonReply *reply)
{
  gint64 there = jump_http_date_read (reply->date);

  if (there <= 0)
    return;
  check->facts->has_skew = TRUE;
  check->facts->skew = jump_clock_get_wall_seconds (check->tools->clock) - there;
}

static JumpVerdict *
summarise (Round *round)
{
  g_autoptr (GString) secure = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (guint i = 0; i < round->urls->len; i++)
    {
      const char *url = g_ptr_array_index (round->urls, i);
      GString *text = g_str_has_prefix (url, "https:") ? secure : plain;
      g_autofree char *host = jump_place_dup_host (url);

      if (round->trouble[i] != NULL)
        return g_steal_pointer (&round->trouble[i]);
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : ", ", host);
    }
  if (plain->len == 0)
    return jump_verdict_new_ok ("encrypted and trusted: %s", secure->str);
  return jump_verdict_new_ok ("%s%s%s answers without encryption, on this computer",
                              secure->len == 0 ? "" : secure->str,
                              secure->len == 0 ? "" : " encrypted and trusted; ",
                              plain->str);
}

static void
on_asked (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  Question *question = user_data;
  Round *round = question->round;
  const char *url = g_ptr_array_index (round->urls, question->index);
  g_autofree char *host = jump_place_dup_host (url);

  if (reply == NULL)
    round->trouble[question->index] = jump_judge_reach (host, error);
  else if (g_str_equal (url, jump_account_get_host (check->tools->account)->api_url))
    note_date (check, reply);
  if (--round->n_left == 0)
    {
      JumpVerdict *verdict = summarise (round);

      check->facts->is_reachable = verdict->state == JUMP_VERDICT_OK;
      jump_check_end (check, verdict);
    }
}

/* GitHub's front page is a page, which looks like a network that wants a sign-in. */
static const char *
choose_path (const JumpDoctorTools *tools, const char *url)
{
  const JumpGithubHost *host = jump_account_get_host (tools->account);

  if (g_str_equal (url, host->api_url))
    return "/";
  return g_str_equal (url, host->web_url) ? "/robots.txt" : "/_ping";
}

void
jump_check_reach (JumpCheck *check)
{
  Round *round = g_new0 (Round, 1);

  round->refs = 1;
  round->urls = jump_place_list_urls (check->tools);
  round->trouble = g_new0 (JumpVerdict *, round->urls->len);
  round->n_left = round->urls->len;
  for (guint i = 0; i < round->urls->len; i++)
    {
      const char *url = g_ptr_array_index (round->urls, i);
      JumpHttpRequest *request = jump_github_request_new ("GET",
                                                          url,
                                                          choose_path (check->tools, url),
                                                          check->tools->identity);
      Question *question = g_new0 (Question, 1);

      round->refs++;
      question->round = round;
      question->index = i;
      request->fresh_connection = TRUE;
      jump_check_ask (check, request, on_asked, question, question_free);
    }
  round_unref (round);
}

void
jump_check_clock (JumpCheck *check)
{
  if (check->facts->has_skew)
    jump_check_end (check, jump_judge_clock (check->facts->skew));
  else
    jump_check_end (check, jump_verdict_new_skipped ("because GitHub did not say what time it is"));
}
