/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/upstream-words.h"

#include "service/base/json-read.h"

#include <string.h>

/* Plain text replies are cut here: enough for every real message, too little for a page. */
#define MAX_TEXT 4096
/* JSON inside a message inside JSON: two levels have been seen. */
#define MAX_NESTING 4

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

/* "code":429, "code":"429" and "status":"401" are statuses, every other code is a word. */
static void
take_code (JumpUpstreamWords *self, JsonObject *object)
{
  const char *word = jump_json_get_string (object, "code", NULL);
  gint64 number = jump_json_get_int (object, "code", 0);

  if (word != NULL && strlen (word) == 3 && g_ascii_isdigit (*word))
    number = g_ascii_strtoll (word, NULL, 10);
  else
    take_string (&self->code, object, "code");
  if (number >= 400 && number <= 599)
    self->status = (guint) number;
}

static JsonObject *
find_innermost (JsonNode *root)
{
  JsonObject *object = NULL;
  JsonObject *inner;

  if (JSON_NODE_HOLDS_ARRAY (root))
    object = jump_json_array_get_object (json_node_get_array (root), 0);
  else if (JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  if (object == NULL)
    return NULL;
  /* response.failed: the error stands in the response that it ends. */
  inner = jump_json_get_object (object, "response");
  if (inner != NULL && jump_json_get_object (inner, "error") != NULL)
    object = inner;
  while ((inner = jump_json_get_object (object, "error")) != NULL)
    object = inner;
  return object;
}

/* Reads one level of JSON. Returns: (transfer full) (nullable): the message found there, which may be JSON
 * again. */
static char *
read_level (JumpUpstreamWords *self, const char *text)
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
  take_code (self, object);
  message = jump_json_get_string (object, "message", NULL);
  if (message == NULL)
    message = jump_json_get_string (object, "error_description", NULL);
  if (message == NULL)
    message = jump_json_get_string (object, "error", NULL);
  return g_strdup (message);
}

/**
 * jump_upstream_words_read:
 * @self: nothing read yet
 * @body: not terminated, any bytes
 * @length: bytes of @body
 *
 * Pages of HTML and empty bodies have no message.
 */
void
jump_upstream_words_read (JumpUpstreamWords *self, const char *body, gsize length)
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
  /* Anthropic's envelope says "error" where the error has no type of its own. */
  if (g_strcmp0 (self->type, "error") == 0)
    g_clear_pointer (&self->type, g_free);
  if (*text == '\0' || looks_like_page (text))
    return;
  if (strlen (text) > MAX_TEXT)
    *g_utf8_find_prev_char (text, text + MAX_TEXT) = '\0';
  self->message = g_steal_pointer (&text);
}

/**
 * jump_upstream_words_clear:
 * @self: words, zeroed ones too
 */
void
jump_upstream_words_clear (JumpUpstreamWords *self)
{
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->param, g_free);
  g_clear_pointer (&self->code, g_free);
  self->status = 0;
}
