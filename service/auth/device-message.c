/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/device-message.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"

#include <string.h>

#define GRANT_TYPE       "urn:ietf:params:oauth:grant-type:device_code"
#define MAX_SHOWN_LENGTH 256

/* Returns: (transfer full): JSON, protocol 1.1 */
char *
jump_device_start_body_new (const JumpGithubHost *host)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "client_id", host->client_id);
  jump_json_writer_member_string (&writer, "scope", host->scope);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/* Returns: (transfer full): JSON, protocol 1.2; to be wiped */
char *
jump_device_poll_body_new (const JumpGithubHost *host, const char *device_code)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "client_id", host->client_id);
  jump_json_writer_member_string (&writer, "device_code", device_code);
  jump_json_writer_member_string (&writer, "grant_type", GRANT_TYPE);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_device_reply_read:
 *
 * Replies come form-encoded where something on the way drops the Accept header (protocol 1.1).
 *
 * Returns: (transfer full): the fields, none if the body is neither shape
 */
JsonObject *
jump_device_reply_read (JumpJsonReply *reply)
{
  JsonObject *object = jump_json_reply_get_object (reply);
  g_autoptr (GHashTable) form = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer value;
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);

  if (object != NULL)
    return json_object_ref (object);
  object = json_object_new ();
  if (length > 0 && g_utf8_validate_len (body, length, NULL))
    form = g_uri_parse_params (body, (gssize) length, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (form != NULL)
    {
      g_hash_table_iter_init (&iter, form);
      while (g_hash_table_iter_next (&iter, &name, &value))
        json_object_set_string_member (object, name, value);
    }
  return object;
}

/**
 * jump_device_reply_get_number:
 *
 * Returns: 0 if it is missing; numbers are strings in the form-encoded shape
 */
gint64
jump_device_reply_get_number (JsonObject *fields, const char *member)
{
  const char *text = jump_json_get_string (fields, member, NULL);

  if (text != NULL)
    return g_ascii_strtoll (text, NULL, 10);
  return jump_json_get_int (fields, member, 0);
}

/* Whether it can be shown on a terminal: short, and no control characters. */
static gboolean
is_code (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        return FALSE;
    }
  return length > 0 && length <= MAX_SHOWN_LENGTH;
}

/* Whether a browser may be sent there: https, or http on a loopback address. */
static gboolean
is_safe_uri (const char *text)
{
  g_autoptr (GUri) uri = is_code (text) ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GInetAddress) address = NULL;
  const char *host;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  if (strcmp (g_uri_get_scheme (uri), "http") != 0)
    return FALSE;
  host = g_uri_get_host (uri);
  address = g_inet_address_new_from_string (host);
  return strcmp (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/* What a code that ends the sign-in means to a person (protocol 1.2).
 * @description: (nullable): the reply's error_description */
static GError *
error_from_code (const char *code, const char *description, guint status)
{
  static const struct
  {
    const char *code;
    const char *meaning;
  } rows[] = {
    { "incorrect_device_code", "the code was used already or is unknown; start again" },
    { "bad_verification_code", "the code was used already or is unknown; start again" },
    { "incorrect_client_credentials",
      "GitHub does not know the client id; see upstream.client_id" },
    { "unsupported_grant_type", "GitHub does not accept this kind of sign-in" },
    { "device_flow_disabled",
      "device sign-in is switched off for the app of this client id; see upstream.client_id" },
    { "Not Found", "GitHub does not know the client id; see upstream.client_id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (strcmp (rows[i].code, code) == 0)
        return g_error_new (JUMP_ERROR,
                            JUMP_ERROR_FORBIDDEN,
                            "sign-in: %s (%s)",
                            rows[i].meaning,
                            code);
    }
  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_FORBIDDEN,
                      "sign-in: GitHub answered \"%s\" with status %u%s%s",
                      code,
                      status,
                      description == NULL ? "" : ": ",
                      description == NULL ? "" : description);
}

/**
 * jump_device_reply_check_start:
 * @status: of the reply to the request for a code
 * @fields: its body
 * @error: JUMP_ERROR_UPSTREAM, JUMP_ERROR_RATE_LIMITED, JUMP_ERROR_FORBIDDEN, JUMP_ERROR_PROTOCOL
 *
 * Returns: whether @fields has all that a person and the polls need
 */
gboolean
jump_device_reply_check_start (guint status, JsonObject *fields, GError **error)
{
  const char *code = jump_json_get_string (fields, "error", NULL);

  if (status >= 500)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_UPSTREAM,
                 "sign-in: GitHub has trouble, status %u; try again",
                 status);
  else if (status == 429)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_RATE_LIMITED,
                 "sign-in: too many attempts; wait a while");
  else if (status == 404)
    g_propagate_error (error, error_from_code ("Not Found", NULL, status));
  else if (code != NULL || status != 200)
    g_propagate_error (error,
                       error_from_code (code != NULL ? code : "no reason",
                                        jump_json_get_string (fields, "error_description", NULL),
                                        status));
  else if (*jump_json_get_string (fields, "device_code", "") == '\0' ||
           !is_code (jump_json_get_string (fields, "user_code", "")) ||
           !is_safe_uri (jump_json_get_string (fields, "verification_uri", "")))
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_PROTOCOL,
                 "sign-in: expected device_code, user_code and an https verification_uri in "
                 "GitHub's answer");
  else
    return TRUE;
  return FALSE;
}

/**
 * jump_device_reply_judge_poll:
 * @status: of the reply to a poll; errors come with 200 (protocol 1.2)
 * @fields: its body
 * @error: set with JUMP_DEVICE_ANSWER_ERROR only
 *
 * A 200 that says nothing we know is a page of a proxy or a hotel's network: pending, as the code
 * expires anyway.
 */
JumpDeviceAnswer
jump_device_reply_judge_poll (guint status, JsonObject *fields, GError **error)
{
  const char *code = jump_json_get_string (fields, "error", NULL);

  if (status == 200 && *jump_json_get_string (fields, "access_token", "") != '\0')
    return JUMP_DEVICE_ANSWER_TOKEN;
  if (status >= 500)
    return JUMP_DEVICE_ANSWER_PENDING;
  if (status == 429 || g_strcmp0 (code, "slow_down") == 0)
    return JUMP_DEVICE_ANSWER_SLOW_DOWN;
  if (g_strcmp0 (code, "authorization_pending") == 0 || (code == NULL && status == 200))
    return JUMP_DEVICE_ANSWER_PENDING;
  if (g_strcmp0 (code, "expired_token") == 0)
    return JUMP_DEVICE_ANSWER_EXPIRED;
  if (g_strcmp0 (code, "access_denied") == 0)
    return JUMP_DEVICE_ANSWER_DENIED;
  g_propagate_error (error,
                     error_from_code (code != NULL ? code : "no reason",
                                      jump_json_get_string (fields, "error_description", NULL),
                                      status));
  return JUMP_DEVICE_ANSWER_ERROR;
}
