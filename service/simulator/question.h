/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What a request asks, whichever API it came by: read once from its (checked) body by the reader of
 * that API, which hands over the conversation turn by turn. Borrows from the body and the catalogue:
 * valid while both are. */

typedef struct
{
  const char *name;
  const char *space;       /* (nullable): the namespace it belongs to */
  const char *description; /* "" for none */
  JsonObject *schema;      /* (nullable): of its arguments */
  gboolean freeform;       /* takes any text instead of JSON */
} JumpOfferedTool;

typedef enum
{
  JUMP_TOOL_MODE_AUTO,
  JUMP_TOOL_MODE_NONE,
  JUMP_TOOL_MODE_REQUIRED,
} JumpToolMode;

typedef enum
{
  JUMP_THINKING_OFF,
  JUMP_THINKING_IF_TOLD, /* when the prompt says "think" */
  JUMP_THINKING_ON,
} JumpThinking;

typedef struct
{
  JsonObject *body;
  JsonObject *model;
  guint quirks; /* JumpQuirks of the scenario */

  GPtrArray *tools; /* (owned) (element-type JumpOfferedTool) */
  JumpToolMode tool_mode;
  const char *forced_tool; /* (nullable) */
  gboolean one_call;       /* calls in parallel are not wanted */

  char *prompt;           /* (owned): the text of the last user turn that says something */
  char *tool_result;      /* (owned) (nullable): what the tools said after it */
  const char *tool_name;  /* (nullable): the tool that said it last */
  guint n_images;         /* in the prompt, or in the results when there are any */
  char *image_url;        /* (owned) (nullable): the first of them */
  char *directory;        /* (owned) (nullable): where the client says it works */
  gboolean wants_title;   /* the system text asks for a title or a summary */
  GHashTable *call_names; /* (owned) (element-type utf8 utf8): borrowed strings, by call id */

  JumpThinking thinking;
  gboolean hides_thinking; /* the text of the reasoning is not wanted */
  gboolean seals_thinking; /* the sealed reasoning is wanted */
  guint n_seals;           /* reasoning of earlier turns that came back */

  JsonObject *schema;      /* (nullable): what the answer must fit */
  JsonObject *told_schema; /* (owned) (nullable): the same when only the system text has it */
  gboolean wants_json;
  GPtrArray *stops; /* (owned) (element-type utf8): borrowed strings */

  JsonArray *turns;    /* (nullable): as sent, for the prompt cache */
  GArray *turn_tokens; /* (owned) (element-type gint64) */
  gint64 base_tokens;  /* of what stands before the turns */
  gint64 prompt_tokens;
  gint64 max_tokens; /* -1: the model's own limit */
  gboolean marks_cache;

  gboolean stream;
  gboolean include_usage;
  guint n;
} JumpQuestion;

void jump_question_init (JumpQuestion *self, JsonObject *body, JsonObject *model);
void jump_question_clear (JumpQuestion *self);

void jump_question_add_tool (JumpQuestion *self, JumpOfferedTool tool);
void jump_question_add_system (JumpQuestion *self, const char *text);
void jump_question_add_user (JumpQuestion *self,
                             const char *text,
                             guint n_images,
                             const char *image_url);
void jump_question_add_call (JumpQuestion *self, const char *id, const char *name);
void jump_question_add_result (JumpQuestion *self,
                               const char *id,
                               const char *text,
                               guint n_images,
                               const char *image_url);
void jump_question_add_assistant (JumpQuestion *self);
/* @tokens: of the turn that was just added */
void jump_question_end_turn (JumpQuestion *self, gint64 tokens);
/* Returns: the tokens of the tools and the first @n_turns, 0 for none */
gint64 jump_question_estimate (const JumpQuestion *self, guint n_turns);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpQuestion, jump_question_clear)
