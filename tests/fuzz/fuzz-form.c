/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-form.h"

#include "service/base/limits.h"

#include <string.h>

typedef struct
{
  const JumpDialect *client;
  gboolean is_ours;
  const char *problem; /* (nullable): the first one */
  guint n_events;
  gboolean has_ended;
  gboolean has_failed;
  /* Messages */
  gboolean has_started;
  gboolean has_stop_reason;
  gint64 open_block; /* -1: none */
  gint64 n_blocks;
  /* Responses */
  gint64 sequence;
  gint64 n_items;
  guint n_open_items;
} Form;

static void
demand (Form *self, gboolean holds, const char *broken)
{
  if (!holds && self->problem == NULL)
    self->problem = broken;
}

/* What upstream says in a wrong order stays in it, as long as the client is told of the end. */
static void
demand_order (Form *self, gboolean holds, const char *broken)
{
  demand (self, holds || !self->is_ours, broken);
}

static gint64
get_int (JumpJsonSpan object, const char *name, gint64 fallback)
{
  gint64 value = fallback;

  return jump_json_span_get_int (jump_json_find_member (object, name), &value) ? value : fallback;
}

static gboolean
is_kind (JumpJsonSpan object, const char *name, JumpJsonKind kind)
{
  JumpJsonSpan value = jump_json_find_member (object, name);

  return value.start != NULL && jump_json_span_kind (value) == kind;
}

static void
watch_chat (Form *self, JumpJsonSpan object)
{
  if (jump_json_find_member (object, "error").start != NULL)
    {
      self->has_failed = self->has_ended = TRUE; /* who reads on would take it for all */
      return;
    }
  demand_order (self, is_kind (object, "choices", JUMP_JSON_ARRAY), "chunk without choices");
  demand_order (self, is_kind (object, "id", JUMP_JSON_STRING), "chunk without id");
  demand_order (self, is_kind (object, "model", JUMP_JSON_STRING), "chunk without model");
}

static void
watch_block (Form *self, JumpJsonSpan object, const char *type)
{
  gint64 index = get_int (object, "index", -2);

  if (strcmp (type, "content_block_start") == 0)
    {
      demand_order (self, self->open_block < 0, "block begins inside another");
      demand_order (self, index == self->n_blocks, "blocks do not rise");
      demand_order (self,
                    is_kind (object, "content_block", JUMP_JSON_OBJECT),
                    "start without block");
      self->open_block = index;
      self->n_blocks++;
      return;
    }
  demand_order (self, index == self->open_block, "delta or stop outside of its block");
  if (strcmp (type, "content_block_stop") == 0)
    self->open_block = -1;
}

static void
watch_messages (Form *self, JumpJsonSpan object, const char *type)
{
  if (strcmp (type, "message_start") == 0)
    {
      demand_order (self, !self->has_started, "started twice");
      self->has_started = TRUE;
      return;
    }
  if (strcmp (type, "error") == 0)
    {
      self->has_failed = self->has_ended = TRUE;
      return;
    }
  if (strcmp (type, "ping") != 0)
    demand_order (self, self->has_started, "something in front of message_start");
  if (g_str_has_prefix (type, "content_block_"))
    {
      demand_order (self, !self->has_stop_reason, "block behind message_delta");
      watch_block (self, object, type);
    }
  else if (strcmp (type, "message_delta") == 0)
    {
      demand_order (self, self->open_block < 0, "message_delta inside a block");
      demand_order (self, !self->has_stop_reason, "message_delta twice");
      self->has_stop_reason = TRUE;
    }
  else if (strcmp (type, "message_stop") == 0)
    {
      demand_order (self, self->has_stop_reason, "message_stop without a reason");
      self->has_ended = TRUE;
    }
}

