/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-mender.h"

#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses-failure.h"

/* Where the item of @event stands; upstream leaves that out where there can be no doubt. */
static guint
find_index (JumpResponsesMender *self, const JumpResponsesEvent *event)
{
  gint64 index = event->index;

  if (index < 0)
    index = event->type == JUMP_RESPONSES_EVENT_ITEM_ADDED ? self->last_index + 1
                                                           : MAX (self->last_index, 0);
  self->last_index = MIN (index, JUMP_RESPONSES_MAX_ITEMS - 1);
  return (guint) self->last_index;
}

/* Texts have no type to tell an id's beginning from, but the name of their event. */
static JumpJsonSpan
type_of_event (const JumpResponsesEvent *event)
{
#define TYPE(text) ((JumpJsonSpan){ "\"" text "\"", sizeof (text) + 1 })
  switch (event->type)
    {
    case JUMP_RESPONSES_EVENT_TEXT_DELTA:
    case JUMP_RESPONSES_EVENT_TEXT_DONE:
    case JUMP_RESPONSES_EVENT_REFUSAL_DELTA:
    case JUMP_RESPONSES_EVENT_REFUSAL_DONE:
    case JUMP_RESPONSES_EVENT_PART_ADDED:
    case JUMP_RESPONSES_EVENT_PART_DONE:
    case JUMP_RESPONSES_EVENT_ANNOTATION:
      return TYPE ("message");
    case JUMP_RESPONSES_EVENT_SUMMARY_DELTA:
    case JUMP_RESPONSES_EVENT_SUMMARY_DONE:
    case JUMP_RESPONSES_EVENT_REASONING_DELTA:
    case JUMP_RESPONSES_EVENT_REASONING_DONE:
      return TYPE ("reasoning");
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DELTA:
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DONE:
      return TYPE ("function_call");
    case JUMP_RESPONSES_EVENT_ITEM_ADDED:
    case JUMP_RESPONSES_EVENT_ITEM_DONE:
      return jump_json_find_member (event->item, "type");
    case JUMP_RESPONSES_EVENT_OTHER:
    case JUMP_RESPONSES_EVENT_CREATED:
    case JUMP_RESPONSES_EVENT_KEEPALIVE:
    case JUMP_RESPONSES_EVENT_COMPLETED:
    case JUMP_RESPONSES_EVENT_INCOMPLETE:
    case JUMP_RESPONSES_EVENT_FAILED:
    case JUMP_RESPONSES_EVENT_ERROR:
      break;
    }
#undef TYPE
  return (JumpJsonSpan){ NULL, 0 };
}

/* Whether @event belongs to one item and names it by item_id. */
static gboolean
needs_item_id (const JumpResponsesEvent *event)
{
  return event->item_id.start != NULL ||
         (event->item.start == NULL && type_of_event (event).start != NULL);
}

static void
put_start (const JumpResponsesEvent *event, GString *out)
{
  if (event->name_length > 0)
    {
      jump_splice_put_literal (out, "event: ");
      jump_splice_put (out, event->name, event->name_length);
      jump_splice_put_literal (out, "\n");
    }
  jump_splice_put_literal (out, "data: ");
}

/* Nearly all events: only the id of their item differs. */
static void
put_with_item_id (const JumpResponsesEvent *event, const char *id, GString *out)
{
  const char *behind = event->item_id.start + event->item_id.length;
  const char *end = event->object.start + event->object.length;

  put_start (event, out);
  jump_splice_put (out, event->object.start, (gsize) (event->item_id.start - event->object.start));
  jump_splice_put_literal (out, "\"");
  jump_splice_put (out, id, strlen (id));
  jump_splice_put_literal (out, "\"");
  jump_splice_put (out, behind, (gsize) (end - behind));
  jump_splice_put_literal (out, "\n\n");
}

static void
set_id (JumpResponsesMender *self,
        JumpJsonEdit *edit,
        JumpJsonSpan object,
        JumpJsonSpan old,
        const char *name,
        const char *id)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", id);

  if (old.start != NULL)
    jump_json_edit_replace (edit, old, quoted, -1);
  else
    {
      jump_json_edit_insert_member (edit, object, name, quoted);
      self->has_filled = TRUE;
    }
}

