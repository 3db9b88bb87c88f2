/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-request.h"
#include "service/doctor/check.h"
#include "service/doctor/judge-network.h"
#include "service/doctor/place.h"

/* Addresses of one name that are told. */
#define MAX_SHOWN 2

/* ---- proxy ---- */

static void
on_asked_through_proxy (JumpCheck *check,
                        JumpJsonReply *reply,
                        const GError *error,
                        gpointer user_data)
{
  jump_check_end (check, jump_judge_proxy (check->facts->proxy, error));
}

static void
on_proxy_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheck) check = user_data;
  g_autoptr (JumpProxyReport) report = jump_proxy_report_finish (JUMP_HTTP_CLIENT (source), result);

  if (jump_check_is_over (check))
    return;
  check->facts->proxy = g_steal_pointer (&report);
  if (check->facts->proxy->source == JUMP_PROXY_FROM_NOBODY)
    jump_check_end (check, jump_judge_proxy (check->facts->proxy, NULL));
  else
    jump_check_ask (check,
                    jump_github_request_new ("GET",
                                             jump_account_get_host (check->tools->account)->api_url,
                                             "/",
                                             check->tools->identity),
                    on_asked_through_proxy,
                    NULL,
                    NULL);
}

void
jump_check_proxy (JumpCheck *check)
{
  jump_proxy_report_async (check->tools->client,
                           jump_account_get_host (check->tools->account)->api_url,
                           on_proxy_told,
                           jump_check_ref (check));
}

/* ---- names ---- */

/* All names are asked for at once; the report has one line for them. */
typedef struct
{
  JumpCheck *check; /* (owned) */
  GPtrArray *hosts; /* (owned) (element-type utf8) */
  guint n_answered;
  GString *found;       /* (owned) */
  JumpVerdict *trouble; /* (owned) (nullable): of the first that failed */
} Names;

typedef struct
{
  Names *names;
  const char *host;
} NameQuestion;

static void
names_free (Names *self)
{
  jump_check_unref (self->check);
  g_ptr_array_unref (self->hosts);
  g_string_free (self->found, TRUE);
  g_clear_pointer (&self->trouble, jump_verdict_free);
  g_free (self);
}

static char *
describe_addresses (GList *addresses)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (GList *link = addresses; link != NULL; link = link->next, n++)
    {
      g_autofree char *address = g_inet_address_to_string (link->data);

      if (n < MAX_SHOWN)
        g_string_append_printf (text, "%s%s", n == 0 ? "" : ", ", address);
    }
  if (n > MAX_SHOWN)
    g_string_append_printf (text, " and %u more", n - MAX_SHOWN);
  return g_string_free (text, FALSE);
}

static void
note_answer (Names *self, const char *host, GList *addresses, const GError *error)
{
  g_autofree char *text = addresses == NULL ? NULL : describe_addresses (addresses);

  self->n_answered++;
  if (text != NULL)
    g_string_append_printf (self->found,
                            "%s%s is %s",
                            self->found->len == 0 ? "" : "; ",
                            host,
                            text);
  else if (self->trouble == NULL)
    self->trouble = jump_judge_name (host, NULL, error);
  if (self->n_answered < self->hosts->len)
    return;
  if (self->trouble != NULL)
    jump_check_end (self->check, g_steal_pointer (&self->trouble));
  else
    jump_check_end (self->check, jump_verdict_new_ok ("%s", self->found->str));
  names_free (self);
}

static void
on_name_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree NameQuestion *question = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  note_answer (question->names, question->host, addresses, error);
  g_resolver_free_addresses (addresses);
}

void
jump_check_names (JumpCheck *check)
{
  g_autoptr (GResolver) resolver = check->tools->resolver != NULL
                                       ? g_object_ref (check->tools->resolver)
                                       : g_resolver_get_default ();
  Names *names;

  if (check->facts->proxy->source != JUMP_PROXY_FROM_NOBODY)
    {
      /* many a company's network knows no names of outside */
      jump_check_end (check, jump_verdict_new_ok ("left to the proxy"));
      return;
    }
  names = g_new0 (Names, 1);
  names->check = jump_check_ref (check);
  names->hosts = jump_place_list_hosts (check->tools);
  names->found = g_string_new (NULL);
  for (guint i = 0; i < names->hosts->len; i++)
    {
      NameQuestion *question = g_new0 (NameQuestion, 1);

      question->names = names;
      question->host = g_ptr_array_index (names->hosts, i);
      g_resolver_lookup_by_name_async (resolver,
                                       question->host,
                                       check->cancellable,
                                       on_name_found,
                                       question);
    }
}
