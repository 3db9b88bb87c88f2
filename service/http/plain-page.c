/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/plain-page.h"

#include "service/http/http-reply.h"

static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:38em;margin:3em auto;padding:0 1em}"
    "dt{font-weight:bold;margin-top:.75em}dd{margin:0}"
    "code{font-size:1.05em;overflow-wrap:anywhere}footer{margin-top:2em;opacity:.75}";

static const char page[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Jumpseat</title>\n"
    "<style>%s</style>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Jumpseat</h1>\n"
    "%s"
    "<footer>Jumpseat is not a GitHub product. It uses your own Copilot seat, and GitHub Copilot’s terms "
    "apply.</footer>\n"
    "</body>\n"
    "</html>\n";

/* Our one style by its hash, and nothing else: no script, no picture, no frame, no form. */
static char *
write_policy (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *hash = NULL;

  g_checksum_update (checksum, (const guchar *) style, sizeof style - 1);
  g_checksum_get_digest (checksum, digest, &length);
  hash = g_base64_encode (digest, length);
  return g_strdup_printf ("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
                          "form-action 'none'; frame-ancestors 'none'",
                          hash);
}

/**
 * jump_plain_page_reply:
 * @request: must not be touched afterwards
 * @status: HTTP
 * @content: HTML
 * @extra: (nullable) (array zero-terminated=1): more headers, at most two
 */
void
jump_plain_page_reply (JumpClientRequest *request,
                       guint status,
                       const char *content,
                       const char *const *extra)
{
  g_autofree char *html = g_strdup_printf (page, style, content);
  g_autofree char *policy = write_policy ();

  jump_http_reply_page (request, status, html, policy, extra);
}
