/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/local-instance.h"
#include "app/cli/wait.h"

#include <glib/gi18n-lib.h>

static const char *
describe_origin (JumpCatalogOrigin origin)
{
  switch (origin)
    {
    case JUMP_CATALOG_EMPTY:
      return "empty";
    case JUMP_CATALOG_BUILTIN:
      return "builtin";
    case JUMP_CATALOG_DISK:
      return "disk";
    case JUMP_CATALOG_LIVE:
      return "live";
    }
  return "empty";
}

static JsonObject *
describe_routes (JumpModel *model)
{
  JumpRouteWay ways[JUMP_ROUTE_N_APIS];
  JsonObject *object = json_object_new ();

  jump_route_summarise (model, ways);
  for (guint i = 0; i < JUMP_ROUTE_N_APIS; i++)
    json_object_set_string_member (object, ways[i].api, ways[i].way);
  return object;
}

static JsonObject *
describe_model (JumpModel *model)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", jump_model_get_id (model));
  json_object_set_string_member (object, "display_name", jump_model_get_name (model));
  json_object_set_string_member (object, "owned_by", jump_model_get_vendor (model));
  json_object_set_string_member (object, "kind", jump_model_get_kind (model));
  json_object_set_int_member (object, "context_length", jump_model_get_context_window (model));
  json_object_set_int_member (object,
                              "max_prompt_tokens",
                              jump_model_get_max_prompt_tokens (model));
  json_object_set_int_member (object,
                              "max_output_tokens",
                              jump_model_get_max_output_tokens (model));
  json_object_set_boolean_member (object, "enabled", jump_model_get_is_enabled (model));
  json_object_set_boolean_member (object, "preview", jump_model_get_is_preview (model));
  json_object_set_object_member (object, "routes", describe_routes (model));
  return object;
}

/**
 * jump_local_get_models:
 * @self: the service
 * @body: unused
 * @error: JUMP_ERROR_SIGNED_OUT, or why no list is to be had
 *
 * Returns: (transfer full): the catalogue and where it comes from
 */
JsonObject *
jump_local_get_models (JumpLocalInstance *self, const char *body, GError **error)
{
  JumpModelCatalog *catalog = jump_service_get_catalog (self->service);
  JumpAccount *account = jump_service_get_account (self->service);
  g_auto (JumpWait) wait = { 0 };
  JsonObject *answer;
  JsonArray *data;

  if (jump_account_get_state (account) != JUMP_ACCOUNT_SIGNED_IN)
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT, _ ("nobody is signed in"));
      return NULL;
    }
  jump_wait_init (&wait, 0);
  jump_model_catalog_ensure_async (catalog, wait.cancellable, jump_wait_on_done, &wait);
  if (!jump_model_catalog_ensure_finish (catalog, jump_wait_for_result (&wait), error))
    return NULL;

  data = json_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      json_array_add_object_element (data, describe_model (model));
    }
  answer = json_object_new ();
  json_object_set_string_member (answer, "object", "list");
  json_object_set_string_member (answer,
                                 "origin",
                                 describe_origin (jump_model_catalog_get_origin (catalog)));
  json_object_set_int_member (answer, "fetched_at", jump_model_catalog_get_fetched_at (catalog));
  json_object_set_array_member (answer, "data", data);
  return answer;
}
