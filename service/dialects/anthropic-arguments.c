/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-arguments.h"

#include "service/dialects/call-arguments.h"

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

  if (!is_custom && jump_call_arguments_is_blank (call->arguments))
    {
      jump_json_writer_raw (writer, "{}", 2);
      return FALSE;
    }
  if (!is_custom && jump_call_arguments_is_object (call->arguments))
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
