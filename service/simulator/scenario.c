/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/scenario.h"

#include "data/simulator-resource.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/scenario-fields.h"
#include "service/simulator/scenario-rule.h"

#define RESOURCE_PATH "/io/github/jumpseat/Jumpseat/simulator/"

static const char *const top_fields[] = {
  "account", "token", "device",        "quota",  "models", "rules",
  "pace_ms", "wit",   "strict_fields", "quirks", "note",   "clock_skew_seconds",
  NULL,
};
static const char *const account_fields[] = { "kind", "login", "github_tokens", NULL };
static const char *const token_fields[] = { "ttl", "refresh_in", "misdirected_before", NULL };
static const char *const device_fields[] = { "pending",  "expires_in",
                                             "interval", "auto_authorize_seconds",
                                             "outcome",  NULL };

static const char *const quota_fields[] = {
  "allowance", "entitlement", "used", "overage_permitted", "by_request", NULL,
};

/* In the order of the enumerations. */
static const char *const allowances[] = { "usual", "pooled", "blocked", "managed", NULL };
static const char *const kinds[] = { "pro",     "free",    "free_legacy", "business", "enterprise",
                                     "no_seat", "revoked", "ghe",         NULL };
static const char *const quirks[] = { "keepalive", "redacted_thinking", "refusal",
                                      "done",      "no_type",           NULL };
static const char *const outcomes[] = { "success", "denied", "disabled", NULL };

static gboolean
parse_choice (JsonObject *object,
              const char *path,
              const char *member,
              const char *const *choices,
              guint *out_choice,
              GError **error)
{
  const char *text = jump_json_get_string (object, member, choices[0]);

  for (guint i = 0; choices[i] != NULL; i++)
    {
      if (g_str_equal (choices[i], text))
        {
          *out_choice = i;
          return TRUE;
        }
    }
  return jump_scenario_fields_fail (error, path, member, "a known word");
}

static gboolean
parse_account (JumpScenario *self, JsonObject *account, GError **error)
{
  JsonArray *tokens = jump_json_get_array (account, "github_tokens");
  guint kind = 0;

  if (!jump_scenario_fields_only (account, "account", account_fields, error) ||
      !parse_choice (account, "account", "kind", kinds, &kind, error))
    return FALSE;
  self->kind = (JumpAccountKind) kind;
  self->login = g_strdup (jump_json_get_string (account, "login", "octocat"));
  for (guint i = 0; tokens != NULL && i < json_array_get_length (tokens); i++)
    {
      const char *token = jump_json_array_get_string (tokens, i);

      if (token == NULL)
        return jump_scenario_fields_fail (error, "account", "github_tokens", "strings");
      g_ptr_array_add (self->github_tokens, g_strdup (token));
    }
  return TRUE;
}

static gboolean
parse_token (JumpScenario *self, JsonObject *token, GError **error)
{
  const gint64 most = 10 * 365 * 24 * 3600;

  return jump_scenario_fields_only (token, "token", token_fields, error) &&
         jump_scenario_fields_int (token,
                                   "token",
                                   "ttl",
                                   -most,
                                   most,
                                   1800,
                                   &self->token_ttl,
                                   error) &&
         jump_scenario_fields_int (token,
                                   "token",
                                   "refresh_in",
                                   0,
                                   most,
                                   1500,
                                   &self->token_refresh_in,
                                   error) &&
         jump_scenario_fields_int (token,
                                   "token",
                                   "misdirected_before",
                                   0,
                                   most,
                                   0,
                                   &self->misdirected_before,
                                   error);
}

