/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-error.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/base/redact.h"

#include <string.h>

/* Plain text replies are cut here: enough for every real message, too little for a page. */
#define MAX_TEXT 4096
/* JSON inside a message inside JSON: two levels have been seen. */
#define MAX_NESTING 4

/* What could be read from an upstream's body, whatever its shape. */
typedef struct
{
  char *message; /* (owned) (nullable) */
  char *type;    /* (owned) (nullable) */
  char *param;   /* (owned) (nullable) */
  char *code;    /* (owned) (nullable) */
} Findings;

static void
findings_clear (Findings *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->param, g_free);
  g_clear_pointer (&self->code, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Findings, findings_clear)

static const char *
type_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return "authentication_error";
    case 402:
      return "insufficient_quota";
    case 403:
      return "permission_error";
    case 408:
      return "api_error";
    case 429:
      return "rate_limit_error";
    default:
      return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    }
}

/* (nullable): the word for a status whose body gave none. */
static const char *
code_for_status (guint status)
{
  switch (status)
    {
    case 402:
      return "insufficient_quota";
    case 408:
    case 504:
      return "timeout";
    case 413:
      return "request_too_large";
    case 429:
      return "rate_limit_exceeded";
    default:
      return NULL;
    }
}

static char *
message_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return g_strdup ("upstream did not accept the credentials (401)");
    case 402:
      return g_strdup ("the quota of this account is used up (402)");
    case 403:
      return g_strdup ("upstream refused the request (403)");
    case 404:
      return g_strdup ("upstream does not know this path or model (404)");
    case 413:
      return g_strdup ("the request is too large for upstream (413)");
    case 429:
      return g_strdup ("too many requests, try again later (429)");
    default:
      return g_strdup_printf ("upstream answered with status %u and no message", status);
    }
}

/* Upstream may repeat the token that it was shown; clients write errors into logs of theirs. */
static void
put_redacted (JumpJsonWriter *writer, const char *name, const char *text)
{
  g_autofree char *redacted = text == NULL ? NULL : jump_redact (text);

  jump_json_writer_member_string (writer, name, redacted);
}

static GBytes *
build_body (const char *message, const char *type, const char *param, const char *code)
{
  g_auto (JumpJsonWriter) writer;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "error");
  jump_json_writer_begin_object (&writer);
  put_redacted (&writer, "message", message);
  put_redacted (&writer, "type", type);
  put_redacted (&writer, "param", param);
  put_redacted (&writer, "code", code);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
}

/* "messages[2].role: expected string" names its field, "no route to host: x" does not. */
static char *
param_from_message (const char *message)
{
  gsize length = strcspn (message, ": \n");

  if (length == 0 || length > 200 || message[length] != ':' || message[length + 1] != ' ')
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (message[i]) && strchr ("_.[]-", message[i]) == NULL)
        return NULL;
    }
  return g_strndup (message, length);
}

static gboolean
looks_like_page (const char *text)
{
  return g_ascii_strncasecmp (text, "<!doctype", 9) == 0 ||
         g_ascii_strncasecmp (text, "<html", 5) == 0;
}

static void
take_string (char **field, JsonObject *object, const char *member)
{
  const char *value = jump_json_get_string (object, member, NULL);

  if (value == NULL || *value == '\0')
    return;
  g_free (*field);
  *field = g_strdup (value);
}

