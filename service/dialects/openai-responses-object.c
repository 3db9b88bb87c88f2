/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-object.h"

#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses-failure.h"
#include "service/dialects/openai-responses-usage.h"

/* Libraries with strict schemas want every member, whatever its value. */
static const struct
{
  const char *name;
  const char *json;
} defaults[] = {
  { "instructions", "null" },
  { "max_output_tokens", "null" },
  { "max_tool_calls", "null" },
  { "metadata", "{}" },
  { "parallel_tool_calls", "true" },
  { "previous_response_id", "null" },
  { "prompt_cache_key", "null" },
  { "reasoning", "{\"effort\":null,\"summary\":null}" },
  { "safety_identifier", "null" },
  { "service_tier", "\"default\"" },
  { "store", "false" },
  { "temperature", "1.0" },
  { "text", "{\"format\":{\"type\":\"text\"}}" },
  { "tool_choice", "\"auto\"" },
  { "tools", "[]" },
  { "top_logprobs", "0" },
  { "top_p", "1.0" },
  { "truncation", "\"disabled\"" },
  { "user", "null" },
};

/* Returns: (transfer full): @echo as an object, an empty one when it is none */
static char *
make_object (const char *echo)
{
  g_autofree char *object = g_strdup_printf ("{%s}", echo == NULL ? "" : echo);

  if (jump_json_validate (object, strlen (object), JUMP_LIMIT_JSON_DEPTH, NULL))
    return g_steal_pointer (&object);
  return g_strdup ("{}");
}

/**
 * jump_responses_object_init:
 * @self: (out caller-allocates): the object of one response
 * @id: the response's
 * @model: as the client calls it
 * @created: wall seconds
 * @echo: members that the reply repeats; "store" and "previous_response_id" may be among them
 */
void
jump_responses_object_init (JumpResponsesObject *self,
                            const char *id,
                            const char *model,
                            gint64 created,
                            const char *echo)
{
  g_autofree char *members = make_object (echo);
  JumpJsonSpan object = { members, strlen (members) };

  self->id = g_strdup (id);
  self->created = created;
  self->rest = g_string_new (",\"model\":");
  jump_json_append_string (self->rest, model);
  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      JumpJsonSpan value = jump_json_find_member (object, defaults[i].name);

      g_string_append_printf (self->rest, ",\"%s\":", defaults[i].name);
      if (value.start != NULL)
        jump_splice_put_span (self->rest, value);
      else
        g_string_append (self->rest, defaults[i].json);
    }
}

/**
 * jump_responses_object_clear:
 * @self: an object
 */
void
jump_responses_object_clear (JumpResponsesObject *self)
{
  g_clear_pointer (&self->id, g_free);
  if (self->rest != NULL)
    g_string_free (g_steal_pointer (&self->rest), TRUE);
}

/**
 * jump_responses_object_put:
 * @self: an object
 * @status: in_progress, completed, incomplete or failed
 * @output: the finished items, comma-separated
 * @usage: what it cost
 * @reason: max_output_tokens or content_filter
 * @failure: why it failed
 * @out: gets the object
 */
void
jump_responses_object_put (const JumpResponsesObject *self,
                           const char *status,
                           const GString *output,
                           const JumpUsageCount *usage,
                           const char *reason,
                           const JumpFailure *failure,
                           GString *out)
{
  jump_splice_put_literal (out, "{\"id\":\"");
  g_string_append (out, self->id);
  jump_splice_put_literal (out, "\",\"object\":\"response\",\"created_at\":");
  jump_splice_put_int (out, self->created);
  jump_splice_put_literal (out, ",\"status\":\"");
  g_string_append (out, status);
  jump_splice_put_literal (out, "\",\"background\":false,\"error\":");
  if (failure != NULL)
    jump_responses_failure_put (failure, out);
  else
    jump_splice_put_literal (out, "null");
  jump_splice_put_literal (out, ",\"incomplete_details\":");
  if (reason != NULL)
    g_string_append_printf (out, "{\"reason\":\"%s\"}", reason);
  else
    jump_splice_put_literal (out, "null");
  jump_splice_put (out, self->rest->str, self->rest->len);
  jump_splice_put_literal (out, ",\"output\":[");
  if (output != NULL)
    jump_splice_put (out, output->str, output->len);
  jump_splice_put_literal (out, "],\"usage\":");
  if (usage != NULL)
    jump_responses_usage_write (usage, out);
  else
    jump_splice_put_literal (out, "null");
  jump_splice_put_literal (out, "}");
}
