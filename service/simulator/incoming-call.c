/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/incoming-call.h"

#include "service/base/json-read.h"

/**
 * jump_incoming_call_new:
 * @message: a request whose body has arrived
 * @query: (nullable): its query fields
 */
JumpIncomingCall *
jump_incoming_call_new (SoupServerMessage *message, GHashTable *query)
{
  JumpIncomingCall *self = g_new0 (JumpIncomingCall, 1);
  const char *type;
  gsize length;
  const char *data;

  self->method = g_strdup (soup_server_message_get_method (message));
  self->path = g_strdup (g_uri_get_path (soup_server_message_get_uri (message)));
  self->key = g_strdup_printf ("%s %s", self->method, self->path);
  self->query = query == NULL ? NULL : g_hash_table_ref (query);
  self->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  self->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  data = g_bytes_get_data (self->body, &length);

  type = jump_incoming_call_get_header (self, "Content-Type");
  if (length > 0 && type != NULL && g_str_has_prefix (type, "application/x-www-form-urlencoded"))
    {
      g_autofree char *text = g_strndup (data, length);

      self->form = soup_form_decode (text);
    }
  else if (length > 0)
    {
      self->json = jump_json_parse (data, (gssize) length, NULL);
    }
  return self;
}

/**
 * jump_incoming_call_free:
 * @self: (transfer full): a call
 */
void
jump_incoming_call_free (JumpIncomingCall *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->form, g_hash_table_unref);
  g_free (self);
}

/**
 * jump_incoming_call_get_header:
 *
 * Returns: (transfer none) (nullable): the value, several joined by commas
 */
const char *
jump_incoming_call_get_header (const JumpIncomingCall *self, const char *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

/**
 * jump_incoming_call_get_field:
 *
 * GitHub takes the fields of the device flow as JSON, as a form and in the query (protocol 1.1).
 *
 * Returns: (transfer none) (nullable): the field's text
 */
const char *
jump_incoming_call_get_field (const JumpIncomingCall *self, const char *name)
{
  JsonObject *object = jump_incoming_call_get_object (self);

  if (object != NULL)
    return jump_json_get_string (object, name, NULL);
  if (self->form != NULL)
    return g_hash_table_lookup (self->form, name);
  if (self->query != NULL)
    return g_hash_table_lookup (self->query, name);
  return NULL;
}

/**
 * jump_incoming_call_get_object:
 *
 * Returns: (transfer none) (nullable): the JSON object in the body
 */
JsonObject *
jump_incoming_call_get_object (const JumpIncomingCall *self)
{
  if (self->json == NULL || !JSON_NODE_HOLDS_OBJECT (self->json))
    return NULL;
  return json_node_get_object (self->json);
}
