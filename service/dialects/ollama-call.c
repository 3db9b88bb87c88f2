/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-call.h"

#include "service/base/json-write.h"
#include "service/dialects/call-arguments.h"

/* Where arguments stand that are no object: what the model wrote, as a string. Nothing of it is lost,
 * the client sees what is wrong, and its next request brings the model its own words back. */
#define RAW_MEMBER "_raw"

/* Lines end a JSON text of a stream; valid JSON has them only between its tokens. */
static void
append_on_one_line (GString *out, const char *json)
{
  gsize start = out->len;

  g_string_append (out, json);
  for (gsize i = start; i < out->len; i++)
    {
      if (out->str[i] == '\n' || out->str[i] == '\r')
        out->str[i] = ' ';
    }
}

static void
append_arguments (GString *out, const char *arguments)
{
  if (jump_call_arguments_is_blank (arguments))
    g_string_append (out, "{}");
  else if (jump_call_arguments_is_object (arguments))
    append_on_one_line (out, arguments);
  else
    {
      g_string_append (out, "{\"" RAW_MEMBER "\":");
      jump_json_append_string (out, arguments);
      g_string_append_c (out, '}');
    }
}

/**
 * jump_ollama_call_append:
 * @out: behind "[" or another call
 * @index: of the call in the reply, from 0
 * @id: for clients that give it back; Ollama's own has it too since 0.12
 */
void
jump_ollama_call_append (GString *out,
                         guint index,
                         const char *id,
                         const char *name,
                         const char *arguments,
                         const JumpToolNames *names)
{
  JumpToolKind kind;
  const char *name_space = NULL;

  if (name != NULL && names != NULL)
    jump_tool_names_from_wire (names, name, &name, &name_space, &kind);
  g_string_append_c (out, '{');
  if (id != NULL && *id != '\0')
    {
      g_string_append (out, "\"id\":");
      jump_json_append_string (out, id);
      g_string_append_c (out, ',');
    }
  g_string_append_printf (out, "\"function\":{\"index\":%u,\"name\":", index);
  jump_json_append_string (out, name == NULL ? "" : name);
  g_string_append (out, ",\"arguments\":");
  append_arguments (out, arguments);
  g_string_append (out, "}}");
}