static void
edit_item (JumpResponsesMender *self, JumpJsonEdit *edit, JumpJsonSpan item, guint index)
{
  if (jump_json_span_kind (item) != JUMP_JSON_OBJECT)
    return;
  set_id (self,
          edit,
          item,
          jump_json_find_member (item, "id"),
          "id",
          jump_responses_ids_get (&self->ids, index, jump_json_find_member (item, "type")));
}

static void
edit_output (JumpResponsesMender *self, JumpJsonEdit *edit, JumpJsonSpan output)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  guint index = 0;

  jump_json_cursor_init (&cursor, output);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &item))
    edit_item (self, edit, item, index++);
}

/* Codex and others act on some words; upstream has its own for the same. Other errors keep theirs. */
static void
edit_error (JumpJsonEdit *edit, JumpJsonSpan error, const JumpFailure *failure)
{
  g_autoptr (GString) text = NULL;
  const char *code = jump_responses_failure_code (failure);

  if (g_str_equal (code, "server_error") || g_str_equal (code, "invalid_prompt"))
    return;
  text = g_string_new (NULL);
  jump_responses_failure_put (failure, text);
  jump_json_edit_replace (edit, error, text->str, (gssize) text->len);
}

/* Members that the request repeats: as the client sent them, not as we sent them on. */
static void
insert_missing_echo (JumpResponsesMender *self, JumpJsonEdit *edit, JumpJsonSpan response)
{
  JumpJsonSpan echo = { self->echo, self->echo == NULL ? 0 : strlen (self->echo) };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, echo);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);
      g_autofree char *json = g_strndup (value.start, value.length);

      if (jump_json_find_member (response, name).start == NULL)
        jump_json_edit_insert_member (edit, response, name, json);
    }
}

static JumpJsonSpan
find_echo (const JumpResponsesMender *self, JumpJsonSpan key)
{
  g_autofree char *name = NULL;

  if (self->echo == NULL)
    return (JumpJsonSpan){ NULL, 0 };
  name = jump_json_span_dup_string (key);
  return jump_json_find_member ((JumpJsonSpan){ self->echo, strlen (self->echo) }, name);
}

static void
edit_sequence (JumpResponsesMender *self, JumpJsonEdit *edit, const JumpResponsesEvent *event)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->sequence);

  if (event->sequence_number.start != NULL)
    jump_json_edit_replace (edit, event->sequence_number, number, -1);
  else
    jump_json_edit_insert_member (edit, event->object, "sequence_number", number);
  self->has_filled = TRUE;
}

static void
edit_type (JumpResponsesMender *self, JumpJsonEdit *edit, const JumpResponsesEvent *event)
{
  g_autoptr (GString) name = g_string_new ("\"");

  jump_json_append_escaped (name, event->name, (gssize) event->name_length);
  g_string_append_c (name, '"');
  if (event->type_value.start != NULL)
    jump_json_edit_replace (edit, event->type_value, name->str, (gssize) name->len);
  else
    jump_json_edit_insert_member (edit, event->object, "type", name->str);
  self->has_filled = TRUE;
}

static void
hide_copilot_usage (JumpResponsesMender *self, JumpJsonEdit *edit, JumpJsonSpan object)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_splice_key_is (key, "copilot_usage"))
        continue;
      jump_json_edit_remove_member (edit, object, key, value);
      self->has_hidden = TRUE;
    }
}

static void
put_edited (JumpResponsesMender *self,
            const JumpResponsesEvent *event,
            gboolean is_numbered,
            const JumpFailure *failure,
            GString *out)
{
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (event->object.start, event->object.length);
  gboolean has_item = event->item.start != NULL;

  if (event->type_value.length <= 2 && event->name_length > 0)
    edit_type (self, edit, event);
  if (!is_numbered)
    edit_sequence (self, edit, event);
  if (has_item || needs_item_id (event))
    {
      guint index = find_index (self, event);

      if (event->index < 0 && event->output_index.start == NULL)
        {
          g_autofree char *number = g_strdup_printf ("%u", index);

          jump_json_edit_insert_member (edit, event->object, "output_index", number);
          self->has_filled = TRUE;
        }
      if (has_item)
        edit_item (self, edit, event->item, index);
      if (needs_item_id (event))
        set_id (self,
                edit,
                event->object,
                event->item_id,
                "item_id",
                jump_responses_ids_get (&self->ids, index, type_of_event (event)));
    }
  if (event->copilot_usage.start != NULL)
    hide_copilot_usage (self, edit, event->object);
  if (jump_json_span_kind (event->response) == JUMP_JSON_OBJECT)
    jump_responses_mender_edit_response (self, edit, event->response, failure);
  put_start (event, out);
  jump_json_edit_append_to (edit, out);
  jump_splice_put_literal (out, "\n\n");
}

