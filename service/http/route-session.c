/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-text.h"
#include "service/http/http-reply.h"
#include "service/http/plain-page.h"
#include "service/http/routes.h"
#include "service/http/session-cookie.h"

#include <string.h>

static const char used_up[] =
    "<p>This link has been used already, or is older than a minute.</p>\n"
    "<p>Open the dashboard from Jumpseat’s menu again. Where there is no menu, <code>jumpseat "
    "dashboard</code> in a terminal does the same.</p>\n";

static const char let_in[] = "<p>Go on to <a href=\"/\">Jumpseat</a>.</p>\n";

static void
go_on (JumpClientRequest *request, const char *session)
{
  char *cookie = jump_session_cookie_new (session, request->is_tls);

  jump_plain_page_reply (request,
                         303,
                         let_in,
                         (const char *[]){ "Location", "/", "Set-Cookie", cookie, NULL });
  jump_session_cookie_free (cookie);
}

/* What only looks whether the address exists, or loads it in case somebody wants it, must not use the link up. */
static gboolean
is_opened (const JumpClientRequest *request)
{
  return g_str_equal (request->method, "GET") && !request->is_prefetch;
}

/* GET /open/{code}: the link that Jumpseat's menu opens */
void
jump_route_session_open (JumpHttpContext *context, JumpClientRequest *request)
{
  char *session = NULL;

  if (!is_opened (request))
    {
      jump_plain_page_reply (request, 403, used_up, NULL);
      return;
    }
  /* Its way to the browser may have been seen by other users of this computer. */
  if (request->is_local)
    session = jump_session_book_redeem (context->sessions, request->parameter);
  if (session != NULL)
    go_on (request, session);
  else if (request->session != NULL) /* the same link twice in the same browser */
    go_on (request, request->session);
  else
    jump_plain_page_reply (request, 403, used_up, NULL);
  jump_secret_free (session);
}

/* POST /api/session/link */
void
jump_route_session_link (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  char *code = jump_session_book_make_code (context->sessions);
  char *url = g_strconcat (context->control_url, JUMP_SESSION_LINK_PATH, code, NULL);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "url", url);
  jump_json_writer_member_int (&writer, "expires_in", JUMP_SESSION_CODE_SECONDS);
  jump_json_writer_end_object (&writer);
  jump_secret_free (code);
  jump_secret_free (url);
  jump_http_reply_json (request, 200, &writer);
}

/* DELETE /api/session */
void
jump_route_session_end (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *cookie = jump_session_cookie_new (NULL, request->is_tls);

  if (request->session != NULL)
    jump_session_book_end (context->sessions, request->session);
  jump_http_reply_empty (request, (const char *[]){ "Set-Cookie", cookie, NULL });
  jump_event_desk_check_sessions (context->event_desk);
}
