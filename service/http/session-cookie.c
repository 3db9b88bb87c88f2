/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/session-cookie.h"

#include "service/base/secret-text.h"
#include "service/http/session-book.h"
#include "service/http/shown-secrets.h"

/**
 * jump_session_cookie_new:
 * @session: (nullable): of jump_session_book_redeem()
 * @is_tls: the browser must not send it in the clear either
 *
 * Returns: (transfer full): the header's value, to be wiped with jump_session_cookie_free()
 */
char *
jump_session_cookie_new (const char *session, gboolean is_tls)
{
  return g_strdup_printf (JUMP_SESSION_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict; "
                                              "Max-Age=%d%s",
                          session != NULL ? session : "",
                          session != NULL ? JUMP_SESSION_IDLE_SECONDS : 0,
                          is_tls ? "; Secure" : "");
}

void
jump_session_cookie_free (char *cookie)
{
  jump_secret_free (cookie);
}
