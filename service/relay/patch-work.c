/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/patch-work.h"

#include "service/base/json-write.h"

#include <string.h>

typedef struct
{
  JumpJsonSpan key;
  JumpJsonSpan value;
} Member;

static void
open_body (JumpPatchWork *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);
  JumpJsonCursor cursor;
  Member member;

  self->edit = jump_json_edit_new (data, length);
  self->object = jump_json_span_trim (data, length);
  g_array_set_size (self->members, 0);
  jump_json_cursor_init (&cursor, self->object);
  while (jump_json_cursor_next (&cursor, &member.key, &member.value))
    g_array_append_val (self->members, member);
}

static void
note (JumpPatchWork *self, const char *change)
{
  if (change != NULL)
    jump_changes_add (self->changes, change);
}

/**
 * jump_patch_work_init:
 * @self: (out caller-allocates): a work
 * @body: a validated JSON object
 * @traits: of the model it is sent to
 * @changes: gets the names
 */
void
jump_patch_work_init (JumpPatchWork *self,
                      GBytes *body,
                      const JumpModelTraits *traits,
                      JumpChanges *changes)
{
  self->body = g_bytes_ref (body);
  self->members = g_array_new (FALSE, FALSE, sizeof (Member));
  self->traits = traits;
  self->changes = changes;
  open_body (self);
}

/**
 * jump_patch_work_clear:
 * @self: a work; what was not settled is lost
 */
void
jump_patch_work_clear (JumpPatchWork *self)
{
  g_clear_pointer (&self->edit, jump_json_edit_free);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/**
 * jump_patch_work_settle:
 *
 * Copies the body unless nothing changed, which is the usual case.
 */
void
jump_patch_work_settle (JumpPatchWork *self)
{
  GBytes *body;

  if (jump_json_edit_is_empty (self->edit))
    return;
  body = jump_json_edit_apply (self->edit);
  jump_json_edit_free (self->edit);
  g_bytes_unref (self->body);
  self->body = body;
  open_body (self);
}

/**
 * jump_patch_work_finish:
 *
 * Returns: (transfer full): the bytes that jump_patch_work_init() got, or changed ones
 */
GBytes *
jump_patch_work_finish (JumpPatchWork *self)
{
  jump_patch_work_settle (self);
  return g_bytes_ref (self->body);
}

/**
 * jump_patch_work_get:
 * @name: of a top-level member
 *
 * Returns: its value; of several the last one, as most parsers see it
 */
JumpJsonSpan
jump_patch_work_get (const JumpPatchWork *self, const char *name)
{
  for (guint i = self->members->len; i > 0; i--)
    {
      const Member *member = &g_array_index (self->members, Member, i - 1);

      if (jump_json_span_equals (member->key, name))
        return member->value;
    }
  return (JumpJsonSpan){ NULL, 0 };
}

/**
 * jump_patch_work_drop:
 * @name: of a top-level member
 * @change: (nullable): noted if it was there
 *
 * Returns: whether it was there
 */
gboolean
jump_patch_work_drop (JumpPatchWork *self, const char *name, const char *change)
{
  gboolean is_there = FALSE;

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      if (!jump_json_span_equals (member->key, name))
        continue;
      jump_json_edit_remove_member (self->edit, self->object, member->key, member->value);
      is_there = TRUE;
    }
  if (is_there)
    note (self, change);
  return is_there;
}

/**
 * jump_patch_work_drop_unless_one:
 * @name: of a top-level member
 * @change: noted if it was there and is not the number 1
 */
void
jump_patch_work_drop_unless_one (JumpPatchWork *self, const char *name, const char *change)
{
  gint64 number = 0;

  if (!jump_json_span_get_int (jump_patch_work_get (self, name), &number) || number != 1)
    jump_patch_work_drop (self, name, change);
}

/**
 * jump_patch_work_set:
 * @name: of a top-level member, there or not
 * @json: its value from now on
 * @change: (nullable): noted
 */
