/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/models/model.h"

#include <string.h>

/* The parts of an entry that only a person needs: read when they are shown, not for every model. */

#define BATCH 1000000
/* Older entries count in these: 1e9 are one credit (protocol 3.5). */
#define NANO 1e9

static JsonObject *
get_entry (JumpModel *self)
{
  return json_node_get_object (jump_model_get_json (self));
}

/* Empty texts count as absent. */
static const char *
get_policy_text (JumpModel *self, const char *member)
{
  JsonObject *policy = jump_json_get_object (get_entry (self), "policy");
  const char *text = jump_json_get_string (policy, member, NULL);

  return text == NULL || *text == '\0' ? NULL : text;
}

/**
 * jump_model_get_policy_state:
 *
 * Returns: (nullable): "enabled", "disabled", "unconfigured"; NULL where no policy is needed
 */
const char *
jump_model_get_policy_state (JumpModel *self)
{
  return get_policy_text (self, "state");
}

/**
 * jump_model_get_policy:
 *
 * Returns: the same, where an unknown word needs somebody's decision
 */
JumpModelPolicy
jump_model_get_policy (JumpModel *self)
{
  const char *state = jump_model_get_policy_state (self);

  if (state == NULL)
    return JUMP_MODEL_POLICY_NONE;
  if (g_ascii_strcasecmp (state, "enabled") == 0)
    return JUMP_MODEL_POLICY_ENABLED;
  if (g_ascii_strcasecmp (state, "disabled") == 0)
    return JUMP_MODEL_POLICY_DISABLED;
  return JUMP_MODEL_POLICY_UNCONFIGURED;
}

/**
 * jump_model_get_terms:
 *
 * Returns: (nullable): what to show before jump_service_enable_model_async() (protocol 4.5)
 */
const char *
jump_model_get_terms (JumpModel *self)
{
  return get_policy_text (self, "terms");
}

/**
 * jump_model_get_multiplier:
 *
 * Returns: how many premium requests a turn costs where billing is by requests (protocol 3.5): 0 is
 *   free, -1 unknown
 */
double
jump_model_get_multiplier (JumpModel *self)
{
  JsonObject *billing = jump_json_get_object (get_entry (self), "billing");
  double multiplier = jump_json_get_double (billing, "multiplier", -1);

  return multiplier < 0 ? -1 : multiplier;
}

static double
get_price (JsonObject *prices, const char *member, const char *other, double scale)
{
  double price = jump_json_get_double (prices, member, -1);

  if (price < 0 && other != NULL)
    price = jump_json_get_double (prices, other, -1);
  return price < 0 ? -1 : price * scale;
}

/**
 * jump_model_get_prices:
 * @self: a model
 * @out_prices: (out): of prompts that are not long; credits for a million tokens
 *
 * Of the two shapes the newer has prices in credits below "default", the older has nano-AIU directly
 * below token_prices; both are for batch_size tokens (protocol 4.2).
 *
 * Returns: whether any price is known
 */
gboolean
jump_model_get_prices (JumpModel *self, JumpModelPrices *out_prices)
{
  JsonObject *billing = jump_json_get_object (get_entry (self), "billing");
  JsonObject *table = jump_json_get_object (billing, "token_prices");
  JsonObject *prices = jump_json_get_object (table, "default");
  double batch = jump_json_get_double (table, "batch_size", BATCH);
  double scale = batch > 0 ? BATCH / batch : 1;

  if (prices == NULL)
    {
      prices = table;
      scale /= NANO;
    }
  out_prices->input = get_price (prices, "input_price", NULL, scale);
  out_prices->cache_read = get_price (prices, "cache_read_price", "cache_price", scale);
  out_prices->cache_write = get_price (prices, "cache_write_price", NULL, scale);
  out_prices->output = get_price (prices, "output_price", NULL, scale);
  return out_prices->input >= 0 || out_prices->output >= 0;
}

/* Returns: (nullable): what @index of warning_messages says to people. */
static const char *
get_warning (JsonArray *warnings, guint index, const char **out_code)
{
  JsonObject *warning = jump_json_array_get_object (warnings, index);
  const char *message = jump_json_get_string (warning, "message", NULL);

  if (out_code != NULL)
    *out_code = jump_json_get_string (warning, "code", "");
  return message == NULL || *message == '\0' ? NULL : message;
}

/**
 * jump_model_get_warnings:
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the texts of warning_messages
 */
char **
jump_model_get_warnings (JumpModel *self)
{
  JsonArray *list = jump_json_get_array (get_entry (self), "warning_messages");
  guint length = list == NULL ? 0 : json_array_get_length (list);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < length; i++)
    {
      const char *text = get_warning (list, i, NULL);

      if (text != NULL)
        g_ptr_array_add (texts, g_strdup (text));
    }
  if (texts->len == 0)
    return NULL;
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_steal (texts, NULL);
}

/* The codes are not documented: words that they are known or likely to have. client_version_deprecated
 * speaks of us, not of the model (protocol 4.2). */
static gboolean
is_about_retiring (const char *code)
{
  static const char *const words[] = { "deprecat", "retir", "sunset" };

  if (g_str_has_prefix (code, "client_"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (code, words[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable) */
static const char *
find_retiring (JumpModel *self)
{
  JsonArray *list = jump_json_get_array (get_entry (self), "warning_messages");
  guint length = list == NULL ? 0 : json_array_get_length (list);

  for (guint i = 0; i < length; i++)
    {
      const char *code;
      const char *message = get_warning (list, i, &code);

      if (is_about_retiring (code))
        return message == NULL ? "" : message;
    }
  return NULL;
}

gboolean
jump_model_get_is_retiring (JumpModel *self)
{
  return find_retiring (self) != NULL;
}

/**
 * jump_model_get_retires_on:
 *
 * The catalogue has no field for it; the text of the warning may name the day.
 *
 * Returns: (transfer full) (nullable): a date as ISO 8601 writes it
 */
char *
jump_model_get_retires_on (JumpModel *self)
{
  const char *text = find_retiring (self);
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL)
    return NULL;
  regex = g_regex_new ("\\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\\b", 0, 0, NULL);
  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}
