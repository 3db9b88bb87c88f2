/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/model-shelf.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"

/* What an anonymous integration still sees (protocol 2.5). */
#define MAX_LEGACY_MODELS 7

struct _JumpModelShelf
{
  JsonArray *models; /* (owned) */
  char *plan;        /* (owned) */
};

static gboolean
is_premium (JsonObject *model)
{
  JsonObject *billing = jump_json_get_object (model, "billing");

  return billing != NULL && jump_json_get_boolean (billing, "is_premium", FALSE);
}

static gboolean
is_in_plan (JsonObject *model, const char *plan)
{
  JsonObject *billing = jump_json_get_object (model, "billing");
  JsonArray *plans = billing == NULL ? NULL : jump_json_get_array (billing, "restricted_to");

  return plans == NULL || jump_json_array_has_string (plans, plan);
}

static gboolean
is_enabled (JsonObject *model)
{
  JsonObject *policy = jump_json_get_object (model, "policy");

  return policy == NULL || g_strcmp0 (jump_json_get_string (policy, "state", NULL), "enabled") == 0;
}

static gboolean
is_legacy (JsonObject *model)
{
  return !is_premium (model) && !json_object_has_member (model, "supported_endpoints");
}

static JsonObject *
get_capability (JsonObject *model, const char *name)
{
  JsonObject *capabilities = jump_json_get_object (model, "capabilities");

  return capabilities == NULL ? NULL : jump_json_get_object (capabilities, name);
}

/**
 * jump_model_shelf_new:
 * @models: entries; copied, since policies change
 * @plan: the account's, as billing.restricted_to spells it
 */
JumpModelShelf *
jump_model_shelf_new (JsonArray *models, const char *plan)
{
  JumpModelShelf *self = g_new0 (JumpModelShelf, 1);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), models);
  g_autofree char *text = jump_json_node_to_text (node);
  g_autoptr (JsonNode) copy = jump_json_parse (text, -1, NULL);

  self->models = json_node_dup_array (copy);
  self->plan = g_strdup (plan);
  for (guint i = 0; i < json_array_get_length (self->models); i++)
    {
      JsonObject *model = jump_json_array_get_object (self->models, i);

      /* Free accounts see all entries, none of them in the picker (protocol 4.2). */
      if (model != NULL && !is_in_plan (model, plan))
        json_object_set_boolean_member (model, "model_picker_enabled", FALSE);
    }
  return self;
}

/**
 * jump_model_shelf_free:
 * @self: (transfer full): a shelf
 */
void
jump_model_shelf_free (JumpModelShelf *self)
{
  g_clear_pointer (&self->models, json_array_unref);
  g_clear_pointer (&self->plan, g_free);
  g_free (self);
}

/**
 * jump_model_shelf_find:
 *
 * Returns: (transfer none) (nullable): the first entry of that id
 */
JsonObject *
jump_model_shelf_find (JumpModelShelf *self, const char *id)
{
  for (guint i = 0; id != NULL && i < json_array_get_length (self->models); i++)
    {
      JsonObject *model = jump_json_array_get_object (self->models, i);

      if (model != NULL && g_strcmp0 (jump_json_get_string (model, "id", NULL), id) == 0)
        return model;
    }
  return NULL;
}

/**
 * jump_model_shelf_allows:
 * @self: a shelf
 * @model: one of its entries
 * @identified: whether the call had a Copilot-Integration-Id
 *
 * Returns: whether the account may call the model now
 */
gboolean
jump_model_shelf_allows (JumpModelShelf *self, JsonObject *model, gboolean identified)
{
  return is_enabled (model) && is_in_plan (model, self->plan) &&
         (identified || !is_premium (model));
}

/**
 * jump_model_shelf_list:
 * @self: a shelf
 * @identified: whether the call had a Copilot-Integration-Id
 *
 * Returns: (transfer full): the body of GET /models
 */
