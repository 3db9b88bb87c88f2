/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/proxy-report.h"

#include "service/net/http-transfer.h"
#include "service/net/proxy-choice.h"

#include <string.h>

void
jump_proxy_report_free (JumpProxyReport *self)
{
  g_free (self->proxy);
  g_free (self);
}

/* Name and password go, also one with a slash that should have been escaped, and so does a path that
 * nobody means. */
static char *
dup_without_credentials (const char *proxy)
{
  const char *authority = strstr (proxy, "://");
  const char *start = authority == NULL ? proxy : authority + 3;
  const char *at = strrchr (start, '@');
  const char *host = at == NULL ? start : at + 1;

  return g_strdup_printf ("%.*s%.*s",
                          (int) (start - proxy),
                          proxy,
                          (int) strcspn (host, "/?#"),
                          host);
}

static const char *
get_value (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* In the order of libcurl, which leaves HTTP_PROXY alone. */
static const char *
find_variable (const char *url)
{
  static const char *const https[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };
  static const char *const http[] = { "http_proxy", "all_proxy", "ALL_PROXY" };
  gboolean is_https = g_ascii_strncasecmp (url, "https:", 6) == 0;
  const char *const *names = is_https ? https : http;
  gsize n_names = is_https ? G_N_ELEMENTS (https) : G_N_ELEMENTS (http);

  for (gsize i = 0; i < n_names; i++)
    if (get_value (names[i]) != NULL)
      return names[i];
  return NULL;
}

/* ".example.com" and "example.com" both stand for the name and all below it. */
static gboolean
covers (const char *entry, const char *host)
{
  gsize entry_length;
  gsize host_length = strlen (host);

  while (*entry == '.')
    entry++;
  entry_length = strlen (entry);
  if (entry_length == 0 || entry_length > host_length ||
      g_ascii_strcasecmp (host + host_length - entry_length, entry) != 0)
    return FALSE;
  return entry_length == host_length || host[host_length - entry_length - 1] == '.';
}

/**
 * jump_proxy_report_is_excepted:
 * @url: where a request goes
 *
 * Returns: whether libcurl goes there directly because of the variable, whoever names a proxy
 */
gboolean
jump_proxy_report_is_excepted (const char *url)
{
  const char *list =
      get_value ("no_proxy") != NULL ? get_value ("no_proxy") : get_value ("NO_PROXY");
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
  g_auto (GStrv) entries = NULL;

  if (list == NULL || host == NULL)
    return FALSE;
  if (g_str_equal (list, "*"))
    return TRUE;
  entries = g_strsplit_set (list, ", ", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    if (covers (entries[i], host))
      return TRUE;
  return FALSE;
}

static JumpProxyReport *
make_report (JumpProxySource source, const char *proxy, const char *variable)
{
  JumpProxyReport *report = g_new0 (JumpProxyReport, 1);

  report->source = proxy == NULL || *proxy == '\0' ? JUMP_PROXY_FROM_NOBODY : source;
  if (report->source != JUMP_PROXY_FROM_NOBODY)
    report->proxy = dup_without_credentials (proxy);
  report->variable = report->source == JUMP_PROXY_FROM_ENVIRONMENT ? variable : NULL;
  return report;
}

static void
return_report (GTask *task, JumpProxyReport *report)
{
  g_task_return_pointer (task, report, (GDestroyNotify) jump_proxy_report_free);
}

static void
on_system_asked (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpProxyChoice *choice = jump_http_client_get_proxies (g_task_get_source_object (task));
  const char *proxy = jump_system_proxy_find (choice->system, g_task_get_task_data (task));

  return_report (task, make_report (JUMP_PROXY_FROM_SYSTEM, proxy, NULL));
}

/**
 * jump_proxy_report_async:
 * @client: that would ask
 * @url: an address it would ask
 *
 * The computer's own settings are asked only where a request would ask them; that may take seconds.
 */
void
jump_proxy_report_async (JumpHttpClient *client,
                         const char *url,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, NULL, callback, user_data);
  JumpProxyChoice *choice = jump_http_client_get_proxies (client);
  JumpSystemProxy *system = jump_proxy_choice_get_system (choice, url);
  const char *variable = find_variable (url);

  g_task_set_source_tag (task, jump_proxy_report_async);
  g_task_set_task_data (task, g_strdup (url), g_free);
  if (jump_proxy_choice_is_local (url) || jump_proxy_report_is_excepted (url))
    return_report (task, make_report (JUMP_PROXY_FROM_NOBODY, NULL, NULL));
  else if (choice->proxy != NULL)
    return_report (task, make_report (JUMP_PROXY_FROM_SETTING, choice->proxy, NULL));
  else if (system == NULL)
    return_report (task,
                   make_report (JUMP_PROXY_FROM_ENVIRONMENT,
                                variable == NULL ? NULL : g_getenv (variable),
                                variable));
  else if (jump_system_proxy_find (system, url) != NULL)
    return_report (
        task,
        make_report (JUMP_PROXY_FROM_SYSTEM, jump_system_proxy_find (system, url), NULL));
  else
    jump_system_proxy_ask (system, url, on_system_asked, g_object_ref (task));
}

JumpProxyReport *
jump_proxy_report_finish (JumpHttpClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
