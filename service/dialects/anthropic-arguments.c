/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-arguments.h"

#include "service/base/json-scan.h"
#include "service/base/limits.h"

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
is_object (const char *text)
{
  gsize length = strlen (text);

  return jump_json_validate (text, length, JUMP_LIMIT_JSON_DEPTH, NULL) &&
         jump_json_span_kind (jump_json_span_trim (text, length)) == JUMP_JSON_OBJECT;
}

/**
 * jump_anthropic_arguments_write:
 * @writer: in front of a value
 * @call: free text of a custom tool stands in "input", as in the schema that it is offered with; what a
 *   model wrote that is no object is kept in "arguments"
 */
gboolean
jump_anthropic_arguments_write (JumpJsonWriter *writer, const JumpPart *call)
{
  gboolean is_custom = call->tool_kind == JUMP_TOOL_CUSTOM;

  if (!is_custom && is_blank (call->arguments))
    {
      jump_json_writer_raw (writer, "{}", 2);
      return FALSE;
    }
  if (!is_custom && is_object (call->arguments))
    {
      jump_json_writer_raw (writer, call->arguments, -1);
      return FALSE;
    }
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer,
                                  is_custom ? "input" : "arguments",
                                  call->arguments == NULL ? "" : call->arguments);
  jump_json_writer_end_object (writer);
  return !is_custom;
}
