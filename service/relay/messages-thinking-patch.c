/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-thinking-patch.h"

#include "service/conversation/effort.h"
#include "service/relay/claude-version.h"
#include "service/relay/effort-patch.h"

/* Below it Messages takes no budget. */
#define MIN_BUDGET 1024
/* Room for the answer behind the thoughts when the client left none (H-05). */
#define MAX_ANSWER_ROOM 16384

typedef enum
{
  MODE_UNSAID, /* nothing that anybody here knows */
  MODE_OFF,
  MODE_BUDGET,
  MODE_ADAPTIVE,
} Mode;

/* What the request says, and what it shall say. */
typedef struct
{
  JumpPatchWork *work;
  JumpJsonSpan thinking;
  JumpJsonSpan config; /* output_config */
  Mode said;
  Mode mode;
  gint64 said_budget; /* tokens; 0: none */
  gint64 budget;
  gint64 said_max_tokens; /* 0: none */
  gint64 max_tokens;
  char *new_effort; /* (owned) (nullable): for output_config, JSON */
  char *new_format; /* (owned) (nullable): the same */
} Plan;

static void
clear_plan (Plan *self)
{
  g_clear_pointer (&self->new_effort, g_free);
  g_clear_pointer (&self->new_format, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static Mode
read_mode (JumpJsonSpan thinking)
{
  if (jump_patch_has_type (thinking, "enabled"))
    return MODE_BUDGET;
  if (jump_patch_has_type (thinking, "adaptive"))
    return MODE_ADAPTIVE;
  return jump_patch_has_type (thinking, "disabled") ? MODE_OFF : MODE_UNSAID;
}

static void
read_plan (Plan *self, JumpPatchWork *work)
{
  *self = (Plan){ .work = work };
  self->thinking = jump_patch_work_get (work, "thinking");
  self->config = jump_patch_work_get (work, "output_config");
  self->said = self->mode = read_mode (self->thinking);
  jump_json_span_get_int (jump_json_find_member (self->thinking, "budget_tokens"),
                          &self->said_budget);
  jump_json_span_get_int (jump_patch_work_get (work, "max_tokens"), &self->said_max_tokens);
  self->budget = self->said_budget;
  self->max_tokens = self->said_max_tokens;
}

/* A budget said to a model that only adapts becomes a word; the client's own word wins (H-06). */
static void
become_adaptive (Plan *self)
{
  const char *said = self->said_budget > 0 ? jump_effort_from_budget (self->said_budget) : "medium";
  const char *effort = jump_effort_nearest (said, self->work->traits);

  self->mode = MODE_ADAPTIVE;
  jump_changes_add (self->work->changes, "thinking-adaptive");
  if (effort != NULL && jump_json_find_member (self->config, "effort").start == NULL)
    self->new_effort = jump_patch_quote (effort);
}

static void
become_budget (Plan *self)
{
  g_autofree char *effort =
      jump_json_span_dup_string (jump_json_find_member (self->config, "effort"));

  self->budget = jump_effort_to_budget (effort == NULL ? "medium" : effort, self->work->traits);
  self->mode = self->budget > 0 ? MODE_BUDGET : MODE_OFF;
  if (self->mode == MODE_BUDGET)
    jump_changes_add (self->work->changes, "thinking-budget");
}

/* Newer models adapt, older ones have a budget, the oldest do neither. */
static void
choose_mode (Plan *self)
{
  const JumpModelTraits *traits = self->work->traits;

  if (self->said == MODE_BUDGET && traits->thinks_adaptively)
    become_adaptive (self);
  else if (self->said == MODE_BUDGET && traits->is_known && traits->max_thinking_budget == 0)
    self->mode = MODE_OFF;
  else if (self->said == MODE_ADAPTIVE && traits->is_known && !traits->thinks_adaptively)
    become_budget (self);
}

/* Upstream does not think when it must call a tool; the tool is what the client wants. */
static gboolean
is_forced (const Plan *self)
{
  JumpJsonSpan choice = jump_patch_work_get (self->work, "tool_choice");

  return jump_patch_has_type (choice, "any") || jump_patch_has_type (choice, "tool");
}

static void
choose_limits (Plan *self)
{
  const JumpModelTraits *traits = self->work->traits;
  gint64 limit = traits->max_output_tokens > 0 ? traits->max_output_tokens : G_MAXINT64;

  self->max_tokens = MIN (self->max_tokens, limit);
  if (self->mode != MODE_BUDGET)
    return;
  if (traits->max_thinking_budget > 0)
    self->budget = MIN (self->budget, traits->max_thinking_budget);
  self->budget = MAX (self->budget, MAX (traits->min_thinking_budget, MIN_BUDGET));
  if (self->said_max_tokens > 0 && self->max_tokens <= self->budget)
    self->max_tokens = MIN (self->budget + MIN (MAX_ANSWER_ROOM, self->budget), limit);
  if (self->said_max_tokens > 0 && self->budget >= self->max_tokens)
    self->budget = self->max_tokens - 1;
  if (self->budget < MIN_BUDGET)
    self->mode = MODE_OFF;
}

static void
set_number (JumpPatchWork *work, JumpJsonSpan object, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  jump_patch_work_set_in (work, object, name, text, NULL);
}

/* Models from 4.7 on think in silence unless told to sum up, and a connection without bytes is cut. */
static void
write_display (Plan *self)
{
  JumpJsonSpan display = jump_json_find_member (self->thinking, "display");

  if (jump_json_span_equals (display, "omitted") ||
      (display.start == NULL && self->mode == MODE_ADAPTIVE &&
       jump_claude_is_from (self->work->traits->id, 4, 7)))
    jump_patch_work_set_in (self->work,
                            self->thinking,
                            "display",
                            "\"summarized\"",
                            "display-summarized");
}

static void
write_thinking (Plan *self)
{
  JumpPatchWork *work = self->work;

  if (self->said != MODE_BUDGET && self->said != MODE_ADAPTIVE)
    return;
  if (self->mode == MODE_OFF)
    {
      jump_patch_work_drop (work, "thinking", "thinking-dropped");
      return;
    }
  if (self->mode != self->said)
    jump_patch_work_set_in (work,
                            self->thinking,
                            "type",
                            self->mode == MODE_BUDGET ? "\"enabled\"" : "\"adaptive\"",
                            NULL);
  if (self->mode == MODE_ADAPTIVE)
    jump_patch_work_drop_in (work, self->thinking, "budget_tokens", NULL);
  else if (self->budget != self->said_budget)
    {
      set_number (work, self->thinking, "budget_tokens", self->budget);
      if (self->said == MODE_BUDGET)
        jump_changes_add (work->changes, "thinking-budget-clamped");
    }
  write_display (self);
}

static void
write_max_tokens (Plan *self)
{
  if (self->max_tokens == self->said_max_tokens)
    return;
  set_number (self->work, self->work->object, "max_tokens", self->max_tokens);
  jump_changes_add (self->work->changes,
                    self->max_tokens < self->said_max_tokens ? "max-tokens-clamped"
                                                             : "max-tokens-raised");
}

/* The schema's place changed when structured outputs left their beta. */
static void
move_format (Plan *self)
{
  const JumpModelTraits *traits = self->work->traits;
  JumpJsonSpan format = jump_patch_work_get (self->work, "output_format");
  gboolean is_moved = jump_json_span_kind (format) == JUMP_JSON_OBJECT &&
                      (traits->takes_schema || !traits->is_known) &&
                      jump_json_find_member (self->config, "format").start == NULL;

  if (is_moved)
    self->new_format = g_strndup (format.start, format.length);
  jump_patch_work_drop (self->work, "output_format", is_moved ? "format-moved" : "format-dropped");
}

static gboolean
drop_format (Plan *self)
{
  const JumpModelTraits *traits = self->work->traits;

  return traits->is_known && !traits->takes_schema &&
         jump_patch_work_drop_in (self->work, self->config, "format", "format-dropped");
}

static void
write_new_config (Plan *self)
{
  g_autofree char *whole = NULL;

  if (self->new_effort == NULL && self->new_format == NULL)
    {
      jump_patch_work_drop (self->work, "output_config", NULL);
      return;
    }
  whole = g_strdup_printf ("{%s%s%s%s%s}",
                           self->new_effort == NULL ? "" : "\"effort\":",
                           self->new_effort == NULL ? "" : self->new_effort,
                           self->new_effort == NULL || self->new_format == NULL ? "" : ",",
                           self->new_format == NULL ? "" : "\"format\":",
                           self->new_format == NULL ? "" : self->new_format);
  jump_patch_work_set (self->work, "output_config", whole, NULL);
}

/* Returns: whether something is left of it without those that are gone */
static gboolean
patch_config (Plan *self)
{
  gboolean is_effort_gone = jump_effort_patch (self->work, self->config, "effort");
  gboolean is_format_gone = drop_format (self);
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  jump_json_cursor_init (&cursor, self->config);
  while (jump_json_cursor_next (&cursor, &key, NULL))
    if (!(is_effort_gone && jump_json_span_equals (key, "effort")) &&
        !(is_format_gone && jump_json_span_equals (key, "format")))
      return TRUE;
  return FALSE;
}

/* An object with nothing left in it is dropped whole. */
static void
write_config (Plan *self)
{
  JumpPatchWork *work = self->work;

  if (jump_json_span_kind (self->config) != JUMP_JSON_OBJECT || !patch_config (self))
    write_new_config (self);
  else
    {
      if (self->new_effort != NULL)
        jump_patch_work_set_in (work, self->config, "effort", self->new_effort, NULL);
      if (self->new_format != NULL)
        jump_patch_work_set_in (work, self->config, "format", self->new_format, NULL);
    }
}

static void
drop_sampling (Plan *self)
{
  if (self->mode != MODE_BUDGET && self->mode != MODE_ADAPTIVE)
    return;
  jump_patch_work_drop_unless_one (self->work, "temperature", "temperature-dropped");
  jump_patch_work_drop (self->work, "top_k", "top-k-dropped");
}

/* Clearing old thoughts is refused where nothing is thought. */
static void
drop_thinking_edits (Plan *self)
{
  JumpJsonSpan edits =
      jump_json_find_member (jump_patch_work_get (self->work, "context_management"), "edits");
  JumpJsonCursor cursor;
  JumpJsonSpan edit;
  guint n_left = 0, n_gone = 0;

  if (self->mode == MODE_BUDGET || self->mode == MODE_ADAPTIVE)
    return;
  if (jump_json_span_kind (edits) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, edits);
  while (jump_json_cursor_next (&cursor, NULL, &edit))
    {
      g_autofree char *type = jump_json_span_dup_string (jump_json_find_member (edit, "type"));

      if (type != NULL && g_str_has_prefix (type, "clear_thinking"))
        {
          jump_patch_work_drop_element (self->work, edits, edit, "context-edit-dropped");
          n_gone++;
        }
      else
        n_left++;
    }
  if (n_gone > 0 && n_left == 0)
    jump_patch_work_drop (self->work, "context_management", NULL);
}

/**
 * jump_messages_thinking_patch:
 * @work: a Messages request, settled
 */
void
jump_messages_thinking_patch (JumpPatchWork *work)
{
  g_auto (Plan) plan = { 0 };

  read_plan (&plan, work);
  if (is_forced (&plan))
    plan.mode = MODE_OFF;
  else
    choose_mode (&plan);
  choose_limits (&plan);
  write_max_tokens (&plan);
  write_thinking (&plan);
  move_format (&plan);
  write_config (&plan);
  drop_sampling (&plan);
  drop_thinking_edits (&plan);
}
