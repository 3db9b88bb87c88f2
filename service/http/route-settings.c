/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/redact.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"
#include "service/http/settings-order.h"
#include "service/http/settings-report.h"

/* Which settings and tables @changes are about, with what they are now. */
static void
write_changed (JumpJsonWriter *writer, JumpSettings *settings, GPtrArray *changes)
{
  gboolean keys[JUMP_N_KEYS] = { FALSE };
  gboolean tables[JUMP_N_TABLES] = { FALSE };
  gboolean needs_restart = FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const char *name = ((const JumpSettingPair *) g_ptr_array_index (changes, i))->name;
      JumpSettingKey key;

      if (jump_setting_find (name, &key))
        {
          keys[key] = TRUE;
          needs_restart = needs_restart || jump_setting_row (key)->needs_restart;
        }
      for (guint j = 0; j < JUMP_N_TABLES; j++)
        {
          const char *group = jump_setting_table_group ((JumpSettingTable) j);
          gsize length = strlen (group);

          if (g_str_has_prefix (name, group) && (name[length] == '\0' || name[length] == '.'))
            tables[j] = TRUE;
        }
    }
  jump_json_writer_member_boolean (writer, "needs_restart", needs_restart);
  jump_json_writer_member (writer, "settings");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      if (keys[i])
        jump_settings_report_write_key (writer, settings, (JumpSettingKey) i);
    }
  jump_json_writer_end_array (writer);
  jump_json_writer_member (writer, "tables");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      if (tables[i])
        jump_settings_report_write_table (writer, settings, (JumpSettingTable) i);
    }
  jump_json_writer_end_array (writer);
}

static void
answer_changed (JumpHttpContext *context,
                JumpClientRequest *request,
                GPtrArray *changes,
                gboolean is_saved)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "saved", is_saved);
  write_changed (&writer, context->settings, changes);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
write_redacted (JumpJsonWriter *writer, const char *name, const char *text)
{
  g_autofree char *redacted = jump_redact (text);

  jump_json_writer_member_string (writer, name, redacted);
}

/* OpenAI's shape, as of the routes beside this one, with every mistake by name. */
static void
answer_mistakes (JumpClientRequest *request, const GError *error, GPtrArray *mistakes)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  write_redacted (&writer, "message", error->message);
  jump_json_writer_member_string (&writer, "type", "invalid_request_error");
  jump_json_writer_member_string (&writer, "param", NULL);
  jump_json_writer_member_string (&writer, "code", "invalid_settings");
  jump_json_writer_member (&writer, "details");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < mistakes->len; i++)
    {
      const JumpSettingPair *mistake = g_ptr_array_index (mistakes, i);

      jump_json_writer_begin_object (&writer);
      jump_json_writer_member_string (&writer, "name", mistake->name);
      write_redacted (&writer, "message", mistake->target);
      jump_json_writer_end_object (&writer);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 400, &writer);
}

/* Elsewhere a wrong setting is our own trouble; here it is what was asked for. */
static void
answer_error (JumpClientRequest *request, GError *error, JumpError code)
{
  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_SETTINGS))
    error->code = code;
  jump_http_reply_error (request, error);
}

/* A form sends back what it was shown; a password that it was not shown stays. */
static void
drop_unchanged (JumpSettings *settings, GPtrArray *changes)
{
  for (guint i = changes->len; i > 0; i--)
    {
      const JumpSettingPair *change = g_ptr_array_index (changes, i - 1);
      g_autofree char *shown = NULL;
      JumpSettingKey key;

      if (change->target == NULL || !jump_setting_find (change->name, &key) ||
          jump_setting_row (key)->type != JUMP_SETTING_PROXY)
        continue;
      shown = jump_settings_report_dup_value (settings, key);
      if (g_str_equal (shown, change->target) &&
          !g_str_equal (shown, jump_settings_get_string (settings, key)))
        g_ptr_array_remove_index (changes, i - 1);
    }
}

/* FALSE: answered */
static gboolean
apply (JumpHttpContext *context,
       JumpClientRequest *request,
       GPtrArray *changes,
       GPtrArray *mistakes,
       gboolean is_saved)
{
  g_autoptr (GError) error = NULL;

  drop_unchanged (context->settings, changes);
  if (jump_settings_set_many (context->settings, changes, is_saved, mistakes, &error))
    return TRUE;
  if (mistakes->len > 0)
    answer_mistakes (request, error, mistakes);
  else
    answer_error (request, error, JUMP_ERROR_BAD_REQUEST);
  return FALSE;
}

/* {"name":"server.port","value":"9000"}: one of them, and an answer about that one */
static void
change_one (JumpHttpContext *context, JumpClientRequest *request, JsonObject *object, gboolean save)
{
  g_autoptr (GPtrArray) changes = jump_settings_changes_new ();
  g_autoptr (GPtrArray) mistakes = jump_settings_changes_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  const char *name = NULL;
  const char *value = NULL;
  JumpSettingKey key;

  if (!jump_json_need_string (object, "", "name", &name, &error) ||
      !jump_json_need_string (object, "", "value", &value, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  jump_settings_changes_add (changes, name, value);
  if (!apply (context, request, changes, mistakes, save))
    return;
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "name", name);
  jump_json_writer_member_string (&writer, "value", value);
  jump_json_writer_member_boolean (&writer,
                                   "needs_restart",
                                   jump_setting_find (name, &key) &&
                                       jump_setting_row (key)->needs_restart);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
change_many (JumpHttpContext *context,
             JumpClientRequest *request,
             JsonObject *object,
             gboolean save)
{
  g_autoptr (GPtrArray) changes = jump_settings_changes_new ();
  g_autoptr (GPtrArray) mistakes = jump_settings_changes_new ();

  jump_settings_order_read (object, "save", changes, mistakes);
  if (changes->len == 0 && mistakes->len == 0)
    jump_http_reply_refusal (request,
                             400,
                             "invalid_request",
                             "expected settings and their values, as in {\"server.port\": 8081}",
                             NULL);
  else if (apply (context, request, changes, mistakes, save))
    answer_changed (context, request, changes, save);
}

/* GET /api/settings */
void
jump_route_settings (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "file", jump_settings_get_path (context->settings));
  jump_settings_report_write_all (&writer, context->settings);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* POST and PATCH /api/settings {"server.port":9000,"save":false} */
void
jump_route_settings_change (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  JsonNode *save;

  object = jump_json_parse_request (data, length, &error);
  if (object == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  save = json_object_get_member (object, "save");
  if (save != NULL && json_node_get_value_type (save) != G_TYPE_BOOLEAN)
    jump_http_reply_refusal (request, 400, "invalid_request", "save: expected true or false", NULL);
  else if (json_object_has_member (object, "name") || json_object_has_member (object, "value"))
    change_one (context, request, object, save == NULL || json_node_get_boolean (save));
  else
    change_many (context, request, object, save == NULL || json_node_get_boolean (save));
}

/* DELETE /api/settings/{name} */
void
jump_route_setting_reset (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GPtrArray) changes = jump_settings_changes_new ();
  g_autoptr (GError) error = NULL;

  if (!jump_settings_reset (context->settings, request->parameter, &error))
    {
      answer_error (request, error, JUMP_ERROR_NOT_FOUND);
      return;
    }
  jump_settings_changes_add (changes, request->parameter, NULL);
  answer_changed (context, request, changes, TRUE);
}
