/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/stored-request.h"

static const char *
keep (JumpStoredRequest *self, const char *text)
{
  char *copy;

  if (text == NULL)
    return NULL;
  copy = g_strdup (text);
  g_ptr_array_add (self->strings, copy);
  return copy;
}

/**
 * jump_stored_request_init:
 * @self: (out caller-allocates): cleared with jump_stored_request_clear()
 * @request: copied, its body referenced
 * @idle_ms: longest silence of upstream, in ms; 0: none
 * @total_ms: longest time for each sending, in ms; 0: none
 */
void
jump_stored_request_init (JumpStoredRequest *self,
                          const JumpUpstreamRequest *request,
                          guint idle_ms,
                          guint total_ms)
{
  self->method = g_strdup (request->method);
  self->path = g_strdup (request->path);
  self->body = request->body == NULL ? NULL : g_bytes_ref (request->body);
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->meta = request->meta;
  self->meta.request_id = keep (self, request->meta.request_id);
  self->meta.model = keep (self, request->meta.model);
  self->meta.intent = keep (self, request->meta.intent);
  self->meta.anthropic_beta = keep (self, request->meta.anthropic_beta);
  self->meta.interaction_id = keep (self, request->meta.interaction_id);
  self->meta.interaction_type = keep (self, request->meta.interaction_type);
  self->expects_stream = request->expects_stream;
  self->idle_ms = idle_ms;
  self->total_ms = total_ms;
}

/**
 * jump_stored_request_clear:
 * @self: a request; its memory stays
 */
void
jump_stored_request_clear (JumpStoredRequest *self)
{
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->strings, g_ptr_array_unref);
}

/**
 * jump_stored_request_forget_body:
 *
 * Nothing will be sent again.
 */
void
jump_stored_request_forget_body (JumpStoredRequest *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
}

/**
 * jump_stored_request_make_http:
 * @self: a request
 * @identity: who we say we are
 * @token: says where to send it, too
 *
 * Returns: (transfer full): for jump_http_client_start()
 */
JumpHttpRequest *
jump_stored_request_make_http (const JumpStoredRequest *self,
                               const JumpIdentity *identity,
                               const JumpToken *token)
{
  g_autofree char *url = g_strconcat (token->api_url, self->path, NULL);
  JumpHttpRequest *request = jump_http_request_new (self->method, url);

  if (self->body != NULL)
    jump_http_request_set_body (request, self->body, "application/json");
  jump_upstream_headers_add (request, identity, token, &self->meta);
  request->idle_timeout_ms = self->idle_ms;
  request->expects_stream = self->expects_stream;
  request->total_timeout_ms = self->total_ms;
  return request;
}
