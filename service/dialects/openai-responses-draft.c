/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-draft.h"

#include "service/base/json-write.h"
#include "service/dialects/json-splice.h"

static inline void
put (GString *out, const char *text)
{
  jump_splice_put (out, text, strlen (text));
}

static inline void
put_text (GString *out, const GString *text)
{
  jump_splice_put (out, text->str, text->len);
}

/**
 * jump_responses_draft_init:
 * @self: (out caller-allocates): no item
 */
void
jump_responses_draft_init (JumpResponsesDraft *self)
{
  memset (self, 0, sizeof *self);
  self->text = g_string_new (NULL);
  self->content = g_string_new (NULL);
  self->annotations = g_string_new (NULL);
  self->members = g_string_new (NULL);
}

/**
 * jump_responses_draft_clear:
 * @self: a draft
 */
void
jump_responses_draft_clear (JumpResponsesDraft *self)
{
  g_string_free (g_steal_pointer (&self->text), TRUE);
  g_string_free (g_steal_pointer (&self->content), TRUE);
  g_string_free (g_steal_pointer (&self->annotations), TRUE);
  g_string_free (g_steal_pointer (&self->members), TRUE);
  g_clear_pointer (&self->state, g_free);
}

gboolean
jump_responses_draft_is (const JumpResponsesDraft *self, const char *type)
{
  return self->type != NULL && g_str_equal (self->type, type);
}

gboolean
jump_responses_draft_has_part_object (const JumpResponsesDraft *self)
{
  return self->part == JUMP_RESPONSES_PART_TEXT || self->part == JUMP_RESPONSES_PART_REFUSAL ||
         self->part == JUMP_RESPONSES_PART_SUMMARY;
}

/**
 * jump_responses_draft_put_place:
 * @self: a draft with an item
 * @out: gets item_id and output_index; parts of messages and of reasoning are counted under different names
 */
void
jump_responses_draft_put_place (const JumpResponsesDraft *self, GString *out)
{
  jump_splice_put_literal (out, ",\"item_id\":\"");
  put (out, self->id);
  jump_splice_put_literal (out, "\",\"output_index\":");
  jump_splice_put_int (out, self->index);
  if (self->part == JUMP_RESPONSES_PART_SUMMARY)
    jump_splice_put_literal (out, ",\"summary_index\":0");
  else if (self->part == JUMP_RESPONSES_PART_TEXT || self->part == JUMP_RESPONSES_PART_REFUSAL)
    {
      jump_splice_put_literal (out, ",\"content_index\":");
      jump_splice_put_int (out, self->n_parts);
    }
}

/**
 * jump_responses_draft_put_part:
 * @self: a draft with an open part
 * @out: gets the object; nothing for arguments, which have none
 */
void
jump_responses_draft_put_part (const JumpResponsesDraft *self, GString *out)
{
  switch (self->part)
    {
    case JUMP_RESPONSES_PART_TEXT:
      jump_splice_put_literal (out, "{\"type\":\"output_text\",\"annotations\":[");
      put_text (out, self->annotations);
      jump_splice_put_literal (out, "],\"logprobs\":[],\"text\":\"");
      break;
    case JUMP_RESPONSES_PART_REFUSAL:
      jump_splice_put_literal (out, "{\"type\":\"refusal\",\"refusal\":\"");
      break;
    case JUMP_RESPONSES_PART_SUMMARY:
      jump_splice_put_literal (out, "{\"type\":\"summary_text\",\"text\":\"");
      break;
    case JUMP_RESPONSES_PART_NONE:
    case JUMP_RESPONSES_PART_ARGUMENTS:
    case JUMP_RESPONSES_PART_INPUT:
      return;
    }
  put_text (out, self->text);
  jump_splice_put_literal (out, "\"}");
}

/**
 * jump_responses_draft_put_item:
 * @self: a draft with an item
 * @status: reasoning does not tell it; AI SDK knows no other end of a custom tool's call than completed
 * @out: gets the object
 */
void
jump_responses_draft_put_item (const JumpResponsesDraft *self, const char *status, GString *out)
{
  jump_splice_put_literal (out, "{\"id\":\"");
  put (out, self->id);
  jump_splice_put_literal (out, "\",\"type\":\"");
  put (out, self->type);
  if (jump_responses_draft_is (self, "reasoning"))
    {
      jump_splice_put_literal (out, "\",\"summary\":[");
      put_text (out, self->content);
      jump_splice_put_literal (out, "]");
      if (self->state != NULL)
        {
          jump_splice_put_literal (out, ",\"encrypted_content\":");
          jump_json_append_string (out, self->state);
        }
      jump_splice_put_literal (out, "}");
      return;
    }
  if (jump_responses_draft_is (self, "custom_tool_call") && g_str_equal (status, "incomplete"))
    status = "completed";
  jump_splice_put_literal (out, "\",\"status\":\"");
  put (out, status);
  jump_splice_put_literal (out, "\"");
  if (jump_responses_draft_is (self, "message"))
    {
      jump_splice_put_literal (out, ",\"role\":\"assistant\",\"content\":[");
      put_text (out, self->content);
      jump_splice_put_literal (out, "]}");
      return;
    }
  put_text (out, self->members);
  put (out,
       jump_responses_draft_is (self, "function_call") ? ",\"arguments\":\"" : ",\"input\":\"");
  put_text (out, self->content);
  jump_splice_put_literal (out, "\"}");
}
