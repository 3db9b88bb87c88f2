/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/runtime-config.h"

#include "service/base/error.h"
#include "service/http/settings-order.h"

#include <string.h>

typedef enum
{
  FIELD_ACCOUNT_TYPE,
  FIELD_MAPPINGS,
  FIELD_TEXT,   /* a setting, without a fixed beginning */
  FIELD_NUMBER, /* a setting, which is so much more */
  FIELD_SWITCH, /* a setting */
  FIELD_SHOWN,  /* a setting that this route only tells */
  FIELD_FIXED,  /* JSON: Jumpseat has no other way */
} FieldKind;

typedef struct
{
  const char *name;
  FieldKind kind;
  JumpSettingKey key;
  gint64 more;
  const char *text; /* the beginning, or the JSON */
} Field;

/* features.md B3, in that order */
static const Field fields[] = {
  { .name = "account_type", .kind = FIELD_ACCOUNT_TYPE },
  { .name = "vscode_version",
    .kind = FIELD_TEXT,
    .key = JUMP_KEY_IDENTITY_EDITOR_VERSION,
    .text = "vscode/" },
  { .name = "api_version", .kind = FIELD_TEXT, .key = JUMP_KEY_IDENTITY_API_VERSION, .text = "" },
  { .name = "copilot_version",
    .kind = FIELD_TEXT,
    .key = JUMP_KEY_IDENTITY_PLUGIN_VERSION,
    .text = "copilot-chat/" },
  { .name = "system_prompt_remove", .kind = FIELD_FIXED, .text = "[]" },
  { .name = "tool_result_suffix_remove", .kind = FIELD_FIXED, .text = "[]" },
  { .name = "system_prompt_add", .kind = FIELD_FIXED, .text = "[]" },
  { .name = "max_connection_retries",
    .kind = FIELD_NUMBER,
    .key = JUMP_KEY_RETRIES_ATTEMPTS,
    .more = 1 },
  { .name = "auto_remove_encrypted_content_on_parse_error", .kind = FIELD_FIXED, .text = "true" },
  { .name = "save_request_to_file", .kind = FIELD_SWITCH, .key = JUMP_KEY_HISTORY_REQUEST_FILES },
  { .name = "disable_onedrive_access", .kind = FIELD_FIXED, .text = "true" },
  { .name = "model_mappings", .kind = FIELD_MAPPINGS },
  { .name = "upstream_read_timeout", .kind = FIELD_NUMBER, .key = JUMP_KEY_TIMEOUT_PROXY_CONTEXT },
  { .name = "sse_keepalive_interval", .kind = FIELD_NUMBER, .key = JUMP_KEY_STREAMS_KEEP_ALIVE },
  { .name = "log_webiq_requests", .kind = FIELD_FIXED, .text = "false" },
  { .name = "enable_auth", .kind = FIELD_SHOWN, .key = JUMP_KEY_SERVER_REQUIRE_KEY },
  { .name = "anthropic_responses_compat_enabled", .kind = FIELD_FIXED, .text = "false" },
  { .name = "anthropic_responses_wire_profile", .kind = FIELD_FIXED, .text = "\"\"" },
  { .name = "anthropic_responses_model_profiles", .kind = FIELD_FIXED, .text = "{}" },
  { .name = "chat_completions_model_support",
    .kind = FIELD_FIXED,
    .text = "{\"exact\":[],\"prefix\":[]}" },
};

static const struct
{
  const char *name;
  JumpSettingTable table;
} mappings[] = {
  { "exact", JUMP_TABLE_MODEL_MAPPING },
  { "prefix", JUMP_TABLE_MODEL_PREFIX_MAPPING },
};

/* ---- telling ---- */

/* Where its token is valid says what kind of seat it is: https://api.business.githubcopilot.com (protocol 2.2).
 * Returns: (transfer full) (nullable): NULL: nothing says so */
