/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/error-words.h"

#include "service/base/json-read.h"
#include "service/base/redact.h"

/* More than this is a page, not a message. */
#define MAX_LENGTH 1000

/* Upstream may repeat the token that it was shown; what it says is shown, and kept in the history. */
static char *
clean (const char *text)
{
  g_autofree char *safe = text == NULL ? NULL : jump_redact (text);
  g_autofree char *valid = safe == NULL ? NULL : g_utf8_make_valid (safe, -1);
  g_autofree char *words =
      valid == NULL ? NULL
                    : g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_LENGTH));

  if (words == NULL || *g_strstrip (words) == '\0')
    return NULL;
  return g_steal_pointer (&words);
}

/* An address in the text is the one that belongs to it: "[Learn more](https://…)". */
static char *
find_url (JsonObject *object, const char *message)
{
  const char *told = jump_json_get_string (object,
                                           "documentation_url",
                                           jump_json_get_string (object, "url", NULL));
  const char *begin = message == NULL ? NULL : strstr (message, "](https://");
  g_autofree char *found = NULL;

  if (told != NULL && g_str_has_prefix (told, "https://"))
    return jump_redact (told);
  if (begin == NULL || strchr (begin, ')') == NULL)
    return NULL;
  begin += strlen ("](");
  found = g_strndup (begin, (gsize) (strchr (begin, ')') - begin));
  return jump_redact (found);
}

/**
 * jump_error_words_new:
 * @body: as it came; a JSON object of any of the known forms, or plain text
 * @length: of @body
 *
 * A page of HTML says nothing to a person who did not ask for it. Secrets are taken out.
 */
char *
jump_error_words_new (const char *body, gsize length, char **out_url)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;
  JsonObject *inner;
  const char *message;

  if (out_url != NULL)
    *out_url = NULL;
  if (length == 0)
    return NULL;
  object = jump_json_parse_object (body, (gssize) length, NULL);
  if (object == NULL)
    {
      text = g_strndup (body, length);
      return strchr (text, '<') != NULL ? NULL : clean (text);
    }
  inner = jump_json_get_object (object, "error");
  message = jump_json_get_string (inner != NULL ? inner : object, "message", NULL);
  if (message == NULL)
    message = jump_json_get_string (object, "error", NULL);
  if (out_url != NULL)
    *out_url = find_url (inner != NULL ? inner : object, message);
  return clean (message);
}
