/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/secret-text.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"
#include "service/keys/key-desk.h"

/* Keys that people ask for themselves (H-20): whoever signs up gets a key that works once the owner of this
 * Jumpseat has approved it. To the owner they are "users". */

#define MESSAGE "The owner of this Jumpseat has to approve the token before it works."

static void
write_answer (JumpClientRequest *request, JumpClientKey *key, const char *secret)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (GBytes) body = NULL;
  char *text;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "user_id", jump_client_key_get_name (key));
  jump_json_writer_member_string (&writer, "display_name", jump_client_key_get_display_name (key));
  jump_json_writer_member_string (&writer, "token", secret);
  jump_json_writer_member_string (&writer, "status", "pending");
  jump_json_writer_member_string (&writer, "message", MESSAGE);
  jump_json_writer_end_object (&writer);
  text = jump_json_writer_finish (&writer);
  body = g_bytes_new_with_free_func (text, strlen (text), (GDestroyNotify) jump_secret_free, text);
  jump_http_reply_bytes (request, 201, "application/json", body);
}

/* POST /signup {"user_id":"ada","display_name":"Ada L."} */
void
jump_route_signup (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *user_id = NULL;
  const char *display_name = NULL;
  JumpClientKey *key = NULL;
  char *secret = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  if (!jump_settings_get_boolean (context->settings, JUMP_KEY_SERVER_SIGN_UP))
    {
      jump_http_reply_refusal (request,
                               404,
                               "unknown_path",
                               "there is no /signup here (setting server.sign_up)",
                               NULL);
      return;
    }
  object = jump_json_parse_request (data, length, &error);
  if (object != NULL && jump_json_need_string (object, "", "user_id", &user_id, &error) &&
      jump_json_need_string (object, "", "display_name", &display_name, &error))
    key = jump_key_store_sign_up (context->keys, user_id, display_name, &secret, &error);
  if (key == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  write_answer (request, key, secret);
  jump_secret_free (secret);
}

static void
write_user (JumpJsonWriter *writer, JumpClientKey *key)
{
  const char *display_name = jump_client_key_get_display_name (key);
  const char *name = jump_client_key_get_name (key);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "user_id", name);
  jump_json_writer_member_string (writer,
                                  "display_name",
                                  display_name != NULL ? display_name : name);
  jump_json_writer_member_string (
      writer,
      "status",
      jump_client_key_state_to_string (jump_client_key_get_state (key)));
  jump_json_writer_member_int (writer, "created_at", jump_client_key_get_created (key));
  jump_json_writer_end_object (writer);
}

/* GET /api/users and /api/users-list: both without tokens, which are not kept. */
void
jump_route_users (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  guint n_keys = g_list_model_get_n_items (G_LIST_MODEL (context->keys));

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "users");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (G_LIST_MODEL (context->keys), i);

      write_user (&writer, key);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
set_state (JumpHttpContext *context,
           JumpClientRequest *request,
           const char *user_id,
           JumpClientKeyState state)
{
  g_autoptr (GError) error = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpClientKey *key = jump_key_desk_need (context->keys, user_id, &error);

  if (key == NULL ||
      !jump_key_store_set_state (context->keys, jump_client_key_get_id (key), state, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  write_user (&writer, key);
  jump_http_reply_json (request, 200, &writer);
}

/* POST /api/users/ada/approve, /api/users/ada/revoke */
void
jump_route_user_state (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (request->parameter, "/", 3);
  g_autofree char *text = NULL;

  if (g_strcmp0 (parts[0], "") != 0 && g_strcmp0 (parts[1], "approve") == 0)
    set_state (context, request, parts[0], JUMP_CLIENT_KEY_ACTIVE);
  else if (g_strcmp0 (parts[0], "") != 0 && g_strcmp0 (parts[1], "revoke") == 0)
    set_state (context, request, parts[0], JUMP_CLIENT_KEY_REVOKED);
  else
    {
      text = g_strdup_printf ("there is no %s here", request->path);
      jump_http_reply_refusal (request, 404, "unknown_path", text, NULL);
    }
}

/* DELETE /api/users/ada */
void
jump_route_user_remove (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  char *text = jump_key_desk_remove (context->keys, request->parameter, &error);
  g_autoptr (GBytes) body = NULL;

  if (text == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  body = g_bytes_new_take (text, strlen (text));
  jump_http_reply_bytes (request, 200, "application/json", body);
}
