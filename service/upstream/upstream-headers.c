/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-upstream"

#include "service/upstream/upstream-headers.h"

#include <string.h>

/* What VS Code's own HTTP library calls itself. */
#define LIBRARY_VERSION "electron-fetch"
/* The one version of the Messages API there is (protocol 6.3). */
#define ANTHROPIC_VERSION "2023-06-01"

/* Settings come from people: a line break would end the header and start another one. */
static void
add (JumpHttpRequest *request, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (strpbrk (value, "\r\n") != NULL)
    {
      g_debug ("leaving out %s: its value has a line break", name);
      return;
    }
  jump_http_request_add_header (request, name, value);
}

static void
add_token (JumpHttpRequest *request, const JumpToken *token)
{
  char *value = g_strconcat ("Bearer ", jump_secret_text_peek (token->text), NULL);

  add (request, "Authorization", value);
  jump_secret_free (value);
}

static void
add_identity (JumpHttpRequest *request, const JumpIdentity *identity)
{
  add (request, "Accept", "*/*");
  add (request, "Editor-Version", identity->editor_version);
  add (request, "Editor-Plugin-Version", identity->plugin_version);
  add (request, "Copilot-Integration-Id", identity->integration_id);
  add (request, "User-Agent", identity->user_agent);
  add (request, "X-GitHub-Api-Version", identity->api_version);
  add (request, "VScode-SessionId", identity->session_id);
  add (request, "VScode-MachineId", identity->machine_id);
  add (request, "X-VSCode-User-Agent-Library-Version", LIBRARY_VERSION);
}

/**
 * jump_upstream_headers_add:
 * @request: where to add them; the content type is the business of jump_http_request_set_body()
 * @identity: who we say we are; empty values and values with line breaks are left out
 * @token: sent as "Bearer"
 * @meta: what this one request is
 *
 * The set of protocol 5.1. X-Initiator is always there, because upstream takes a missing one for
 * a person's turn and bills it (5.2). Accept-Encoding never is: a compressed stream would come in
 * lumps.
 */
void
jump_upstream_headers_add (JumpHttpRequest *request,
                           const JumpIdentity *identity,
                           const JumpToken *token,
                           const JumpUpstreamMeta *meta)
{
  add_token (request, token);
  add_identity (request, identity);
  add (request, "OpenAI-Intent", meta->intent != NULL ? meta->intent : identity->intent);
  add (request, "X-Request-Id", meta->request_id);
  add (request, "X-Initiator", meta->from_agent ? "agent" : "user");
  if (meta->has_image)
    add (request, "Copilot-Vision-Request", "true");
  if (meta->is_anthropic)
    add (request, "anthropic-version", ANTHROPIC_VERSION);
  add (request, "anthropic-beta", meta->anthropic_beta);
  add (request, "X-Interaction-Id", meta->interaction_id);
  add (request, "X-Interaction-Type", meta->interaction_type);
}
