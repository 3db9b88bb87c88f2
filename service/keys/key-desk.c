/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-desk.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/secret-text.h"
#include "service/keys/key-limits.h"

static const char *const create_members[] = {
  "name", "models", "requests_per_minute", "concurrent", "daily_credits", NULL,
};

static const char *const change_members[] = {
  "state", "models", "requests_per_minute", "concurrent", "daily_credits", NULL,
};

/* A limit with a typing error in its name must not become no limit. */
static gboolean
check_members (JsonObject *object, const char *const *known, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    {
      g_autofree char *names = NULL;

      if (g_strv_contains (known, item->data))
        continue;
      names = g_strjoinv (", ", (char **) known);
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "%s: expected only %s",
                   (const char *) item->data,
                   names);
      return FALSE;
    }
  return TRUE;
}

static JsonObject *
parse (GBytes *body, const char *const *known, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = jump_json_parse_request (data, length, error);

  if (object == NULL || !check_members (object, known, error))
    return NULL;
  return g_steal_pointer (&object);
}

static void
write_use (JumpJsonWriter *writer, JumpClientKey *key, JumpKeyMeter *meter)
{
  const char *id = jump_client_key_get_id (key);

  jump_json_writer_member_int (writer, "running", jump_key_meter_get_running (meter, id));
  jump_json_writer_member_int (writer,
                               "requests_last_minute",
                               jump_key_meter_get_last_minute (meter, id));
  jump_json_writer_member_double (writer,
                                  "credits_today",
                                  jump_key_meter_get_credits_today (meter, id));
}

/* @secret: (nullable): the one time that it is told */
static void
write_key (JumpJsonWriter *writer, JumpClientKey *key, JumpKeyMeter *meter, const char *secret)
{
  const char *state = jump_client_key_state_to_string (jump_client_key_get_state (key));

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", jump_client_key_get_id (key));
  jump_json_writer_member_string (writer, "name", jump_client_key_get_name (key));
  jump_json_writer_member_string (writer, "display_name", jump_client_key_get_display_name (key));
  jump_json_writer_member_string (writer, "hint", jump_client_key_get_hint (key));
  jump_json_writer_member_string (writer, "state", state);
  jump_json_writer_member_int (writer, "created", jump_client_key_get_created (key));
  jump_json_writer_member_int (writer, "last_used", jump_client_key_get_last_used (key));
  jump_key_limits_write (jump_client_key_get_limits (key), writer);
  if (meter != NULL)
    write_use (writer, key, meter);
  if (secret != NULL)
    jump_json_writer_member_string (writer, "secret", secret);
  jump_json_writer_end_object (writer);
}

static char *
describe (JumpClientKey *key, JumpKeyMeter *meter, const char *secret)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  write_key (&writer, key, meter, secret);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_key_desk_list:
 * @store: the keys
 * @meter: (nullable): what they have used
 *
 * Returns: (transfer full): JSON text, without any secret
 */
char *
jump_key_desk_list (JumpKeyStore *store, JumpKeyMeter *meter)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  const GError *problem = jump_key_store_get_problem (store);
  guint n_keys = g_list_model_get_n_items (G_LIST_MODEL (store));

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "keys");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (G_LIST_MODEL (store), i);

      write_key (&writer, key, meter, NULL);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (&writer, "problem", problem == NULL ? NULL : problem->message);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_key_desk_create:
 * @store: the keys
 * @meter: (nullable): what they have used
 * @body: JSON text
 * @error: JUMP_ERROR_BAD_REQUEST, JUMP_ERROR_STORE
 *
 * Returns: (transfer full) (nullable): the key with its secret, as JSON text; jump_secret_free() it
 */
