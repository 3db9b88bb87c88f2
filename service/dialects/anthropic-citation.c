/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-citation.h"

static const char *const known_types[] = {
  "char_location",
  "page_location",
  "content_block_location",
  "search_result_location",
  "web_search_result_location",
};

/**
 * jump_anthropic_citation_is_known:
 * @annotation: of validated text
 */
gboolean
jump_anthropic_citation_is_known (JumpJsonSpan annotation)
{
  JumpJsonSpan type = jump_json_find_member (annotation, "type");

  for (guint i = 0; i < G_N_ELEMENTS (known_types); i++)
    {
      if (jump_json_span_equals (type, known_types[i]))
        return TRUE;
    }
  return FALSE;
}
