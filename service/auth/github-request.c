/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-request.h"

#include "service/base/json-read.h"

#include <string.h>

/* These are small calls; whoever waits for one is a person or a client's request. The limit for the
 * whole call is the client's. */
#define SILENCE_MS 30000

/**
 * jump_github_request_new:
 * @method: "GET" or "POST"
 * @base_url: no slash at the end
 * @path: begins with a slash
 *
 * Without the user agent of an editor GitHub refuses (protocol 2.1).
 *
 * Returns: (transfer full)
 */
JumpHttpRequest *
jump_github_request_new (const char *method,
                         const char *base_url,
                         const char *path,
                         const JumpIdentity *identity)
{
  g_autofree char *url = g_strconcat (base_url, path, NULL);
  JumpHttpRequest *request = jump_http_request_new (method, url);

  jump_http_request_add_header (request, "Accept", "application/json");
  jump_http_request_add_header (request, "User-Agent", identity->user_agent);
  request->idle_timeout_ms = SILENCE_MS;
  return request;
}

void
jump_github_request_add_token (JumpHttpRequest *request,
                               const JumpIdentity *identity,
                               const JumpSecretText *token)
{
  char *value = g_strconcat ("token ", jump_secret_text_peek (token), NULL);

  jump_http_request_add_header (request, "Authorization", value);
  jump_secret_free (value);
  jump_http_request_add_header (request, "X-GitHub-Api-Version", identity->api_version);
  jump_http_request_add_header (request, "Editor-Version", identity->editor_version);
  jump_http_request_add_header (request, "Editor-Plugin-Version", identity->plugin_version);
  jump_http_request_add_header (request, "X-VSCode-User-Agent-Library-Version", "electron-fetch");
}

/**
 * jump_github_reply_wipe:
 * @reply: not shared with anybody
 * @member: the field of the body that is a secret
 *
 * Overwrites the two copies that a reply holds; @reply can only be freed after that.
 */
void
jump_github_reply_wipe (JumpJsonReply *reply, const char *member)
{
  const char *text = jump_json_get_string (jump_json_reply_get_object (reply), member, NULL);
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);

  if (text != NULL)
    jump_secret_wipe ((char *) text, strlen (text));
  jump_secret_wipe ((char *) body, length);
}