char *
jump_key_desk_create (JumpKeyStore *store, JumpKeyMeter *meter, GBytes *body, GError **error)
{
  g_autoptr (JsonObject) object = parse (body, create_members, error);
  g_auto (JumpKeyLimits) limits = { 0 };
  const char *name = NULL;
  char *secret = NULL;
  JumpClientKey *key;
  char *answer;

  if (object == NULL || !jump_json_need_string (object, "", "name", &name, error) ||
      !jump_key_limits_read (&limits, object, error))
    return NULL;
  key = jump_key_store_create (store, name, &limits, &secret, error);
  if (key == NULL)
    return NULL;
  answer = describe (key, meter, secret);
  jump_secret_free (secret);
  return answer;
}

/* @out_state: (out): untouched when there is none. */
static gboolean
read_state (JsonObject *object, JumpClientKeyState *out_state, GError **error)
{
  const char *state = jump_json_get_string (object, "state", NULL);

  if (!json_object_has_member (object, "state"))
    return TRUE;
  if (g_strcmp0 (state, "active") == 0 || g_strcmp0 (state, "revoked") == 0)
    {
      *out_state = g_str_equal (state, "active") ? JUMP_CLIENT_KEY_ACTIVE : JUMP_CLIENT_KEY_REVOKED;
      return TRUE;
    }
  g_set_error_literal (error,
                       JUMP_ERROR,
                       JUMP_ERROR_BAD_REQUEST,
                       "state: expected \"active\" or \"revoked\"");
  return FALSE;
}

static gboolean
has_limits (JsonObject *object)
{
  return json_object_get_size (object) > (json_object_has_member (object, "state") ? 1u : 0u);
}

/**
 * jump_key_desk_change:
 * @store: the keys
 * @meter: (nullable): what they have used
 * @id_or_name: of one of them
 * @body: JSON text; members that are not there stay as they are
 * @error: JUMP_ERROR_NOT_FOUND, JUMP_ERROR_BAD_REQUEST, JUMP_ERROR_STORE
 *
 * Returns: (transfer full) (nullable): the key as it is now, as JSON text
 */
char *
jump_key_desk_change (JumpKeyStore *store,
                      JumpKeyMeter *meter,
                      const char *id_or_name,
                      GBytes *body,
                      GError **error)
{
  JumpClientKey *found = jump_key_desk_need (store, id_or_name, error);
  g_autoptr (JsonObject) object = found == NULL ? NULL : parse (body, change_members, error);
  g_autoptr (JumpClientKey) key = NULL;
  g_autofree char *id = NULL;
  g_auto (JumpKeyLimits) limits = { 0 };
  JumpClientKeyState state;

  if (object == NULL)
    return NULL;
  key = g_object_ref (found);
  id = g_strdup (jump_client_key_get_id (key));
  state = jump_client_key_get_state (key);
  jump_key_limits_copy (jump_client_key_get_limits (key), &limits);
  /* Everything is understood before anything is done; a revocation comes first. */
  if (!jump_key_limits_read (&limits, object, error) || !read_state (object, &state, error) ||
      !jump_key_store_set_state (store, id, state, error))
    return NULL;
  if (has_limits (object) && !jump_key_store_set_limits (store, id, &limits, error))
    return NULL;
  return describe (key, meter, NULL);
}

char *
jump_key_desk_remove (JumpKeyStore *store, const char *id_or_name, GError **error)
{
  JumpClientKey *key = jump_key_desk_need (store, id_or_name, error);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *id = NULL;

  if (key == NULL)
    return NULL;
  id = g_strdup (jump_client_key_get_id (key));
  if (!jump_key_store_remove (store, id, error))
    return NULL;
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "id", id);
  jump_json_writer_member_boolean (&writer, "removed", TRUE);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

JumpClientKey *
jump_key_desk_need (JumpKeyStore *store, const char *id_or_name, GError **error)
{
  JumpClientKey *key = jump_key_store_find (store, id_or_name);

  if (key == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_NOT_FOUND,
                 "there is no client key \"%s\"",
                 id_or_name);
  return key;
}