static gboolean
parse_device (JumpScenario *self, JsonObject *device, GError **error)
{
  guint outcome = 0;

  if (!jump_scenario_fields_only (device, "device", device_fields, error) ||
      !parse_choice (device, "device", "outcome", outcomes, &outcome, error))
    return FALSE;
  self->device_outcome = (JumpDeviceOutcome) outcome;
  return jump_scenario_fields_int (device,
                                   "device",
                                   "pending",
                                   -1,
                                   1000,
                                   -1,
                                   &self->device_pending,
                                   error) &&
         jump_scenario_fields_int (device,
                                   "device",
                                   "expires_in",
                                   1,
                                   86400,
                                   899,
                                   &self->device_expires_in,
                                   error) &&
         jump_scenario_fields_int (device,
                                   "device",
                                   "interval",
                                   0,
                                   3600,
                                   5,
                                   &self->device_interval,
                                   error) &&
         jump_scenario_fields_int (device,
                                   "device",
                                   "auto_authorize_seconds",
                                   -1,
                                   3600,
                                   -1,
                                   &self->device_auto_authorize,
                                   error);
}

static gboolean
parse_quota (JumpScenario *self, JsonObject *quota, GError **error)
{
  const gint64 most = 100000000;
  guint allowance = 0;

  if (!jump_scenario_fields_only (quota, "quota", quota_fields, error) ||
      !parse_choice (quota, "quota", "allowance", allowances, &allowance, error))
    return FALSE;
  self->allowance = (JumpAllowanceKind) allowance;
  self->by_request = jump_json_get_boolean (quota, "by_request", FALSE);
  self->overage = jump_json_has_value (quota, "overage_permitted")
                      ? jump_json_get_boolean (quota, "overage_permitted", FALSE)
                      : -1;
  return jump_scenario_fields_int (quota,
                                   "quota",
                                   "entitlement",
                                   0,
                                   most,
                                   -1,
                                   &self->entitlement,
                                   error) &&
         jump_scenario_fields_int (quota, "quota", "used", 0, most, -1, &self->used, error);
}

static JsonNode *
load_builtin (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, ".json", NULL);
  g_autoptr (GBytes) bytes = NULL;

  /* Naming the resource keeps the linker from leaving it out of the static library. */
  bytes = g_resource_lookup_data (jump_simulator_data_get_resource (),
                                  path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  NULL);
  if (bytes == NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "no built-in scenario is called '%s'",
                   name);
      return NULL;
    }
  return jump_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

/* Returns: (transfer none) (nullable): the entry of the built-in catalogue. */
static JsonNode *
find_model (JsonArray *catalogue, const char *id)
{
  for (guint i = 0; i < json_array_get_length (catalogue); i++)
    {
      JsonObject *model = jump_json_array_get_object (catalogue, i);

      if (g_strcmp0 (jump_json_get_string (model, "id", NULL), id) == 0)
        return json_array_get_element (catalogue, i);
    }
  return NULL;
}

static gboolean
parse_models (JumpScenario *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) builtin = load_builtin ("models", error);
  JsonArray *models = jump_json_get_array (object, "models");
  JsonArray *catalogue;

  if (builtin == NULL)
    return FALSE;
  catalogue = json_node_get_array (builtin);
  if (models == NULL)
    {
      if (!g_str_equal (jump_json_get_string (object, "models", "default"), "default"))
        return jump_scenario_fields_fail (error, "", "models", "\"default\" or an array");
      self->models = json_array_ref (catalogue);
      return TRUE;
    }
  self->models = json_array_new ();
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);
      const char *id = jump_json_array_get_string (models, i);

      if (id != NULL)
        node = find_model (catalogue, id);
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return jump_scenario_fields_fail (error, "", "models", "known ids or model objects");
      json_array_add_element (self->models, json_node_copy (node));
    }
  return TRUE;
}

static gboolean
parse_rules (JumpScenario *self, JsonObject *object, GError **error)
{
  JsonArray *rules = jump_json_get_array (object, "rules");

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonObject *rule_object = jump_json_array_get_object (rules, i);
      g_autofree char *path = g_strdup_printf ("rules[%u]", i);
      JumpScenarioRule *rule;

      if (rule_object == NULL)
        return jump_scenario_fields_fail (error, "", path, "object");
      rule = jump_scenario_rule_new (rule_object, path, error);
      if (rule == NULL)
        return FALSE;
      g_ptr_array_add (self->rules, rule);
    }
  return TRUE;
}

