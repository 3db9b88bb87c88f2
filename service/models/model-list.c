/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-list.h"

#include "service/base/error.h"
#include "service/base/json-read.h"

/* Real lists name gpt-4 twice (protocol 4.2); the first entry is the one. */
static GPtrArray *
collect_models (JsonArray *data)
{
  GPtrArray *models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = json_array_get_length (data);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (JumpModel) model = jump_model_new_from_json (json_array_get_element (data, i));

      if (model != NULL && g_hash_table_add (seen, (gpointer) jump_model_get_id (model)))
        g_ptr_array_add (models, g_steal_pointer (&model));
    }
  return models;
}

/**
 * jump_model_list_parse:
 * @content: the body of a reply to GET /models
 * @error: JUMP_ERROR_PROTOCOL when it is no JSON, has no array "data", or names no model: an
 *   account without any model does not exist, a gateway's odd answer does
 *
 * Returns: (transfer full) (element-type JumpModel) (nullable): at least one model
 */
GPtrArray *
jump_model_list_parse (GBytes *content, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GError) problem = NULL;
  JsonArray *data;
  gsize length;
  const char *text = g_bytes_get_data (content, &length);

  root = jump_json_parse_object (length == 0 ? "" : text, (gssize) length, &problem);
  if (root == NULL)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "model list: %s", problem->message);
      return NULL;
    }
  data = jump_json_get_array (root, "data");
  if (data == NULL)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "model list: data: expected an array");
      return NULL;
    }
  models = collect_models (data);
  if (models->len == 0)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "model list: data: expected a model");
      return NULL;
    }
  return g_steal_pointer (&models);
}
