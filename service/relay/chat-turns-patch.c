/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/chat-turns-patch.h"

#include "service/conversation/reasoning-state.h"
#include "service/relay/image-patch.h"

#include <string.h>

#define IMAGES_BEHIND "Images of the tool results above:"
#define IMAGE_BELOW   "[The result is an image, see the next message.]"

enum
{
  ROLE,
  CONTENT,
  TOOL_CALLS,
  REASONING_CONTENT,
  REASONING_TEXT,
  REASONING_OPAQUE,
  N_WANTED,
};

static const char *const wanted[N_WANTED] = {
  "role", "content", "tool_calls", "reasoning_content", "reasoning_text", "reasoning_opaque",
};

typedef struct
{
  JumpJsonSpan span;
  JumpJsonSpan found[N_WANTED];
} Turn;

static gboolean
read_turn (Turn *turn, JumpJsonCursor *cursor)
{
  return jump_patch_find_next (cursor, wanted, N_WANTED, &turn->span, turn->found);
}

static gboolean
has_role (const Turn *turn, const char *role)
{
  return jump_json_span_equals (turn->found[ROLE], role);
}

/* Models before OpenAI's reasoning ones know no developer (protocol 5.3). */
static void
patch_developer (JumpPatchWork *work, const Turn *turn)
{
  if (!work->traits->is_reasoning && has_role (turn, "developer"))
    jump_patch_work_replace (work, turn->found[ROLE], "\"system\"", "developer-as-system");
}

/* Most clients know the visible thoughts as reasoning_content; upstream calls them reasoning_text. */
static void
patch_reasoning_name (JumpPatchWork *work, const Turn *turn)
{
  if (turn->found[REASONING_CONTENT].start == NULL)
    return;
  if (turn->found[REASONING_TEXT].start != NULL)
    jump_patch_work_drop_in (work, turn->span, "reasoning_content", "reasoning-renamed");
  else
    jump_patch_work_rename_in (work,
                               turn->span,
                               "reasoning_content",
                               "reasoning_text",
                               "reasoning-renamed");
}

static void
drop_reasoning (JumpPatchWork *work, const Turn *turn)
{
  jump_patch_work_drop_in (work, turn->span, "reasoning_text", NULL);
  jump_patch_work_drop_in (work, turn->span, "reasoning_content", NULL);
  jump_patch_work_drop_in (work, turn->span, "reasoning_opaque", "reasoning-dropped");
}

/* State in an envelope is taken out for the model that made it. Thoughts whose state is another
 * model's go with it: upstream wants both or neither. */
static void
patch_reasoning_state (JumpPatchWork *work, const Turn *turn)
{
  g_auto (JumpReasoningState) state = { 0 };
  g_autofree char *text = jump_json_span_dup_string (turn->found[REASONING_OPAQUE]);
  g_autofree char *quoted = NULL;

  if (!jump_reasoning_text_is_sealed (text))
    {
      patch_reasoning_name (work, turn);
      return;
    }
  if (!jump_reasoning_state_open (&state, text, JUMP_REASONING_OPAQUE) ||
      !jump_reasoning_state_fits (&state, 1 << JUMP_REASONING_OPAQUE, work->traits->id))
    {
      drop_reasoning (work, turn);
      return;
    }
  quoted = jump_patch_quote (state.data);
  jump_patch_work_replace (work, turn->found[REASONING_OPAQUE], quoted, "reasoning-opened");
  patch_reasoning_name (work, turn);
}

static gboolean
is_empty_text (JumpJsonSpan part)
{
  return jump_patch_has_type (part, "text") &&
         jump_patch_is_blank (jump_json_find_member (part, "text"));
}

/* Returns: whether something is left of @content */
static gboolean
drop_empty_parts (JumpPatchWork *work, JumpJsonSpan content)
{
  JumpJsonCursor cursor;
  JumpJsonSpan part;
  guint n_kept = 0;

  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &part))
    {
      if (is_empty_text (part))
        jump_patch_work_drop_element (work, content, part, "empty-text-dropped");
      else
        n_kept++;
    }
  return n_kept > 0;
}