static gboolean
parse_quirks (JumpScenario *self, JsonObject *object, GError **error)
{
  JsonArray *names = jump_json_get_array (object, "quirks");

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      const char *name = jump_json_array_get_string (names, i);
      guint bit = 0;

      while (quirks[bit] != NULL && g_strcmp0 (quirks[bit], name) != 0)
        bit++;
      if (quirks[bit] == NULL)
        return jump_scenario_fields_fail (error, "", "quirks", "known words");
      self->quirks |= 1u << bit;
    }
  return TRUE;
}

static gboolean
parse_scenario (JumpScenario *self, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  JsonObject *account = jump_json_get_object (object, "account");
  JsonObject *token = jump_json_get_object (object, "token");
  JsonObject *device = jump_json_get_object (object, "device");
  JsonObject *quota = jump_json_get_object (object, "quota");

  self->wit = jump_json_get_boolean (object, "wit", FALSE);
  self->strict_fields = jump_json_get_boolean (object, "strict_fields", FALSE);
  return jump_scenario_fields_only (object, "", top_fields, error) &&
         parse_account (self, account == NULL ? nothing : account, error) &&
         parse_token (self, token == NULL ? nothing : token, error) &&
         parse_device (self, device == NULL ? nothing : device, error) &&
         parse_quota (self, quota == NULL ? nothing : quota, error) &&
         jump_scenario_fields_int (object, "", "pace_ms", 0, 60000, 0, &self->pace_ms, error) &&
         jump_scenario_fields_int (object,
                                   "",
                                   "clock_skew_seconds",
                                   -86400,
                                   86400,
                                   0,
                                   &self->clock_skew,
                                   error) &&
         parse_quirks (self, object, error) && parse_models (self, object, error) &&
         parse_rules (self, object, error);
}

static JumpScenario *
new_from_node (JsonNode *node, GError **error)
{
  g_autoptr (JumpScenario) self = g_atomic_rc_box_new0 (JumpScenario);

  self->github_tokens = g_ptr_array_new_with_free_func (g_free);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_scenario_rule_free);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "scenario: expected object");
      return NULL;
    }
  if (!parse_scenario (self, json_node_get_object (node), error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  JumpScenario *self = data;

  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->github_tokens, g_ptr_array_unref);
  g_clear_pointer (&self->models, json_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
}

/**
 * jump_scenario_new_from_file:
 * @path: a JSON file
 * @error: JUMP_ERROR_SETTINGS when a field is wrong, G_FILE_ERROR when it cannot be read
 */
JumpScenario *
jump_scenario_new_from_file (const char *path, GError **error)
{
  g_autofree char *json = NULL;
  gsize length;

  if (!g_file_get_contents (path, &json, &length, error))
    return NULL;
  return jump_scenario_new_from_data (json, (gssize) length, error);
}

/**
 * jump_scenario_new_from_data:
 * @json: a scenario's text
 * @length: its length, -1 when terminated
 * @error: JUMP_ERROR_SETTINGS when a field is wrong
 */
JumpScenario *
jump_scenario_new_from_data (const char *json, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = jump_json_parse (json, length, error);

  if (node == NULL)
    {
      g_prefix_error (error, "scenario: ");
      return NULL;
    }
  return new_from_node (node, error);
}

/**
 * jump_scenario_new_builtin:
 * @name: a file of data/simulator/ without its ending
 * @error: JUMP_ERROR_SETTINGS when there is none of that name
 */
JumpScenario *
jump_scenario_new_builtin (const char *name, GError **error)
{
  g_autoptr (JsonNode) node = load_builtin (name, error);

  if (node == NULL)
    return NULL;
  return new_from_node (node, error);
}

/**
 * jump_scenario_ref:
 */
JumpScenario *
jump_scenario_ref (JumpScenario *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jump_scenario_unref:
 * @self: (transfer full): a scenario
 */
void
jump_scenario_unref (JumpScenario *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