char *
jump_model_shelf_list (JumpModelShelf *self, gboolean identified)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  guint n = 0;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "data");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < json_array_get_length (self->models); i++)
    {
      JsonObject *model = jump_json_array_get_object (self->models, i);

      if (!identified && (model == NULL || !is_legacy (model) || n == MAX_LEGACY_MODELS))
        continue;
      n++;
      jump_json_writer_node (&writer, json_array_get_element (self->models, i));
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (&writer, "object", "list");
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_model_shelf_enable:
 * @self: a shelf
 * @model: one of its entries, which must have a policy
 */
void
jump_model_shelf_enable (JumpModelShelf *self, JsonObject *model)
{
  JsonObject *policy = jump_json_get_object (model, "policy");

  if (policy != NULL)
    json_object_set_string_member (policy, "state", "enabled");
}

gboolean
jump_model_is_vendor (JsonObject *model, const char *vendor)
{
  return strstr (jump_json_get_string (model, "vendor", ""), vendor) != NULL;
}

gboolean
jump_model_is_type (JsonObject *model, const char *type)
{
  JsonObject *capabilities = jump_json_get_object (model, "capabilities");

  return capabilities != NULL &&
         g_str_equal (jump_json_get_string (capabilities, "type", "chat"), type);
}

/**
 * jump_model_speaks:
 * @model: an entry
 * @endpoint: such as "/responses"
 *
 * Entries without supported_endpoints speak chat completions alone (protocol 4.2).
 */
gboolean
jump_model_speaks (JsonObject *model, const char *endpoint)
{
  JsonArray *endpoints = jump_json_get_array (model, "supported_endpoints");

  if (endpoints == NULL)
    return g_str_equal (endpoint, "/chat/completions") && jump_model_is_type (model, "chat");
  return jump_json_array_has_string (endpoints, endpoint);
}

gboolean
jump_model_supports (JsonObject *model, const char *what)
{
  JsonObject *supports = get_capability (model, "supports");

  return supports != NULL && json_object_has_member (supports, what);
}

/**
 * jump_model_get_support:
 *
 * Returns: a number of capabilities.supports, -1 when there is none
 */
gint64
jump_model_get_support (JsonObject *model, const char *name)
{
  JsonObject *supports = get_capability (model, "supports");

  return supports == NULL ? -1 : jump_json_get_int (supports, name, -1);
}

gboolean
jump_model_reasons (JsonObject *model)
{
  return jump_model_supports (model, "reasoning_effort") ||
         jump_model_supports (model, "max_thinking_budget") ||
         jump_model_supports (model, "adaptive_thinking");
}

/**
 * jump_model_takes_effort:
 * @model: an entry
 * @effort: a value of reasoning_effort
 */
gboolean
jump_model_takes_effort (JsonObject *model, const char *effort)
{
  JsonObject *supports = get_capability (model, "supports");
  JsonArray *efforts = supports == NULL ? NULL : jump_json_get_array (supports, "reasoning_effort");

  return efforts != NULL && jump_json_array_has_string (efforts, effort);
}

/**
 * jump_model_get_limit:
 *
 * Returns: a number of capabilities.limits, -1 when there is none
 */
gint64
jump_model_get_limit (JsonObject *model, const char *name)
{
  JsonObject *limits = get_capability (model, "limits");

  return limits == NULL ? -1 : jump_json_get_int (limits, name, -1);
}

double
jump_model_get_price (JsonObject *model, const char *name)
{
  JsonObject *billing = jump_json_get_object (model, "billing");
  JsonObject *prices = billing == NULL ? NULL : jump_json_get_object (billing, "token_prices");
  JsonObject *usual = prices == NULL ? NULL : jump_json_get_object (prices, "default");

  return usual == NULL ? 0 : jump_json_get_double (usual, name, 0);
}

/**
 * jump_model_dup_reply_name:
 *
 * Returns: (transfer full): what replies call the model: dated, and dashed for Claude
 * (protocol 5.4, quirk 6)
 */
char *
jump_model_dup_reply_name (JsonObject *model)
{
  char *name = g_strdup (jump_json_get_string (model, "version", ""));

  if (jump_model_is_vendor (model, "Anthropic"))
    g_strdelimit (name, ".", '-');
  return name;
}
