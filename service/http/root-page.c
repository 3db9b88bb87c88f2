/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/root-page.h"

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
    "<p>%s</p>\n"
    "<p>Programs on this computer find it at these addresses. Where one asks for an API key, any word "
    "will do.</p>\n"
    "<dl>\n"
    "<dt>OpenAI</dt><dd><code>%s/v1</code></dd>\n"
    "<dt>Anthropic</dt><dd><code>%s</code></dd>\n"
    "<dt>Ollama</dt><dd><code>%s</code></dd>\n"
    "</dl>\n"
    "<p>Requests, models, usage and settings are in its window: click the Jumpseat icon in the tray, or "
    "start Jumpseat once more.</p>\n"
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

/* The port that only knows Ollama's clients, where there is one. */
static char *
write_ollama_address (const JumpHttpContext *context, const char *address)
{
  if (context->ports[1] == 0)
    return g_strdup (address);
  return g_strdup_printf ("http://127.0.0.1:%u", context->ports[1]);
}

/* GET / of a browser */
void
jump_root_page_answer (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *address = context->url != NULL
                                 ? g_strdup (context->url)
                                 : g_strdup_printf ("http://127.0.0.1:%u", context->port);
  g_autofree char *ollama = write_ollama_address (context, address);
  g_autofree char *html = g_markup_printf_escaped (
      page,
      style,
      context->is_paused ? "It runs, but serving is paused: resume it in the "
                           "tray menu."
                         : "It runs.",
      address,
      address,
      ollama);
  g_autofree char *policy = write_policy ();

  jump_http_reply_page (request, 200, html, policy, NULL);
}