void
jump_patch_work_set (JumpPatchWork *self, const char *name, const char *json, const char *change)
{
  JumpJsonSpan value = jump_patch_work_get (self, name);

  if (value.start != NULL)
    jump_json_edit_replace (self->edit, value, json, -1);
  else
    jump_json_edit_insert_member (self->edit, self->object, name, json);
  note (self, change);
}

/**
 * jump_patch_work_rename:
 * @name: of a top-level member, there or not
 * @new_name: plain text, of none that is there
 * @change: (nullable): noted if it was there
 */
void
jump_patch_work_rename (JumpPatchWork *self,
                        const char *name,
                        const char *new_name,
                        const char *change)
{
  if (jump_patch_work_get (self, name).start != NULL)
    jump_patch_work_rename_in (self, self->object, name, new_name, change);
}

/**
 * jump_patch_work_set_model:
 *
 * Notes "model", or "default-model" for a client that named none.
 */
void
jump_patch_work_set_model (JumpPatchWork *self)
{
  JumpJsonSpan model = jump_patch_work_get (self, "model");
  g_autofree char *quoted = NULL;

  if (jump_json_span_equals (model, self->traits->id))
    return;
  quoted = jump_patch_quote (self->traits->id);
  jump_patch_work_set (self, "model", quoted, model.start == NULL ? "default-model" : "model");
}

/**
 * jump_patch_work_drop_in:
 * @object: any object of the body
 * @name: of one of its members
 * @change: (nullable): noted if it was there
 *
 * Returns: whether it was there
 */
gboolean
jump_patch_work_drop_in (JumpPatchWork *self,
                         JumpJsonSpan object,
                         const char *name,
                         const char *change)
{
  gboolean is_there = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    return FALSE;
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_json_span_equals (key, name))
        continue;
      jump_json_edit_remove_member (self->edit, object, key, value);
      is_there = TRUE;
    }
  if (is_there)
    note (self, change);
  return is_there;
}

/**
 * jump_patch_work_rename_in:
 * @object: any object of the body
 * @name: of one of its members
 * @new_name: plain text, of none that is there
 * @change: (nullable): noted if it was there
 *
 * Returns: whether it was there
 */
gboolean
jump_patch_work_rename_in (JumpPatchWork *self,
                           JumpJsonSpan object,
                           const char *name,
                           const char *new_name,
                           const char *change)
{
  g_autofree char *quoted = jump_patch_quote (new_name);
  gboolean is_there = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_json_span_equals (key, name))
        continue;
      jump_json_edit_replace (self->edit, key, quoted, -1);
      is_there = TRUE;
    }
  if (is_there)
    note (self, change);
  return is_there;
}

/**
 * jump_patch_work_set_in:
 * @object: any object of the body
 * @name: of one of its members, there or not
 * @json: its value from now on
 * @change: (nullable): noted
 */
void
jump_patch_work_set_in (JumpPatchWork *self,
                        JumpJsonSpan object,
                        const char *name,
                        const char *json,
                        const char *change)
{
  JumpJsonSpan value = jump_json_find_member (object, name);

  if (value.start != NULL)
    jump_json_edit_replace (self->edit, value, json, -1);
  else
    jump_json_edit_insert_member (self->edit, object, name, json);
  note (self, change);
}

/**
 * jump_patch_work_drop_element:
 * @array: any array of the body
 * @element: one of its elements
 * @change: (nullable): noted
 */
void
jump_patch_work_drop_element (JumpPatchWork *self,
                              JumpJsonSpan array,
                              JumpJsonSpan element,
                              const char *change)
{
  jump_json_edit_remove_member (self->edit, array, element, element);
  note (self, change);
}

/**
 * jump_patch_work_replace:
 * @span: any value of the body
 * @json: what stands in its place from now on
 * @change: (nullable): noted
 */