static char *
dup_account_type (JumpHttpContext *context)
{
  JumpToken *token = jump_token_manager_peek (context->tokens);
  g_autoptr (GUri) uri = token == NULL || token->api_url == NULL
                             ? NULL
                             : g_uri_parse (token->api_url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
  const char *end;

  if (host == NULL)
    return NULL;
  if (g_str_has_suffix (host, ".ghe.com"))
    return g_strdup ("enterprise");
  end = strstr (host, ".githubcopilot.com");
  if (!g_str_has_prefix (host, "api.") || end == NULL || end == host + strlen ("api"))
    return NULL;
  return g_strndup (host + strlen ("api."), (gsize) (end - host) - strlen ("api."));
}

static void
write_mappings (JumpJsonWriter *writer, JumpSettings *settings)
{
  jump_json_writer_begin_object (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      GPtrArray *rows = jump_settings_get_table (settings, mappings[i].table);

      jump_json_writer_member (writer, mappings[i].name);
      jump_json_writer_begin_object (writer);
      for (guint j = 0; j < rows->len; j++)
        {
          const JumpSettingPair *row = g_ptr_array_index (rows, j);

          jump_json_writer_member_string (writer, row->name, row->target);
        }
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_object (writer);
}

static void
write_field (JumpJsonWriter *writer, JumpHttpContext *context, const Field *field)
{
  JumpSettings *settings = context->settings;
  g_autofree char *account_type = NULL;
  const char *text;

  jump_json_writer_member (writer, field->name);
  switch (field->kind)
    {
    case FIELD_ACCOUNT_TYPE:
      account_type = dup_account_type (context);
      jump_json_writer_string (writer, account_type);
      return;
    case FIELD_MAPPINGS:
      write_mappings (writer, settings);
      return;
    case FIELD_TEXT:
      text = jump_settings_get_string (settings, field->key);
      jump_json_writer_string (
          writer,
          text + (g_str_has_prefix (text, field->text) ? strlen (field->text) : 0));
      return;
    case FIELD_NUMBER:
      jump_json_writer_int (writer, jump_settings_get_int (settings, field->key) - field->more);
      return;
    case FIELD_SWITCH:
    case FIELD_SHOWN:
      jump_json_writer_boolean (writer, jump_settings_get_boolean (settings, field->key));
      return;
    case FIELD_FIXED:
      jump_json_writer_raw (writer, field->text, -1);
      return;
    }
}

void
jump_runtime_config_write (JumpJsonWriter *writer, JumpHttpContext *context)
{
  jump_json_writer_begin_object (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    write_field (writer, context, &fields[i]);
  jump_json_writer_end_object (writer);
}

/* ---- being told ---- */

static void
add_problem (GString *problems, const char *name, const char *words)
{
  g_string_append_printf (problems, "%s'%s' %s", problems->len == 0 ? "" : "; ", name, words);
}

static void
add_change (GPtrArray *changes, JumpSettingKey key, const char *text)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_autofree char *name = g_strconcat (row->group, ".", row->name, NULL);

  jump_settings_changes_add (changes, name, text);
}

static gboolean
is_line (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || *text == 0x7f)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_text (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) != '\0' &&
         is_line (json_node_get_string (node));
}

static void
read_text (const Field *field, JsonNode *node, GPtrArray *changes, GString *problems)
{
  g_autofree char *whole = NULL;

  if (!is_text (node))
    {
      add_problem (problems, field->name, "must be a non-empty string of one line");
      return;
    }
  whole = g_strconcat (strchr (json_node_get_string (node), '/') == NULL ? field->text : "",
                       json_node_get_string (node),
                       NULL);
  add_change (changes, field->key, whole);
}

static void
read_number (const Field *field, JsonNode *node, GPtrArray *changes, GString *problems)
{
  const JumpSettingRow *row = jump_setting_row (field->key);
  gint64 least = row->min - field->more;
  gint64 most = row->max - field->more;
  gint64 value = json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : -1;
  g_autofree char *text = NULL;

  if (value < least || value > most)
    {
      text = g_strdup_printf ("must be an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                              least,
                              most);
      add_problem (problems, field->name, text);
      return;
    }
  text = g_strdup_printf ("%" G_GINT64_FORMAT, value + field->more);
  add_change (changes, field->key, text);
}

static gboolean
has_texts_only (JsonNode *node)
{
  g_autoptr (GList) values =
      JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_values (json_node_get_object (node)) : NULL;

  for (GList *item = values; item != NULL; item = item->next)
    {
      if (!is_text (item->data))
        return FALSE;
    }
  return JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "");
}

