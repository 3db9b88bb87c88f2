/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/root-page.h"

#include "service/http/plain-page.h"
#include "service/http/session-cookie.h"

static const char addresses[] =
    "<p>%s</p>\n"
    "<p>Programs on this computer find it at these addresses. Where one asks for an API key, %s.</p>\n"
    "<dl>\n"
    "<dt>OpenAI</dt><dd><code>%s/v1</code></dd>\n"
    "<dt>Anthropic</dt><dd><code>%s</code></dd>\n"
    "<dt>Ollama</dt><dd><code>%s</code></dd>\n"
    "</dl>\n"
    "<p>Requests, models, usage and settings are in its window: click the Jumpseat icon in the tray, or "
    "start Jumpseat once more.</p>\n";

static const char stranger[] =
    "<p>Jumpseat runs here.</p>\n"
    "<p>Open the dashboard from Jumpseat’s menu: this browser has not been let in yet, or not for a while. Where "
    "there is no menu, <code>jumpseat dashboard</code> in a terminal does the same.</p>\n";

static const char refusal[] =
    "<p>This page cannot be opened from here: %s.</p>\n"
    "<p>Open the dashboard from Jumpseat’s menu, or type the address into the browser yourself.</p>\n";

/* The port that only knows Ollama's clients, where there is one. */
static char *
write_ollama_address (const JumpHttpContext *context, const char *address)
{
  if (context->ports[1] == 0)
    return g_strdup (address);
  return g_strdup_printf ("http://127.0.0.1:%u", context->ports[1]);
}

static char *
write_addresses (const JumpHttpContext *context)
{
  g_autofree char *address = context->url != NULL
                                 ? g_strdup (context->url)
                                 : g_strdup_printf ("http://127.0.0.1:%u", context->port);
  g_autofree char *ollama = write_ollama_address (context, address);

  return g_markup_printf_escaped (
      addresses,
      context->is_paused ? "It runs, but serving is paused: resume it in the tray menu."
                         : "It runs.",
      jump_settings_get_boolean (context->settings, JUMP_KEY_SERVER_REQUIRE_KEY)
          ? "give it one of those that Jumpseat makes under Keys"
          : "any word will do",
      address,
      address,
      ollama);
}

/* GET / of a browser. Looking at it keeps the cookie as long as the session. */
void
jump_root_page_answer (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *content = NULL;
  char *cookie;

  if (request->session == NULL)
    {
      jump_plain_page_reply (request, 200, stranger, NULL);
      return;
    }
  content = write_addresses (context);
  cookie = jump_session_cookie_new (request->session, request->is_tls);
  jump_plain_page_reply (request, 200, content, (const char *[]){ "Set-Cookie", cookie, NULL });
  jump_session_cookie_free (cookie);
}

void
jump_root_page_refuse (JumpClientRequest *request, guint status, const char *reason)
{
  g_autofree char *content = g_markup_printf_escaped (refusal, reason);

  jump_plain_page_reply (request, status, content, NULL);
}