void
jump_patch_work_replace (JumpPatchWork *self,
                         JumpJsonSpan span,
                         const char *json,
                         const char *change)
{
  jump_json_edit_replace (self->edit, span, json, -1);
  note (self, change);
}

/**
 * jump_patch_work_insert_behind:
 * @previous: an element of an array, one that stays
 * @element: JSON
 */
void
jump_patch_work_insert_behind (JumpPatchWork *self, JumpJsonSpan previous, const char *element)
{
  g_autofree char *text = g_strconcat (",", element, NULL);
  JumpJsonSpan place = { previous.start + previous.length, 0 };

  jump_json_edit_replace (self->edit, place, text, -1);
}

static void
find_members (JumpJsonCursor *cursor,
              const char *const *names,
              guint n_names,
              JumpJsonSpan *out_values)
{
  JumpJsonSpan key, value;

  for (guint i = 0; i < n_names; i++)
    out_values[i] = (JumpJsonSpan){ NULL, 0 };
  while (jump_json_cursor_next (cursor, &key, &value))
    {
      for (guint i = 0; i < n_names; i++)
        if (jump_json_span_equals (key, names[i]))
          out_values[i] = value;
    }
}

/**
 * jump_patch_find:
 * @object: a value; anything but an object has no members
 * @names: plain texts
 * @n_names: of them
 * @out_values: (out caller-allocates) (array length=n_names): of several members with the same name the
 *   last one
 */
void
jump_patch_find (JumpJsonSpan object,
                 const char *const *names,
                 guint n_names,
                 JumpJsonSpan *out_values)
{
  JumpJsonCursor cursor;

  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    object = (JumpJsonSpan){ "{}", 2 };
  jump_json_cursor_init (&cursor, object);
  find_members (&cursor, names, n_names, out_values);
}

/**
 * jump_patch_find_next:
 * @cursor: behind an element, or at the beginning
 * @names: plain texts
 * @n_names: of them
 * @out_element: (out): the next element
 * @out_values: (out caller-allocates) (array length=n_names): as of jump_patch_find()
 *
 * Walks through the element only once, which is what counts in a long history.
 *
 * Returns: FALSE behind the last one
 */
gboolean
jump_patch_find_next (JumpJsonCursor *cursor,
                      const char *const *names,
                      guint n_names,
                      JumpJsonSpan *out_element,
                      JumpJsonSpan *out_values)
{
  JumpJsonCursor inner;

  if (!jump_json_cursor_next_key (cursor, NULL))
    return FALSE;
  if (!jump_json_cursor_is_at_container (cursor) || *cursor->position != '{')
    {
      *out_element = jump_json_cursor_take_value (cursor);
      jump_patch_find (*out_element, names, n_names, out_values);
      return TRUE;
    }
  jump_json_cursor_enter (cursor, &inner);
  find_members (&inner, names, n_names, out_values);
  *out_element = jump_json_cursor_leave (cursor, &inner);
  return TRUE;
}

/**
 * jump_patch_quote:
 * @text: plain text
 *
 * Returns: (transfer full): a JSON string
 */
char *
jump_patch_quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  jump_json_append_string (quoted, text);
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/**
 * jump_patch_is_blank:
 * @span: a value, absent ones too
 *
 * Returns: whether it is a string without anything to read
 */
gboolean
jump_patch_is_blank (JumpJsonSpan span)
{
  if (jump_json_span_kind (span) != JUMP_JSON_STRING)
    return FALSE;
  for (gsize i = 1; i + 1 < span.length; i++)
    {
      if (span.start[i] == '\\' && strchr ("ntr", span.start[i + 1]) != NULL)
        i++;
      else if (span.start[i] != ' ')
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_patch_has_type:
 * @object: a value, anything
 *
 * Returns: whether it is an object whose "type" is @type
 */
gboolean
jump_patch_has_type (JumpJsonSpan object, const char *type)
{
  return jump_json_span_kind (object) == JUMP_JSON_OBJECT &&
         jump_json_span_equals (jump_json_find_member (object, "type"), type);
}
