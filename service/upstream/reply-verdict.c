/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/reply-verdict.h"

#include "service/base/json-read.h"

#include <string.h>

static gboolean
has_token_code (JsonObject *object, const char *member)
{
  static const char *const codes[] = { "expired_token", "invalid_token", "token_expired" };
  const char *code = jump_json_get_string (object, member, "");

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_ascii_strcasecmp (code, codes[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* {"error":{"code":…}}, {"code":…} and {"error":"…"} (protocol 7.1). */
static gboolean
names_dead_token (const char *body, gsize length)
{
  g_autoptr (JsonObject) root = jump_json_parse_object (body, (gssize) length, NULL);

  return has_token_code (jump_json_get_object (root, "error"), "code") ||
         has_token_code (root, "code") || has_token_code (root, "error");
}

/* /responses answers 401 to ids of another connection; a new token does not help. */
static gboolean
speaks_of_items (const char *body, gsize length)
{
  g_autofree char *copy = g_strndup (body, length);
  g_autofree char *text = g_ascii_strdown (copy, -1);

  return strstr (text, "input item") != NULL ||
         strstr (text, "does not belong to this connection") != NULL;
}

/* Plain "Forbidden", or the sentence that says no more (protocol 7.2). */
static gboolean
says_no_reason (const char *body, gsize length)
{
  g_autofree char *copy = g_strndup (body, length);
  g_autofree char *text = g_ascii_strdown (g_strstrip (copy), -1);

  return g_str_equal (text, "forbidden") ||
         strstr (text, "access to this endpoint is forbidden") != NULL;
}

/**
 * jump_reply_verdict:
 * @status: of the reply
 * @body: (array length=length): JSON or text, whatever its content type said
 * @length: in bytes
 *
 * Returns: what to do; PASS for everything that a new token cannot change
 */
JumpReplyVerdict
jump_reply_verdict (guint status, const char *body, gsize length)
{
  if (body == NULL)
    body = "";
  if (status == 401 && !speaks_of_items (body, length))
    return JUMP_VERDICT_TOKEN_DEAD;
  if (status == 403 && names_dead_token (body, length))
    return JUMP_VERDICT_TOKEN_DEAD;
  if (status == 403 && says_no_reason (body, length))
    return JUMP_VERDICT_OPAQUE;
  if (status == 421)
    return JUMP_VERDICT_WRONG_HOST;
  return JUMP_VERDICT_PASS;
}