static JsonObject *
find_innermost (JsonNode *root)
{
  JsonObject *object = NULL;

  if (JSON_NODE_HOLDS_ARRAY (root))
    object = jump_json_array_get_object (json_node_get_array (root), 0);
  else if (JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  for (JsonObject *inner = object; inner != NULL; inner = jump_json_get_object (inner, "error"))
    object = inner;
  return object;
}

/* Reads one level of JSON. Returns: (transfer full) (nullable): the message found there, which may be JSON
 * again. */
static char *
read_level (Findings *self, const char *text)
{
  g_autoptr (JsonNode) root = jump_json_parse (text, -1, NULL);
  JsonObject *object;
  const char *message;

  if (root == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (root) && json_node_get_value_type (root) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (root));
  object = find_innermost (root);
  if (object == NULL)
    return NULL;
  take_string (&self->type, object, "type");
  take_string (&self->param, object, "param");
  take_string (&self->code, object, "code");
  message = jump_json_get_string (object, "message", NULL);
  if (message == NULL)
    message = jump_json_get_string (object, "error_description", NULL);
  if (message == NULL)
    message = jump_json_get_string (object, "error", NULL);
  return g_strdup (message);
}

/* The inner error's words win over those around it: the outer ones are a gateway's. */
static void
read_text (Findings *self, const char *body, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (body, (gssize) length);

  for (guint level = 0; level < MAX_NESTING; level++)
    {
      g_autofree char *message = NULL;

      g_strstrip (text);
      if (strchr ("{[\"", *text) == NULL || *text == '\0')
        break;
      message = read_level (self, text);
      if (message == NULL)
        break;
      g_free (text);
      text = g_steal_pointer (&message);
    }
  g_strstrip (text);
  if (*text == '\0' || looks_like_page (text))
    return;
  if (strlen (text) > MAX_TEXT)
    *g_utf8_find_prev_char (text, text + MAX_TEXT) = '\0';
  self->message = g_steal_pointer (&text);
}

static gboolean
has_secret (const char *data, gsize length)
{
  g_autofree char *text = g_strndup (data, length);
  g_autofree char *redacted = jump_redact (text);

  return strcmp (text, redacted) != 0;
}

/* OpenAI's shape needs a message and a type; param and code may be left out. */
static gboolean
has_shape (const char *data, gsize length)
{
  JumpJsonSpan root, error, message, type;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  root = jump_json_span_trim (data, length);
  if (jump_json_span_kind (root) != JUMP_JSON_OBJECT ||
      jump_json_find_member (root, "type").start != NULL)
    return FALSE;
  error = jump_json_find_member (root, "error");
  if (jump_json_span_kind (error) != JUMP_JSON_OBJECT)
    return FALSE;
  message = jump_json_find_member (error, "message");
  type = jump_json_find_member (error, "type");
  return jump_json_span_kind (message) == JUMP_JSON_STRING && message.length > 2 &&
         message.start[1] != '{' && jump_json_span_kind (type) == JUMP_JSON_STRING &&
         !jump_json_span_is_empty_string (type);
}

static const char *
code_of_jump_error (const GError *error)
{
  switch ((JumpError) error->code)
    {
    case JUMP_ERROR_BAD_REQUEST:
      return g_str_has_prefix (error->message, "invalid JSON") ? "invalid_json" : "invalid_request";
    case JUMP_ERROR_SIGNED_OUT:
      return "not_signed_in";
    case JUMP_ERROR_FORBIDDEN:
      return "forbidden";
    case JUMP_ERROR_UNKNOWN_MODEL:
      return "model_not_found";
    case JUMP_ERROR_NOT_FOUND:
      return "not_found";
    case JUMP_ERROR_METHOD:
      return "method_not_allowed";
    case JUMP_ERROR_TIMEOUT:
      return "timeout";
    case JUMP_ERROR_TOO_LARGE:
      return "request_too_large";
    case JUMP_ERROR_RATE_LIMITED:
      return "rate_limit_exceeded";
    case JUMP_ERROR_UPSTREAM:
      return "upstream_error";
    case JUMP_ERROR_PROTOCOL:
      return "upstream_not_understood";
    case JUMP_ERROR_UNAVAILABLE:
      return "service_unavailable";
    case JUMP_ERROR_STORE:
      return "storage_error";
    case JUMP_ERROR_BUSY_PORT:
      return "port_in_use";
    case JUMP_ERROR_SETTINGS:
      return "wrong_setting";
    }
  return "internal_error";
}

/**
 * jump_openai_error_new:
 * @status: the HTTP status it goes with; decides the type
 * @code: (nullable): a word for programs, such as "model_not_found"
 * @param: (nullable): the field of the request that is to blame
 * @message: for people; repaired when it is not UTF-8
 *
 * Returns: (transfer full): `{"error":{"message","type","param","code"}}`
 */
GBytes *
jump_openai_error_new (guint status, const char *code, const char *param, const char *message)
{
  return build_body (message, type_for_status (status), param, code);
}

/**
 * jump_openai_error_from_error:
 * @error: of any domain
 *
 * Goes with the status of jump_error_http_status(). A message of the form "field: what was
 * expected" names its field as param, too.
 *
 * Returns: (transfer full): the body
 */
GBytes *
jump_openai_error_from_error (const GError *error)
{
  g_autofree char *param = NULL;

  if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST))
    param = param_from_message (error->message);
  else if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_UNKNOWN_MODEL))
    param = g_strdup ("model");
  return jump_openai_error_new (jump_error_http_status (error),
                                jump_openai_error_code (error),
                                param,
                                error->message);
}

/**
 * jump_openai_error_code:
 * @error: of any domain
 *
 * Returns: a word that stays the same between versions, such as "model_not_found"
 */
const char *
jump_openai_error_code (const GError *error)
{
  return error->domain == JUMP_ERROR ? code_of_jump_error (error) : "internal_error";
}

/**
 * jump_openai_error_from_upstream:
 * @status: upstream's status, which the client gets as well
 * @body: (nullable): what came with it; the content type says nothing (protocol 5.5)
 *
 * Upstream's own type, param and code are kept; what it left out follows from @status.
 *
 * Returns: (transfer full): the body; @body itself when it has the shape already and nothing in it
 *   looks like a secret
 */
GBytes *
jump_openai_error_from_upstream (guint status, GBytes *body)
{
  g_auto (Findings) findings = { NULL };
  const char *data = NULL;
  gsize length = 0;

  if (body != NULL)
    data = g_bytes_get_data (body, &length);
  if (length > 0 && has_shape (data, length) && !has_secret (data, length))
    return g_bytes_ref (body);
  if (length > 0)
    read_text (&findings, data, length);
  if (findings.message == NULL)
    findings.message = message_for_status (status);
  /* Anthropic's envelope says "error" where the error has no type of its own. */
  if (g_strcmp0 (findings.type, "error") == 0)
    g_clear_pointer (&findings.type, g_free);
  return build_body (findings.message,
                     findings.type != NULL ? findings.type : type_for_status (status),
                     findings.param,
                     findings.code != NULL ? findings.code : code_for_status (status));
}

/**
 * jump_openai_error_append_event:
 * @out: the stream so far, ending with a complete event
 * @error: why it ends here
 */
void
jump_openai_error_append_event (GString *out, const GError *error)
{
  g_autoptr (GBytes) body = jump_openai_error_from_error (error);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append (out, "data: ");
  g_string_append_len (out, data, (gssize) length);
  g_string_append (out, "\n\n");
}
