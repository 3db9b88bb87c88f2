/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/place.h"

char *
jump_place_dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);

  return g_strdup (host == NULL ? url : host);
}

static void
add_once (GPtrArray *list, char *text)
{
  if (g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (list, text);
}

static char *
dup_copilot_url (const JumpDoctorTools *tools)
{
  const char *setting = jump_settings_get_string (tools->settings, JUMP_KEY_UPSTREAM_COPILOT_URL);
  const JumpGithubHost *host = jump_account_get_host (tools->account);

  if (*setting != '\0' && !tools->is_demo)
    return g_strdup (setting);
  /* a simulator is all of them */
  if (jump_github_host_is_loopback (host))
    return g_strdup (host->api_url);
  return jump_github_host_get_default_copilot_url (host);
}

GPtrArray *
jump_place_list_urls (const JumpDoctorTools *tools)
{
  const JumpGithubHost *host = jump_account_get_host (tools->account);
  GPtrArray *urls = g_ptr_array_new_with_free_func (g_free);

  add_once (urls, g_strdup (host->web_url));
  add_once (urls, g_strdup (host->api_url));
  add_once (urls, dup_copilot_url (tools));
  return urls;
}

GPtrArray *
jump_place_list_hosts (const JumpDoctorTools *tools)
{
  g_autoptr (GPtrArray) urls = jump_place_list_urls (tools);
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < urls->len; i++)
    add_once (hosts, jump_place_dup_host (g_ptr_array_index (urls, i)));
  return hosts;
}