static void
watch_responses (Form *self, JumpJsonSpan object, const char *type)
{
  gint64 sequence = get_int (object, "sequence_number", -1);

  demand (self,
          sequence == self->sequence + 1 || (!self->is_ours && self->n_events == 1),
          "sequence numbers do not rise");
  self->sequence = sequence;
  if (self->n_events == 1 && strcmp (type, "error") != 0)
    demand_order (self,
                  strcmp (type, "response.created") == 0,
                  "does not begin with response.created");
  if (strcmp (type, "response.output_item.added") == 0)
    {
      demand_order (self,
                    get_int (object, "output_index", -1) == self->n_items,
                    "items do not rise");
      self->n_items++;
      self->n_open_items++;
    }
  else if (strcmp (type, "response.output_item.done") == 0)
    {
      demand_order (self, self->n_open_items > 0, "item ends that has not begun");
      self->n_open_items--;
    }
  else if (strcmp (type, "response.completed") == 0 || strcmp (type, "response.incomplete") == 0)
    {
      self->has_ended = TRUE;
      demand_order (self, self->n_open_items == 0, "items are open at the end");
    }
  else if (strcmp (type, "response.failed") == 0)
    self->has_ended = self->has_failed = TRUE;
  else if (strcmp (type, "error") == 0) /* response.failed may follow */
    self->has_failed = TRUE;
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  Form *self = user_data;
  gboolean has_names =
      self->client->id == JUMP_DIALECT_MESSAGES || self->client->id == JUMP_DIALECT_RESPONSES;
  JumpJsonSpan object = jump_json_span_trim (event->data, event->data_length);
  g_autofree char *type = NULL;

  self->n_events++;
  demand (self, !self->has_ended, "something behind the end");
  if (!has_names && event->data_length == 6 && memcmp (event->data, "[DONE]", 6) == 0)
    {
      self->has_ended = TRUE;
      return TRUE;
    }
  if (!jump_json_validate (event->data, event->data_length, 2 * JUMP_LIMIT_JSON_DEPTH, NULL) ||
      jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    {
      demand (self, FALSE, "data is no JSON object");
      return FALSE;
    }
  if (!has_names)
    {
      watch_chat (self, object);
      return TRUE;
    }
  type = jump_json_span_dup_string (jump_json_find_member (object, "type"));
  if (type == NULL && !self->is_ours && event->event != NULL &&
      (self->client->id == JUMP_DIALECT_RESPONSES ||
       jump_json_find_member (object, "type").start == NULL))
    type = g_strndup (event->event, event->event_length);
  demand_order (self,
                type != NULL && event->event != NULL && strlen (type) == event->event_length &&
                    memcmp (type, event->event, event->event_length) == 0,
                "event's name is not its type");
  if (type == NULL)
    return !self->is_ours;
  if (self->client->id == JUMP_DIALECT_MESSAGES)
    watch_messages (self, object, type);
  else
    watch_responses (self, object, type);
  return TRUE;
}

static void
watch_lines (Form *self, const GString *stream)
{
  g_auto (GStrv) lines = g_strsplit (stream->str, "\n", -1);
  guint n = g_strv_length (lines);

  demand (self, n >= 2 && *lines[n - 1] == '\0', "the last line is not ended");
  for (guint i = 0; i + 1 < n; i++)
    {
      JumpJsonSpan object = { lines[i], strlen (lines[i]) };

      demand (self, !self->has_ended, "something behind the end");
      if (!jump_json_validate (lines[i], strlen (lines[i]), 2 * JUMP_LIMIT_JSON_DEPTH, NULL))
        {
          demand (self, FALSE, "line is no JSON");
          return;
        }
      if (jump_json_find_member (object, "error").start != NULL)
        self->has_failed = self->has_ended = TRUE;
      else if (jump_json_span_kind (jump_json_find_member (object, "done")) == JUMP_JSON_TRUE)
        self->has_ended = TRUE;
      else
        demand (self, is_kind (object, "done", JUMP_JSON_FALSE), "line without done");
    }
}

const char *
fuzz_form_find_problem (const JumpDialect *client,
                        const GString *stream,
                        JumpPipeStep step,
                        gboolean is_ours)
{
  Form form = { .client = client, .is_ours = is_ours, .open_block = -1, .sequence = -1 };
  g_autoptr (JumpSseParser) parser = NULL;

  if (strlen (stream->str) != stream->len)
    return "it holds a zero byte";
  if (is_ours && !g_utf8_validate (stream->str, (gssize) stream->len, NULL))
    return "it is not UTF-8";
  if (strcmp (client->stream_type, "application/x-ndjson") == 0)
    watch_lines (&form, stream);
  else
    {
      parser = jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_event, NULL, &form);
      if (!jump_sse_parser_push (parser, stream->str, stream->len, NULL))
        return "it is no event stream";
      demand (&form, jump_sse_parser_get_pending (parser) == 0, "the last event is not ended");
    }
  demand (&form, step != JUMP_PIPE_GO_ON, "finish goes on");
  demand (&form,
          form.has_ended || (form.has_failed && client->id == JUMP_DIALECT_RESPONSES),
          "no end");
  demand (&form, form.has_failed == (step == JUMP_PIPE_ERROR), "failure and step disagree");
  return form.problem;
}
