/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-calls.h"

#include "service/base/json-write.h"
#include "service/dialects/argument-scan.h"
#include "service/dialects/json-splice.h"

typedef struct
{
  guint source;          /* choice at the upstream */
  guint target;          /* choice that the client sees */
  gint64 upstream_index; /* -1: upstream gave none */
  guint index;           /* that the client sees */
  char *id;              /* (owned) (nullable): JSON text, quotes included */
  char *name;            /* (owned) (nullable): JSON text, quotes included */
  gboolean has_arguments;
  JumpArgumentScan scan;
} Call;

/* Real turns make some dozens of calls at most; finding a call is linear. */
#define MAX_CALLS 1024

struct _JumpChatCalls
{
  char *request_id; /* (owned) */
  GArray *calls;    /* (owned) (element-type Call), in the order of their first fragments */
  gboolean is_looping;
};

static void
call_clear (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->name, g_free);
}

static gboolean
equals_text (JumpJsonSpan span, const char *json)
{
  return json != NULL && strlen (json) == span.length &&
         memcmp (json, span.start, span.length) == 0;
}

static JumpChatFragment
read_fragment (JumpJsonSpan element)
{
  JumpChatFragment fragment = { .index = -1 };
  JumpJsonSpan custom = { NULL, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, element);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_splice_key_is (key, "index"))
        {
          if (!jump_json_span_get_int (value, &fragment.index) || fragment.index < 0)
            fragment.index = -1;
        }
      else if (jump_splice_key_is (key, "id"))
        fragment.id = value;
      else if (jump_splice_key_is (key, "type"))
        fragment.type = value;
      else if (jump_splice_key_is (key, "function"))
        fragment.function = value;
      else if (jump_splice_key_is (key, "custom"))
        custom = value;
    }
  if (fragment.function.start == NULL && jump_json_span_kind (custom) == JUMP_JSON_OBJECT)
    {
      fragment.function = custom;
      fragment.is_custom = TRUE;
    }
  jump_json_cursor_init (&cursor, fragment.function);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_splice_key_is (key, "name"))
        fragment.name = value;
      else if (fragment.is_custom ? jump_splice_key_is (key, "input")
                                  : jump_splice_key_is (key, "arguments"))
        fragment.arguments = value;
    }
  return fragment;
}

/* The newest call that @fragment can belong to by index, else the newest of its choice, else the newest. */
static Call *
find_continued (JumpChatCalls *self, guint source, const JumpChatFragment *fragment)
{
  Call *of_choice = NULL;
  Call *newest = NULL;

  for (guint i = self->calls->len; i > 0; i--)
    {
      Call *call = &g_array_index (self->calls, Call, i - 1);

      if (call->source == source && fragment->index >= 0 && call->upstream_index == fragment->index)
        return call;
      if (of_choice == NULL && call->source == source)
        of_choice = call;
      if (newest == NULL)
        newest = call;
    }
  /* A new index that comes with a name is a call whose id was left out. */
  if (fragment->index >= 0 && jump_json_span_has_text (fragment->name))
    return NULL;
  return of_choice != NULL ? of_choice : newest;
}

/* Returns: (nullable): the call that @fragment goes on with; NULL when it begins one. */
static Call *
find_call (JumpChatCalls *self, guint source, const JumpChatFragment *fragment)
{
  Call *call;

  if (jump_json_span_has_text (fragment->id))
    {
      for (guint i = self->calls->len; i > 0; i--)
        {
          call = &g_array_index (self->calls, Call, i - 1);
          if (call->source == source && equals_text (fragment->id, call->id))
            return call;
        }
      return NULL;
    }
  call = find_continued (self, source, fragment);
  /* Another name without an id: whole calls one after the other, all without ids. */
  if (call != NULL && jump_json_span_has_text (fragment->name) && call->name != NULL &&
      !equals_text (fragment->name, call->name))
    return NULL;
  return call;
}

static Call *
add_call (JumpChatCalls *self, guint source, guint target, const JumpChatFragment *fragment)
{
  Call call = {
    .source = source,
    .target = target,
    .upstream_index = fragment->index,
  };

  for (guint i = 0; i < self->calls->len; i++)
    {
      if (g_array_index (self->calls, Call, i).target == target)
        call.index++;
    }
  if (jump_json_span_has_text (fragment->id))
    call.id = g_strndup (fragment->id.start, fragment->id.length);
  g_array_append_val (self->calls, call);
  return &g_array_index (self->calls, Call, self->calls->len - 1);
}

