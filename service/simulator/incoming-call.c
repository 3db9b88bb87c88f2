/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/incoming-call.h"

#include "service/base/json-read.h"

/**
 * jump_incoming_call_new:
 * @method: such as "POST"
 * @path: without query
 * @query: (nullable): the fields of the query
 * @headers: kept, not copied
 * @body: all of it
 */
JumpIncomingCall *
jump_incoming_call_new (const char *method,
                        const char *path,
                        GHashTable *query,
                        SoupMessageHeaders *headers,
                        GBytes *body)
{
  JumpIncomingCall *self = g_new0 (JumpIncomingCall, 1);
  const char *type;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->key = g_strdup_printf ("%s %s", method, path);
  self->query = query == NULL ? NULL : g_hash_table_ref (query);
  self->headers = soup_message_headers_ref (headers);
  self->body = g_bytes_ref (body);

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
