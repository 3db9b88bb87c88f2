/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/root-page.h"

#include "service/http/plain-page.h"
#include "service/http/session-cookie.h"
#include "service/http/static-files.h"

static const char stranger[] =
    "<p>Jumpseat runs here.</p>\n"
    "<p>Open the dashboard from Jumpseat’s menu: this browser has not been let in yet, or not for a while. Where "
    "there is no menu, <code>jumpseat dashboard</code> in a terminal does the same.</p>\n";

static const char refusal[] =
    "<p>This page cannot be opened from here: %s.</p>\n"
    "<p>Open the dashboard from Jumpseat’s menu, or type the address into the browser yourself.</p>\n";

/* GET / of a browser: the dashboard, for one that was let in. Looking at it keeps the cookie as long as the session. */
void
jump_root_page_answer (JumpHttpContext *context, JumpClientRequest *request)
{
  char *cookie;

  if (request->session == NULL)
    {
      jump_plain_page_reply (request, 200, stranger, NULL);
      return;
    }
  cookie = jump_session_cookie_new (request->session, request->is_tls);
  jump_static_files_answer_index (request, (const char *[]){ "Set-Cookie", cookie, NULL });
  jump_session_cookie_free (cookie);
}

void
jump_root_page_refuse (JumpClientRequest *request, guint status, const char *reason)
{
  g_autofree char *content = g_markup_printf_escaped (refusal, reason);

  jump_plain_page_reply (request, status, content, NULL);
}