static void
put_index (GString *out, guint index)
{
  jump_splice_put_literal (out, "{\"index\":");
  if (index < 10)
    g_string_append_c (out, (char) ('0' + index));
  else
    g_string_append_printf (out, "%u", index);
}

/* What the first fragment of a call has to bring: its id and its type. */
static void
put_start (JumpChatCalls *self, const Call *call, const JumpChatFragment *fragment, GString *out)
{
  jump_splice_put_literal (out, ",\"id\":");
  if (call->id != NULL)
    jump_splice_put (out, call->id, strlen (call->id));
  else
    {
      jump_splice_put_literal (out, "\"call_");
      jump_json_append_escaped (out, self->request_id, -1);
      g_string_append_printf (out, "_%u_%u\"", call->target, call->index);
    }
  jump_splice_put_literal (out, ",\"type\":");
  if (jump_json_span_has_text (fragment->type))
    jump_splice_put_span (out, fragment->type);
  else
    jump_splice_put_literal (out, "\"function\"");
}

static void
put_function (JumpChatCalls *self,
              Call *call,
              const JumpChatFragment *fragment,
              gboolean is_new,
              GString *out)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_splice_put_literal (out, ",\"function\":{");
  if (jump_json_span_has_text (fragment->name) && !equals_text (fragment->name, call->name))
    {
      jump_splice_put_literal (out, "\"name\":");
      jump_splice_put_span (out, fragment->name);
      if (call->name == NULL)
        call->name = g_strndup (fragment->name.start, fragment->name.length);
    }
  if (jump_json_span_kind (fragment->arguments) != JUMP_JSON_NULL)
    {
      jump_splice_put_comma (out);
      jump_splice_put_literal (out, "\"arguments\":");
      jump_splice_put_span (out, fragment->arguments);
      if (!jump_json_span_is_empty_string (fragment->arguments))
        call->has_arguments = TRUE;
      self->is_looping |= !jump_argument_scan_push (&call->scan, fragment->arguments);
    }
  else if (is_new)
    {
      jump_splice_put_comma (out);
      jump_splice_put_literal (out, "\"arguments\":\"\"");
    }
  jump_json_cursor_init (&cursor, fragment->function);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_splice_key_is (key, "name") && !jump_splice_key_is (key, "arguments"))
        jump_splice_put_member (out, key, value);
    }
  jump_splice_put_literal (out, "}");
}

/* Fields that only newer upstreams know, such as a thought signature beside the function. */
static void
put_other_members (JumpJsonSpan element, GString *out)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, element);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_splice_key_is (key, "index") && !jump_splice_key_is (key, "id") &&
          !jump_splice_key_is (key, "type") && !jump_splice_key_is (key, "function"))
        jump_splice_put_member (out, key, value);
    }
}

static gboolean
write_fragment (JumpChatCalls *self, guint source, guint target, JumpJsonSpan element, GString *out)
{
  JumpChatFragment fragment = read_fragment (element);
  Call *call = find_call (self, source, &fragment);
  gboolean is_new = call == NULL;
  gboolean changed;

  if (is_new && self->calls->len == MAX_CALLS)
    return FALSE;
  if (is_new)
    call = add_call (self, source, target, &fragment);
  changed =
      fragment.index != (gint64) call->index || is_new != jump_json_span_has_text (fragment.id);
  jump_splice_put_comma (out);
  put_index (out, call->index);
  if (is_new)
    put_start (self, call, &fragment, out);
  put_other_members (element, out);
  if (!fragment.is_custom && jump_json_span_kind (fragment.function) == JUMP_JSON_OBJECT)
    put_function (self, call, &fragment, is_new, out);
  else if (jump_json_span_has_text (fragment.type) &&
           !jump_json_span_equals (fragment.type, "function"))
    call->has_arguments = TRUE; /* another type of tool, whose input stands elsewhere */
  jump_splice_put_literal (out, "}");
  return changed;
}