/* Claude takes no empty texts, wherever they stand (protocol 5.3). */
static void
patch_empty_texts (JumpPatchWork *work, JumpJsonSpan messages, const Turn *turn)
{
  JumpJsonSpan content = turn->found[CONTENT];
  gboolean is_text = jump_json_span_kind (content) == JUMP_JSON_STRING;

  if (!work->traits->is_claude || has_role (turn, "tool"))
    return;
  if (is_text
          ? !jump_patch_is_blank (content)
          : jump_json_span_kind (content) != JUMP_JSON_ARRAY || drop_empty_parts (work, content))
    return;
  if (jump_json_span_kind (turn->found[TOOL_CALLS]) == JUMP_JSON_ARRAY)
    jump_patch_work_replace (work, content, "null", "empty-text-dropped");
  else
    jump_patch_work_drop_element (work, messages, turn->span, "empty-text-dropped");
}

static void
trim_text (JumpPatchWork *work, JumpJsonSpan text)
{
  g_autofree char *plain = jump_json_span_dup_string (text);
  gsize length = plain == NULL ? 0 : strlen (plain);
  g_autofree char *quoted = NULL;

  if (length == 0 || !g_ascii_isspace (plain[length - 1]) || jump_patch_is_blank (text))
    return;
  quoted = jump_patch_quote (g_strchomp (plain));
  jump_patch_work_replace (work, text, quoted, "trailing-space-dropped");
}

/* An answer that Claude shall go on with must not end in space (protocol 5.3). */
static void
patch_last_text (JumpPatchWork *work, const Turn *last)
{
  JumpJsonSpan content = last->found[CONTENT];
  JumpJsonSpan part = { NULL, 0 };
  JumpJsonCursor cursor;

  if (!work->traits->is_claude || last->span.start == NULL || !has_role (last, "assistant"))
    return;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &part))
    ;
  if (jump_json_span_kind (content) == JUMP_JSON_ARRAY)
    content = jump_json_find_member (part, "text");
  trim_text (work, content);
}

/**
 * jump_chat_turns_patch:
 * @work: a chat request
 *
 * Returns: whether some message has calls of tools or their results
 */
gboolean
jump_chat_turns_patch (JumpPatchWork *work)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  JumpJsonCursor cursor;
  gboolean has_calls = FALSE;
  Turn turn = { 0 };

  jump_json_cursor_init (&cursor, messages);
  while (read_turn (&turn, &cursor))
    {
      has_calls = has_calls || turn.found[TOOL_CALLS].start != NULL || has_role (&turn, "tool");
      patch_developer (work, &turn);
      if (has_role (&turn, "assistant") || turn.found[REASONING_OPAQUE].start != NULL)
        patch_reasoning_state (work, &turn);
      patch_empty_texts (work, messages, &turn);
    }
  patch_last_text (work, &turn);
  return has_calls;
}

/* Takes the pictures out of a tool's result and adds them to @images. */
static void
take_images (JumpPatchWork *work, const Turn *turn, GString *images)
{
  JumpJsonSpan content = turn->found[CONTENT];
  gsize before = images->len;
  guint n_kept = 0;
  JumpJsonCursor cursor;
  JumpJsonSpan part;

  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &part))
    {
      if (!jump_image_is_part (part))
        {
          n_kept++;
          continue;
        }
      g_string_append_c (images, ',');
      g_string_append_len (images, part.start, (gssize) part.length);
      jump_patch_work_drop_element (work, content, part, "tool-images-moved");
    }
  if (images->len > before && n_kept == 0)
    jump_patch_work_replace (work, content, "\"" IMAGE_BELOW "\"", NULL);
}

static void
put_images (JumpPatchWork *work, JumpJsonSpan previous, GString *images)
{
  g_autofree char *message = NULL;

  if (images->len == 0)
    return;
  message = g_strdup_printf ("{\"role\":\"user\",\"content\":"
                             "[{\"type\":\"text\",\"text\":\"" IMAGES_BEHIND "\"}%s]}",
                             images->str);
  jump_patch_work_insert_behind (work, previous, message);
  g_string_truncate (images, 0);
}

/**
 * jump_chat_move_tool_images:
 * @work: a chat request, settled
 *
 * The pictures of all results in a row go behind the last of them, because results have to follow their
 * calls without a gap.
 */
void
jump_chat_move_tool_images (JumpPatchWork *work)
{
  g_autoptr (GString) images = g_string_new (NULL);
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  JumpJsonSpan previous = { NULL, 0 };
  JumpJsonCursor cursor;
  Turn turn = { 0 };

  jump_json_cursor_init (&cursor, messages);
  while (read_turn (&turn, &cursor))
    {
      if (has_role (&turn, "tool"))
        take_images (work, &turn, images);
      else
        put_images (work, previous, images);
      previous = turn.span;
    }
  put_images (work, previous, images);
}
