/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-input-check.h"

#include "service/base/json-read.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/picture-check.h"
#include "service/simulator/responses-item-check.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-refusal.h"

typedef struct
{
  const JumpIncomingCall *call;
  JsonObject *body;
  JsonObject *model;
  JsonArray *items; /* (nullable): NULL when the input is a text */
} Input;

/* Grok knows only the public dialect, and says so oddly (protocol 6.1). */
static JumpPlannedReply *
check_dialect (const Input *input)
{
  JsonObject *reasoning = jump_json_get_object (input->body, "reasoning");
  gboolean is_lite = json_object_has_member (input->body, "client_metadata") ||
                     (reasoning != NULL && json_object_has_member (reasoning, "context"));

  if (!jump_model_is_vendor (input->model, "xAI"))
    return NULL;
  for (guint i = 0; input->items != NULL && i < json_array_get_length (input->items); i++)
    {
      JsonObject *item = jump_json_array_get_object (input->items, i);

      is_lite = is_lite || g_str_equal (jump_responses_get_type (item), "additional_tools");
    }
  if (!is_lite)
    return NULL;
  return jump_planned_reply_new_text (503, "text/plain; charset=utf-8", "upstream connect error\n");
}

static JumpPlannedReply *
check_items (const Input *input)
{
  guint n = input->items == NULL ? 0 : json_array_get_length (input->items);

  if (input->items == NULL && jump_json_get_string (input->body, "input", NULL) == NULL)
    return jump_responses_refuse_missing ("input");
  for (guint i = 0; i < n; i++)
    {
      JsonObject *item = jump_json_array_get_object (input->items, i);
      g_autofree char *path = g_strdup_printf ("input[%u]", i);
      JumpPlannedReply *reply;

      if (item == NULL)
        return jump_responses_refuse_missing (path);
      reply = jump_responses_item_check (item, input->model, path);
      if (reply != NULL)
        return reply;
    }
  return NULL;
}

/* Whether the input has an item of @type (with or without _output) for that call, in @from to @to. */
static gboolean
has_partner (const Input *input, const char *type, const char *call_id, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      JsonObject *item = jump_json_array_get_object (input->items, i);

      if (g_str_equal (jump_responses_get_type (item), type) &&
          g_str_equal (jump_json_get_string (item, "call_id", ""), call_id))
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_pair (const Input *input, guint i, const char *call_type, const char *words)
{
  JsonObject *item = jump_json_array_get_object (input->items, i);
  const char *type = jump_responses_get_type (item);
  const char *call_id = jump_json_get_string (item, "call_id", "");
  g_autofree char *output_type = g_strconcat (call_type, "_output", NULL);
  guint n = json_array_get_length (input->items);

  if (g_str_equal (type, output_type) && !has_partner (input, call_type, call_id, 0, i))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "input",
                                         "No tool call found for %s output with call_id %s.",
                                         words,
                                         call_id);
  if (g_str_equal (type, call_type) && !has_partner (input, output_type, call_id, i + 1, n))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "input",
                                         "No tool output found for %s %s.",
                                         words,
                                         call_id);
  return NULL;
}

static JumpPlannedReply *
check_pairs (const Input *input)
{
  JumpPlannedReply *reply = NULL;

  for (guint i = 0; input->items != NULL && i < json_array_get_length (input->items); i++)
    {
      reply = check_pair (input, i, "function_call", "function call");
      if (reply == NULL)
        reply = check_pair (input, i, "custom_tool_call", "custom tool call");
      if (reply != NULL)
        return reply;
    }
  return NULL;
}

static JumpPlannedReply *
check_pictures (const Input *input)
{
  static const char *const members[] = { "content", "output" };
  guint n_images = 0;
  gboolean external = FALSE;

  for (guint i = 0; input->items != NULL && i < json_array_get_length (input->items); i++)
    {
      JsonObject *item = jump_json_array_get_object (input->items, i);

      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        {
          const char *url;

          for (guint k = 0; (url = jump_responses_get_image (item, members[j], k)) != NULL; k++)
            {
              n_images++;
              external = external || !g_str_has_prefix (url, "data:");
            }
        }
    }
  return jump_picture_check (input->call, input->model, n_images, external);
}

static JumpPlannedReply *
check_compaction (const Input *input)
{
  guint n = input->items == NULL ? 0 : json_array_get_length (input->items);

  for (guint i = 0; i + 1 < n; i++)
    {
      JsonObject *item = jump_json_array_get_object (input->items, i);

      if (g_str_equal (jump_responses_get_type (item), "compaction_trigger"))
        return jump_planned_reply_new_error (400,
                                             "invalid_request_body",
                                             "input",
                                             "compaction_trigger must be the last input item");
    }
  return NULL;
}

/**
 * jump_responses_input_check:
 */
JumpPlannedReply *
jump_responses_input_check (const JumpIncomingCall *call, JsonObject *body, JsonObject *model)
{
  static JumpPlannedReply *(*const checks[]) (const Input *) = {
    check_items, check_dialect, check_pairs, check_pictures, check_compaction,
  };
  Input input = { .call = call, .body = body, .model = model };
  JumpPlannedReply *reply = NULL;

  input.items = jump_json_get_array (body, "input");
  for (guint i = 0; reply == NULL && i < G_N_ELEMENTS (checks); i++)
    reply = checks[i](&input);
  return reply;
}