/* Numbers rise by one, also where an event of upstream's is left out. Returns: whether @event's does. */
static gboolean
take_number (JumpResponsesMender *self, const JumpResponsesEvent *event)
{
  gint64 number = -1;

  if (jump_json_span_get_int (event->sequence_number, &number) && number >= 0 &&
      number < G_MAXINT && (self->sequence < 0 || number == self->sequence + 1))
    {
      self->sequence = number;
      return TRUE;
    }
  self->sequence++;
  return FALSE;
}

/**
 * jump_responses_mender_init:
 * @self: (out caller-allocates): before the first event
 * @request_id: ids are made from it
 * @client_model: as the client wrote it
 * @echo: members without braces; what is no JSON is ignored
 */
void
jump_responses_mender_init (JumpResponsesMender *self,
                            const char *request_id,
                            const char *client_model,
                            const char *echo)
{
  memset (self, 0, sizeof *self);
  jump_responses_ids_init (&self->ids, request_id);
  self->model = g_string_new ("\"");
  jump_json_append_escaped (self->model, client_model, -1);
  g_string_append_c (self->model, '"');
  self->last_index = -1;
  self->sequence = -1;
  if (echo != NULL && *echo != '\0')
    self->echo = g_strdup_printf ("{%s}", echo);
  if (self->echo != NULL &&
      !jump_json_validate (self->echo, strlen (self->echo), JUMP_LIMIT_JSON_DEPTH, NULL))
    g_clear_pointer (&self->echo, g_free);
}

/**
 * jump_responses_mender_clear:
 * @self: a mender
 */
void
jump_responses_mender_clear (JumpResponsesMender *self)
{
  jump_responses_ids_clear (&self->ids);
  g_string_free (g_steal_pointer (&self->model), TRUE);
  g_clear_pointer (&self->echo, g_free);
}

/**
 * jump_responses_mender_edit_response:
 * @self: a mender
 * @edit: gets the replacements
 * @response: a response object inside of @edit's text
 * @failure: (nullable): why it failed
 */
void
jump_responses_mender_edit_response (JumpResponsesMender *self,
                                     JumpJsonEdit *edit,
                                     JumpJsonSpan response,
                                     const JumpFailure *failure)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, response);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      JumpJsonSpan echo = find_echo (self, key);

      if (jump_json_span_equals (key, "id"))
        set_id (self, edit, response, value, "id", self->ids.response);
      else if (jump_json_span_equals (key, "model"))
        jump_json_edit_replace (edit, value, self->model->str, (gssize) self->model->len);
      else if (jump_json_span_equals (key, "output"))
        edit_output (self, edit, value);
      else if (failure != NULL && jump_json_span_equals (key, "error"))
        edit_error (edit, value, failure);
      else if (echo.start != NULL)
        jump_json_edit_replace (edit, value, echo.start, (gssize) echo.length);
    }
  if (jump_json_find_member (response, "id").start == NULL)
    set_id (self, edit, response, (JumpJsonSpan){ NULL, 0 }, "id", self->ids.response);
  hide_copilot_usage (self, edit, response);
  insert_missing_echo (self, edit, response);
}

/**
 * jump_responses_mender_put_event:
 * @self: a mender
 * @event: as upstream sent it, on one line
 * @failure: (nullable): of a response that failed
 * @out: gets the event
 */
void
jump_responses_mender_put_event (JumpResponsesMender *self,
                                 const JumpResponsesEvent *event,
                                 const JumpFailure *failure,
                                 GString *out)
{
  gboolean is_numbered = take_number (self, event);
  gboolean is_simple = is_numbered && event->type_value.length > 2 &&
                       event->item_id.start != NULL && event->item.start == NULL &&
                       event->response.start == NULL && event->copilot_usage.start == NULL &&
                       event->index >= 0;
  guint index;

  if (!is_simple)
    {
      put_edited (self, event, is_numbered, failure, out);
      return;
    }
  index = find_index (self, event);
  put_with_item_id (event,
                    index < self->ids.items->len && self->ids.items->pdata[index] != NULL
                        ? self->ids.items->pdata[index]
                        : jump_responses_ids_get (&self->ids, index, type_of_event (event)),
                    out);
}
