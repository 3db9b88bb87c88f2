/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-head.h"

#include "service/base/json-write.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-usage.h"

static void
finish_text (JumpChatHead *self)
{
  self->text = g_string_new (self->opening);
  g_string_append (self->text, "{\"id\":");
  if (self->id != NULL)
    g_string_append (self->text, self->id);
  else
    {
      g_string_append (self->text, "\"chatcmpl-");
      jump_json_append_escaped (self->text, self->request_id, -1);
      g_string_append_c (self->text, '"');
    }
  g_string_append_printf (self->text,
                          ",\"object\":\"%s\",\"created\":%" G_GINT64_FORMAT ",\"model\":\"",
                          self->object,
                          self->created > 0 ? self->created : self->now);
  jump_json_append_escaped (self->text, self->client_model, -1);
  g_string_append (self->text, "\",\"choices\":[");
}

/**
 * jump_chat_head_init:
 * @self: (out caller-allocates): nothing seen yet
 * @opening: (transfer none): a literal: "data: " for events, "" for a whole reply
 * @object: (transfer none): a literal
 * @client_model: as the client wrote it
 * @request_id: makes the id when upstream gives none
 * @now: in seconds, when upstream gives no time
 */
void
jump_chat_head_init (JumpChatHead *self,
                     const char *opening,
                     const char *object,
                     const char *client_model,
                     const char *request_id,
                     gint64 now)
{
  self->text = NULL;
  self->id = NULL;
  self->client_model = g_strdup (client_model);
  self->request_id = g_strdup (request_id);
  self->object = object;
  self->opening = opening;
  self->created = 0;
  self->now = now;
}

/**
 * jump_chat_head_clear:
 * @self: a head
 */
void
jump_chat_head_clear (JumpChatHead *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client_model, g_free);
  g_clear_pointer (&self->request_id, g_free);
}

/**
 * jump_chat_head_learn:
 * @self: a head
 * @chunk: any chunk, also one that is not passed on
 *
 * Cheap once the first event was written: nothing is looked at any more.
 *
 * Returns: whether nothing had to be filled so far
 */
gboolean
jump_chat_head_learn (JumpChatHead *self, const JumpChatChunk *chunk)
{
  gint64 created = 0;

  if (self->text != NULL)
    return TRUE;
  if (self->id == NULL && jump_json_span_has_text (chunk->id))
    self->id = g_strndup (chunk->id.start, chunk->id.length);
  jump_json_span_get_int (chunk->created, &created);
  if (self->created <= 0)
    self->created = created;
  return jump_json_span_has_text (chunk->id) && created > 0 &&
         jump_json_span_equals (chunk->object, self->object);
}

/**
 * jump_chat_head_put:
 * @self: a head; its values do not change any more
 * @out: gets everything up to the inside of "choices"
 */
void
jump_chat_head_put (JumpChatHead *self, GString *out)
{
  if (self->text == NULL)
    finish_text (self);
  jump_splice_put (out, self->text->str, self->text->len);
}

/**
 * jump_chat_head_put_end:
 * @usage: (nullable): for a last chunk without choices
 *
 * Not for streams that were cut off: [DONE] would say that nothing is missing.
 */
void
jump_chat_head_put_end (JumpChatHead *self, const JumpUsageCount *usage, GString *out)
{
  if (usage != NULL)
    {
      jump_chat_head_put (self, out);
      jump_splice_put_literal (out, "],");
      jump_chat_usage_put (usage, out);
      jump_splice_put_literal (out, "}\n\n");
    }
  jump_splice_put_literal (out, "data: [DONE]\n\n");
}