static gboolean
read_mapping_tables (JsonObject *object, GPtrArray *changes)
{
  guint n_known = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      JsonNode *rows = json_object_get_member (object, mappings[i].name);

      if (rows == NULL)
        continue;
      if (!has_texts_only (rows))
        return FALSE;
      n_known++;
      jump_settings_order_read_table (mappings[i].table,
                                      json_node_get_object (rows),
                                      changes,
                                      NULL);
    }
  return n_known == json_object_get_size (object);
}

static void
read_mappings (const Field *field, JsonNode *node, GPtrArray *changes, GString *problems)
{
  if (!JSON_NODE_HOLDS_OBJECT (node) || !read_mapping_tables (json_node_get_object (node), changes))
    add_problem (problems,
                 field->name,
                 "must be an object with \"exact\" and \"prefix\", objects of non-empty strings");
}

/* What cannot be changed here may be sent back as it was read. */
static void
read_unchangeable (const Field *field,
                   JsonNode *node,
                   JumpHttpContext *context,
                   const char *words,
                   GString *problems)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) known = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  write_field (&writer, context, field);
  jump_json_writer_end_object (&writer);
  json = jump_json_writer_finish (&writer);
  known = json_from_string (json, NULL);
  if (!json_node_equal (node, json_object_get_member (json_node_get_object (known), field->name)))
    add_problem (problems, field->name, words);
}

static void
read_field (const Field *field,
            JsonNode *node,
            JumpHttpContext *context,
            GPtrArray *changes,
            GString *problems)
{
  switch (field->kind)
    {
    case FIELD_TEXT:
      read_text (field, node, changes, problems);
      return;
    case FIELD_NUMBER:
      read_number (field, node, changes, problems);
      return;
    case FIELD_MAPPINGS:
      read_mappings (field, node, changes, problems);
      return;
    case FIELD_SWITCH:
      if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        add_change (changes, field->key, json_node_get_boolean (node) ? "true" : "false");
      else
        add_problem (problems, field->name, "must be a boolean");
      return;
    case FIELD_ACCOUNT_TYPE:
      read_unchangeable (field,
                         node,
                         context,
                         "must be left as it is: it follows from the account",
                         problems);
      return;
    case FIELD_SHOWN:
      read_unchangeable (field,
                         node,
                         context,
                         "must be left as it is: it is the setting server.require_key",
                         problems);
      return;
    case FIELD_FIXED:
      read_unchangeable (field,
                         node,
                         context,
                         "must be left as it is: Jumpseat has no such choice",
                         problems);
      return;
    }
}

static const Field *
find_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (fields[i].name, name))
        return &fields[i];
    }
  return NULL;
}

static gboolean
check_names (JsonObject *object, GError **error)
{
  g_autoptr (GString) unknown = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (find_field (name) == NULL && !g_str_equal (name, "save"))
        g_string_append_printf (unknown, "%s%s", unknown->len == 0 ? "" : ", ", name);
    }
  if (unknown->len == 0)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "Unknown config key(s): %s",
               unknown->str);
  return FALSE;
}

gboolean
jump_runtime_config_read (JsonObject *object,
                          JumpHttpContext *context,
                          GPtrArray *changes,
                          gboolean *out_saves,
                          GError **error)
{
  g_autoptr (GString) problems = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  *out_saves = FALSE;
  if (!check_names (object, error))
    return FALSE;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const Field *field = find_field (name);

      if (field != NULL)
        read_field (field, node, context, changes, problems);
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        *out_saves = json_node_get_boolean (node);
      else
        add_problem (problems, name, "must be a boolean");
    }
  if (problems->len == 0)
    return TRUE;
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, problems->str);
  return FALSE;
}
