/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

static const char *
get_text (JumpService *self, JumpSettingKey key)
{
  return jump_settings_get_string (self->settings, key);
}

static guint
get_milliseconds (JumpService *self, JumpSettingKey key)
{
  return 1000u * (guint) jump_settings_get_int (self->settings, key);
}

static const char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

JumpHttpClientOptions
jump_service_read_client_options (JumpService *self)
{
  return (JumpHttpClientOptions){
    .proxy = non_empty (get_text (self, JUMP_KEY_UPSTREAM_PROXY)),
    .ca_file = non_empty (get_text (self, JUMP_KEY_UPSTREAM_CA_FILE)),
    .connect_timeout_ms = get_milliseconds (self, JUMP_KEY_TIMEOUT_DIAL) +
                          get_milliseconds (self, JUMP_KEY_TIMEOUT_TLS_HANDSHAKE),
    .call_timeout_ms = get_milliseconds (self, JUMP_KEY_TIMEOUT_HTTP_CLIENT),
    .keep_alive_interval_ms = get_milliseconds (self, JUMP_KEY_TIMEOUT_KEEP_ALIVE),
    .idle_connection_seconds =
        (guint) jump_settings_get_int (self->settings, JUMP_KEY_TIMEOUT_IDLE_CONN),
  };
}

static void
replace_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

void
jump_service_read_identity (JumpService *self)
{
  replace_text (&self->identity->editor_version, get_text (self, JUMP_KEY_IDENTITY_EDITOR_VERSION));
  replace_text (&self->identity->plugin_version, get_text (self, JUMP_KEY_IDENTITY_PLUGIN_VERSION));
  replace_text (&self->identity->user_agent, get_text (self, JUMP_KEY_IDENTITY_USER_AGENT));
  replace_text (&self->identity->integration_id, get_text (self, JUMP_KEY_IDENTITY_INTEGRATION_ID));
  replace_text (&self->identity->api_version, get_text (self, JUMP_KEY_IDENTITY_API_VERSION));
  replace_text (&self->identity->intent, get_text (self, JUMP_KEY_IDENTITY_INTENT));
}

static JumpDirectMode
read_direct_mode (JumpService *self)
{
  const char *text = get_text (self, JUMP_KEY_UPSTREAM_DIRECT);

  if (g_str_equal (text, "always"))
    return JUMP_DIRECT_ALWAYS;
  if (g_str_equal (text, "never"))
    return JUMP_DIRECT_NEVER;
  return JUMP_DIRECT_AUTO;
}

static GPtrArray *
read_table (JumpService *self, JumpSettingTable table)
{
  GPtrArray *pairs = jump_settings_get_table (self->settings, table);
  GPtrArray *flat = g_ptr_array_new ();

  for (guint i = 0; i < pairs->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (pairs, i);

      g_ptr_array_add (flat, pair->name);
      g_ptr_array_add (flat, pair->target);
    }
  g_ptr_array_add (flat, NULL);
  return flat;
}

void
jump_service_apply_tables (JumpService *self)
{
  g_autoptr (GPtrArray) exact = read_table (self, JUMP_TABLE_MODEL_MAPPING);
  g_autoptr (GPtrArray) prefix = read_table (self, JUMP_TABLE_MODEL_PREFIX_MAPPING);
  g_autoptr (GPtrArray) aliases = read_table (self, JUMP_TABLE_MODEL_ALIASES);

  jump_service_apply_budget (self);
  jump_relay_set_mapping (self->relay,
                          jump_model_mapping_new ((const char *const *) exact->pdata,
                                                  (const char *const *) prefix->pdata,
                                                  (const char *const *) aliases->pdata));
}

/* Everything that takes effect while running. */
void
jump_service_apply_settings (JumpService *self)
{
  JumpHttpClientOptions client_options = jump_service_read_client_options (self);
  JumpRelayOptions relay_options = {
    .default_model = get_text (self, JUMP_KEY_MODELS_DEFAULT),
    .small_model = non_empty (get_text (self, JUMP_KEY_MODELS_SMALL)),
    .is_strict = jump_settings_get_boolean (self->settings, JUMP_KEY_MODELS_STRICT),
    .reasoning_field =
        g_str_equal (get_text (self, JUMP_KEY_TRANSLATION_REASONING_FIELD), "reasoning_text")
            ? JUMP_REASONING_FIELD_TEXT
            : JUMP_REASONING_FIELD_CONTENT,
    .shows_credits = jump_settings_get_boolean (self->settings, JUMP_KEY_STREAMS_CREDITS),
  };

  jump_service_read_identity (self);
  jump_http_client_set_options (self->client, &client_options);
  jump_account_set_identity (self->account, self->identity);
  jump_token_manager_set_identity (self->tokens, self->identity);
  jump_token_manager_set_direct_mode (self->tokens, read_direct_mode (self));
  /* The demo must never leave the simulator. */
  jump_token_manager_set_api_url (
      self->tokens,
      self->is_demo ? NULL : non_empty (get_text (self, JUMP_KEY_UPSTREAM_COPILOT_URL)));
  jump_upstream_client_set_identity (self->upstream, self->identity);
  jump_upstream_client_set_attempts (
      self->upstream,
      (guint) jump_settings_get_int (self->settings, JUMP_KEY_RETRIES_ATTEMPTS));
  jump_upstream_client_set_timeouts (
      self->upstream,
      get_milliseconds (self, JUMP_KEY_TIMEOUT_PROXY_CONTEXT),
      (guint) jump_settings_get_int (self->settings, JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER));
  jump_model_catalog_set_lifetime (
      self->catalog,
      (guint) jump_settings_get_int (self->settings, JUMP_KEY_MODELS_CACHE_SECONDS));
  jump_relay_set_options (self->relay, &relay_options);
  jump_service_apply_traffic (self);
  jump_service_apply_history (self);
  jump_service_apply_usage (self);
  jump_service_apply_updates (self);
  jump_service_update_doors (self);
}
