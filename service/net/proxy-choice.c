/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/proxy-choice.h"

#include <string.h>

/* A request is not held up for longer by a script that finds its proxy. */
#define LONGEST_WAIT_MS 5000

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

/* The variables that libcurl looks at. HTTP_PROXY is none of them: a web server would let whoever
 * asks it set that one. */
static gboolean
is_in_environment (const char *url)
{
  if (is_set ("all_proxy") || is_set ("ALL_PROXY"))
    return TRUE;
  if (g_ascii_strncasecmp (url, "https:", 6) == 0)
    return is_set ("https_proxy") || is_set ("HTTPS_PROXY");
  return is_set ("http_proxy");
}

void
jump_proxy_choice_clear (JumpProxyChoice *self)
{
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->system, jump_system_proxy_free);
  g_clear_object (&self->resolver);
}

/**
 * jump_proxy_choice_get_system:
 * @url: where a request goes
 *
 * GIO's resolver is not even loaded before it is needed: with some of them come a scripting engine
 * or the session bus.
 */
JumpSystemProxy *
jump_proxy_choice_get_system (JumpProxyChoice *self, const char *url)
{
  if (self->proxy != NULL || jump_proxy_choice_is_local (url) || is_in_environment (url))
    return NULL;
  if (self->system == NULL)
    self->system = jump_system_proxy_new (self->poller,
                                          self->resolver != NULL ? self->resolver
                                                                 : g_proxy_resolver_get_default (),
                                          LONGEST_WAIT_MS);
  return self->system;
}

void
jump_proxy_choice_forget (JumpProxyChoice *self)
{
  if (self->system != NULL)
    jump_system_proxy_forget (self->system);
}

/**
 * jump_proxy_choice_is_local:
 *
 * The simulator and local gateways must be reached whatever anybody says of proxies.
 */
gboolean
jump_proxy_choice_is_local (const char *url)
{
  static const char *const starts[] = { "://127.", "://localhost", "://[::1]" };
  const char *authority = strstr (url, "://");

  for (guint i = 0; authority != NULL && i < G_N_ELEMENTS (starts); i++)
    if (g_ascii_strncasecmp (authority, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}
