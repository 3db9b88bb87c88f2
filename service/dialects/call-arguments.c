/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/call-arguments.h"

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"

#include <string.h>

/**
 * jump_call_arguments_is_blank:
 * @arguments: (nullable): text of a model
 *
 * Returns: whether there is nothing in it but space
 */
gboolean
jump_call_arguments_is_blank (const char *arguments)
{
  return arguments == NULL || arguments[strspn (arguments, " \t\r\n")] == '\0';
}

/**
 * jump_call_arguments_is_object:
 * @arguments: text of a model
 *
 * Returns: whether it is one whole JSON object
 */
gboolean
jump_call_arguments_is_object (const char *arguments)
{
  gsize length = strlen (arguments);

  return jump_json_validate (arguments, length, JUMP_LIMIT_JSON_DEPTH, NULL) &&
         jump_json_span_kind (jump_json_span_trim (arguments, length)) == JUMP_JSON_OBJECT;
}

/**
 * jump_call_arguments_wrap:
 * @input: (nullable): free text
 *
 * Returns: (transfer full): a JSON object
 */
char *
jump_call_arguments_wrap (const char *input)
{
  g_auto (JumpJsonWriter) writer = { NULL };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "input", input != NULL ? input : "");
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_call_arguments_unwrap:
 * @arguments: what the model said for the function that stands for a custom tool
 *
 * Returns: (transfer full): the input; @arguments themselves when the model did not keep to the schema
 */
char *
jump_call_arguments_unwrap (const char *arguments)
{
  JumpJsonSpan input = { NULL, 0 };
  gsize length = strlen (arguments);

  if (jump_json_validate (arguments, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    input = jump_json_find_member (jump_json_span_trim (arguments, length), "input");
  if (jump_json_span_kind (input) == JUMP_JSON_STRING)
    return jump_json_span_dup_string (input);
  return g_strdup (arguments);
}