/**
 * jump_chat_calls_new:
 * @request_id: names the request; calls without an id get one made of it
 *
 * Returns: (transfer full): no calls yet
 */
JumpChatCalls *
jump_chat_calls_new (const char *request_id)
{
  JumpChatCalls *self = g_new0 (JumpChatCalls, 1);

  self->request_id = g_strdup (request_id);
  self->calls = g_array_new (FALSE, FALSE, sizeof (Call));
  g_array_set_clear_func (self->calls, call_clear);
  return self;
}

/**
 * jump_chat_calls_free:
 * @self: (transfer full): calls
 */
void
jump_chat_calls_free (JumpChatCalls *self)
{
  g_clear_pointer (&self->calls, g_array_unref);
  g_clear_pointer (&self->request_id, g_free);
  g_free (self);
}

/**
 * jump_chat_calls_write:
 * @self: the calls so far
 * @source: position of the choice at the upstream
 * @target: position of the choice that the client sees
 * @fragments: the array "tool_calls" of one delta
 * @out: stands inside the client's delta, a comma written where one is needed
 *
 * Returns: whether the client gets something else than upstream sent
 */
gboolean
jump_chat_calls_write (JumpChatCalls *self,
                       guint source,
                       guint target,
                       JumpJsonSpan fragments,
                       GString *out)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;
  gboolean changed = FALSE;

  jump_splice_put_literal (out, "\"tool_calls\":[");
  jump_json_cursor_init (&cursor, fragments);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      if (jump_json_span_kind (element) == JUMP_JSON_OBJECT)
        changed |= write_fragment (self, source, target, element, out);
    }
  jump_splice_put_literal (out, "]");
  return changed;
}

/**
 * jump_chat_calls_take:
 * @self: the calls so far
 * @source: position of the choice at the upstream
 * @target: position of the choice that the client sees
 * @element: of the array "tool_calls" of one delta
 * @out_fragment: (out): what it holds
 *
 * Returns: the position of the call that it belongs to, %JUMP_CHAT_NO_CALL for one too many
 */
guint
jump_chat_calls_take (JumpChatCalls *self,
                      guint source,
                      guint target,
                      JumpJsonSpan element,
                      JumpChatFragment *out_fragment)
{
  Call *call;

  *out_fragment = read_fragment (element);
  call = find_call (self, source, out_fragment);
  if (call == NULL && self->calls->len == MAX_CALLS)
    return JUMP_CHAT_NO_CALL;
  if (call == NULL)
    call = add_call (self, source, target, out_fragment);
  if (call->name == NULL && jump_json_span_has_text (out_fragment->name))
    call->name = g_strndup (out_fragment->name.start, out_fragment->name.length);
  return call->index;
}

/**
 * jump_chat_calls_is_looping:
 * @self: the calls so far
 *
 * Returns: whether the stream has to be given up (protocol 5.5 quirk 10)
 */
gboolean
jump_chat_calls_is_looping (const JumpChatCalls *self)
{
  return self->is_looping;
}

/**
 * jump_chat_calls_has_any:
 * @self: the calls so far
 * @target: position of a choice that the client sees
 *
 * Returns: whether a call of it was seen
 */
gboolean
jump_chat_calls_has_any (const JumpChatCalls *self, guint target)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      if (g_array_index (self->calls, Call, i).target == target)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_chat_calls_write_missing_arguments:
 * @self: the calls of a choice that is complete
 * @target: position of that choice
 * @out: stands inside an empty delta
 *
 * Clients parse the collected arguments as JSON; a tool without parameters gets none from some
 * upstreams (protocol 5.4 quirk 3).
 *
 * Returns: whether anything was written
 */
gboolean
jump_chat_calls_write_missing_arguments (JumpChatCalls *self, guint target, GString *out)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = &g_array_index (self->calls, Call, i);

      if (call->target != target || call->has_arguments)
        continue;
      if (any)
        jump_splice_put_literal (out, ",");
      else
        jump_splice_put_literal (out, "\"tool_calls\":[");
      put_index (out, call->index);
      jump_splice_put_literal (out, ",\"function\":{\"arguments\":\"{}\"}}");
      call->has_arguments = TRUE;
      any = TRUE;
    }
  if (any)
    jump_splice_put_literal (out, "]");
  return any;
}
