/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-citation.h"

#include "service/dialects/json-splice.h"

/* Characters of the inside of a JSON string. */
static gint64
count_characters (const GString *text)
{
  const char *at = text->str;
  const char *end = at + text->len;
  gint64 n = 0;

  while (at < end)
    {
      gboolean is_escape = *at == '\\' && end - at >= 2;

      if (is_escape && at[1] == 'u' && end - at >= 6)
        {
          /* The first half of a pair of surrogates counts with the second. */
          gboolean is_first_half =
              g_ascii_tolower (at[2]) == 'd' && strchr ("89abAB", at[3]) != NULL;

          n += is_first_half ? 0 : 1;
          at += 6;
          continue;
        }
      n += ((guchar) *at & 0xc0) != 0x80;
      at += is_escape ? 2 : 1;
    }
  return n;
}

static void
put_position (GString *out, const char *name, JumpJsonSpan value, gint64 fallback)
{
  gint64 position = fallback;

  jump_json_span_get_int (value, &position);
  g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, name, position);
}

/* Positions are required; those that nobody told cover the text so far. */
static gboolean
put_url_citation (JumpJsonSpan citation, const GString *text, GString *out)
{
  JumpJsonSpan url = jump_json_find_member (citation, "url");
  JumpJsonSpan title = jump_json_find_member (citation, "title");

  if (jump_json_span_kind (url) != JUMP_JSON_STRING)
    return FALSE;
  jump_splice_put_literal (out, "{\"type\":\"url_citation\"");
  put_position (out, "start_index", jump_json_find_member (citation, "start_index"), 0);
  put_position (out,
                "end_index",
                jump_json_find_member (citation, "end_index"),
                count_characters (text));
  jump_splice_put_literal (out, ",\"url\":");
  jump_splice_put_span (out, url);
  jump_splice_put_literal (out, ",\"title\":");
  if (jump_json_span_kind (title) == JUMP_JSON_STRING)
    jump_splice_put_span (out, title);
  else
    jump_splice_put_literal (out, "\"\"");
  jump_splice_put_literal (out, "}");
  return TRUE;
}

/**
 * jump_responses_citation_put:
 * @annotation: chat's and Messages' citations of web pages are known, and all of this API itself
 * @text: for the positions
 * @out: gets the object
 *
 * Returns: whether there was anything to append
 */
gboolean
jump_responses_citation_put (JumpJsonSpan annotation, const GString *text, GString *out)
{
  JumpJsonSpan type = jump_json_find_member (annotation, "type");
  JumpJsonSpan nested = jump_json_find_member (annotation, "url_citation");

  if (nested.start != NULL)
    return put_url_citation (nested, text, out);
  if (jump_json_span_equals (type, "file_citation") || jump_json_span_equals (type, "file_path") ||
      jump_json_span_equals (type, "container_file_citation"))
    {
      jump_splice_put_span (out, annotation);
      return TRUE;
    }
  return put_url_citation (annotation, text, out);
}
