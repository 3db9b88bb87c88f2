/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-request.h"

#include "service/base/secret-text.h"
#include "service/http/agent-headers.h"

#include <string.h>

void
jump_client_request_take_head (JumpClientRequest *self, JumpRequestHead *head)
{
  SoupMessageHeaders *headers = head->headers;

  self->method = g_steal_pointer (&head->method);
  self->path = g_steal_pointer (&head->path);
  self->user_agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  self->accept = g_strdup (soup_message_headers_get_list (headers, "Accept"));
  self->anthropic_version = g_strdup (soup_message_headers_get_one (headers, "anthropic-version"));
  self->anthropic_beta = g_strdup (soup_message_headers_get_list (headers, "anthropic-beta"));
  self->query = g_strdup (head->query);
  self->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  self->last_event_id = g_strdup (soup_message_headers_get_one (headers, "Last-Event-ID"));
  self->turn = jump_agent_headers_read (headers);
  self->conversation = g_strdup (jump_agent_headers_find_session (headers));
  self->if_none_match = g_strdup (soup_message_headers_get_list (headers, "If-None-Match"));
  self->content_encoding = g_strdup (soup_message_headers_get_list (headers, "Content-Encoding"));
}

void
jump_client_request_clear (JumpClientRequest *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->user_agent, g_free);
  g_clear_pointer (&self->accept, g_free);
  g_clear_pointer (&self->anthropic_version, g_free);
  g_clear_pointer (&self->anthropic_beta, g_free);
  g_clear_pointer (&self->query, jump_secret_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->last_event_id, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->process, jump_client_process_unref);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->parameter, g_free);
  g_clear_pointer (&self->headers, g_free);
  g_clear_pointer (&self->pass, jump_client_pass_unref);
  g_clear_pointer (&self->session, jump_secret_free);
  g_clear_pointer (&self->if_none_match, g_free);
  g_clear_pointer (&self->content_encoding, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}

gboolean
jump_client_request_accepts_json (const JumpClientRequest *self)
{
  const char *accept = self->accept;

  return accept == NULL || strstr (accept, "*/*") != NULL ||
         strstr (accept, "application/*") != NULL || strstr (accept, "json") != NULL;
}

gboolean
jump_client_request_accepts_html (const JumpClientRequest *self)
{
  return self->accept != NULL && strstr (self->accept, "text/html") != NULL;
}
