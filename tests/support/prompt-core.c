/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/prompt-core.h"

#include "service/base/json-write.h"
#include "tests/support/conversation-words.h"

#include <string.h>

typedef enum
{
  SIDE_SYSTEM,
  SIDE_USER,
  SIDE_ASSISTANT,
} Side;

/* What one side says before the other one speaks again. */
typedef struct
{
  GString *text;      /* (owned) */
  GString *calls;     /* (owned): lines */
  GPtrArray *results; /* (owned) (element-type utf8): lines; their order does not count */
} Turn;

typedef struct
{
  const JumpToolNames *names;
  GString *system; /* (owned) */
  GString *turns;  /* (owned): lines */
  GString *images; /* (owned): lines; some dialects have to move those out of tool results */
  Turn turn;       /* (owned) */
} Core;

static Side
side_of (JumpRole role)
{
  switch (role)
    {
    case JUMP_ROLE_SYSTEM:
    case JUMP_ROLE_DEVELOPER:
      return SIDE_SYSTEM;
    case JUMP_ROLE_USER:
      return SIDE_USER;
    case JUMP_ROLE_ASSISTANT:
      return SIDE_ASSISTANT;
    }
  g_assert_not_reached ();
}

/* JSON without the space between its tokens, anything else as it stands. */
static void
put_arguments (GString *out, const char *arguments)
{
  gboolean in_string = FALSE;

  for (const char *at = arguments; at != NULL && *at != '\0'; at++)
    {
      if (*at == '"' && (at == arguments || at[-1] != '\\'))
        in_string = !in_string;
      if (in_string || !g_ascii_isspace (*at))
        g_string_append_c (out, *at == '\n' ? ' ' : *at);
    }
}

static void
put_image (GString *out, const JumpPart *part)
{
  g_autofree char *address = jump_part_dup_address (part);

  g_string_append_printf (out,
                          "image %s\n",
                          address != NULL         ? address
                          : part->file_id != NULL ? part->file_id
                                                  : "");
}

/* Free text travels as the one member of an object where there are no tools that take it. */
static void
put_custom_input (GString *out, const char *input)
{
  g_string_append (out, "{\"input\":\"");
  if (input != NULL)
    jump_json_append_escaped (out, input, -1);
  g_string_append (out, "\"}");
}

static void
put_call (const Core *self, GString *out, const JumpPart *part)
{
  const char *name = part->name == NULL ? "" : part->name;
  const char *name_space = part->name_space;
  gboolean is_empty = part->arguments == NULL || *part->arguments == '\0';

  if (self->names != NULL)
    jump_tool_names_from_wire (self->names, name, &name, &name_space, NULL);
  g_string_append_printf (out,
                          "  call %s %s/%s ",
                          part->call_id,
                          name_space == NULL ? "" : name_space,
                          name);
  if (part->tool_kind == JUMP_TOOL_CUSTOM)
    put_custom_input (out, part->arguments);
  else
    put_arguments (out, is_empty ? "{}" : part->arguments);
  g_string_append_c (out, '\n');
}

static void
put_result (Core *self, const JumpPart *part)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean has_text_only = TRUE;
  g_autofree char *text = jump_parts_join_text (part->content, "");

  for (guint i = 0; part->content != NULL && i < part->content->len; i++)
    {
      const JumpPart *inner = g_ptr_array_index (part->content, i);

      if (inner->kind == JUMP_PART_TEXT)
        continue;
      has_text_only = FALSE;
      if (inner->kind == JUMP_PART_IMAGE)
        put_image (self->images, inner);
    }
  g_string_append_printf (line, "  result %s ", part->call_id);
  /* Where there is no flag for it, an error says what it is. */
  if (part->is_error && !g_str_has_prefix (text, "Error:"))
    g_string_append (line, "Error:");
  /* What is said in place of an image is the writer's business. */
  if (has_text_only)
    jump_put_dense (line, text);
  g_ptr_array_add (self->turn.results, g_string_free (g_steal_pointer (&line), FALSE));
}

static void
put_part (Core *self, GString *text, const JumpPart *part)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      jump_put_dense (text, part->text);
      break;
    case JUMP_PART_IMAGE:
      put_image (self->images, part);
      break;
    case JUMP_PART_TOOL_CALL:
      put_call (self, self->turn.calls, part);
      break;
    case JUMP_PART_TOOL_RESULT:
      put_result (self, part);
      break;
    case JUMP_PART_FILE:
    case JUMP_PART_REASONING:
    case JUMP_PART_OTHER:
      break;
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
end_turn (Core *self, const char *who)
{
  Turn *turn = &self->turn;

  if (turn->text->len + turn->calls->len + turn->results->len == 0)
    return;
  g_string_append_printf (self->turns, "%s\n", who);
  g_ptr_array_sort (turn->results, compare_lines);
  for (guint i = 0; i < turn->results->len; i++)
    g_string_append_printf (self->turns, "%s\n", (char *) g_ptr_array_index (turn->results, i));
  g_string_append_printf (self->turns, "  text %s\n%s", turn->text->str, turn->calls->str);
  g_string_truncate (turn->text, 0);
  g_string_truncate (turn->calls, 0);
  g_ptr_array_set_size (turn->results, 0);
}

static void
put_messages (Core *self, const GPtrArray *messages)
{
  Side last = SIDE_SYSTEM;

  for (guint i = 0; i < messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (messages, i);
      Side side = side_of (message->role);

      if (side != SIDE_SYSTEM && last != SIDE_SYSTEM && side != last)
        end_turn (self, last == SIDE_USER ? "user" : "assistant");
      for (guint j = 0; j < message->parts->len; j++)
        put_part (self,
                  side == SIDE_SYSTEM ? self->system : self->turn.text,
                  g_ptr_array_index (message->parts, j));
      if (side != SIDE_SYSTEM)
        last = side;
    }
  end_turn (self, last == SIDE_ASSISTANT ? "assistant" : "user");
}

char *
jump_prompt_core (const JumpPrompt *prompt, const JumpToolNames *names)
{
  Core self = {
    names,
    g_string_new (NULL),
    g_string_new (NULL),
    g_string_new (NULL),
    { g_string_new (NULL), g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) },
  };
  char *text;

  put_messages (&self, prompt->messages);
  text = g_strdup_printf ("system %s\n%s%s", self.system->str, self.turns->str, self.images->str);
  g_string_free (self.system, TRUE);
  g_string_free (self.turns, TRUE);
  g_string_free (self.images, TRUE);
  g_string_free (self.turn.text, TRUE);
  g_string_free (self.turn.calls, TRUE);
  g_ptr_array_unref (self.turn.results);
  return text;
}
