/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/chat-patch.h"

#include "service/conversation/effort.h"
#include "service/relay/chat-pairs-patch.h"
#include "service/relay/chat-turns-patch.h"
#include "service/relay/effort-patch.h"
#include "service/relay/image-patch.h"
#include "service/relay/prefill-patch.h"
#include "service/relay/tool-list-patch.h"

/* Nothing thinks with less (protocol 6.3). */
#define MIN_BUDGET 1024

/* Asks for usage in every stream, so that it can be counted; the reply side hides it again from
 * clients that did not ask (protocol 9.17). */
static void
patch_usage (JumpPatchWork *work)
{
  JumpJsonSpan options = jump_patch_work_get (work, "stream_options");
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;
  gboolean is_there = FALSE;

  if (jump_json_span_kind (jump_patch_work_get (work, "stream")) != JUMP_JSON_TRUE ||
      jump_json_span_kind (jump_json_find_member (options, "include_usage")) == JUMP_JSON_TRUE)
    return;
  if (jump_json_span_kind (options) != JUMP_JSON_OBJECT)
    {
      jump_patch_work_set (work, "stream_options", "{\"include_usage\":true}", "usage-injected");
      return;
    }
  jump_json_cursor_init (&cursor, options);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!jump_json_span_equals (key, "include_usage"))
        continue;
      jump_patch_work_replace (work, value, "true", NULL);
      is_there = TRUE;
    }
  if (!is_there)
    jump_patch_work_set_in (work, options, "include_usage", "true", NULL);
  jump_changes_add (work->changes, "usage-injected");
}

/* OpenAI's reasoning models know the limit of output by another name than everything else. */
static void
patch_limit (JumpPatchWork *work)
{
  gboolean is_reasoning = work->traits->is_reasoning;
  const char *wrong = is_reasoning ? "max_tokens" : "max_completion_tokens";
  const char *right = is_reasoning ? "max_completion_tokens" : "max_tokens";

  if (jump_patch_work_get (work, right).start != NULL)
    jump_patch_work_drop (work, wrong, "max-tokens-renamed");
  else
    jump_patch_work_rename (work, wrong, right, "max-tokens-renamed");
}

static void
clamp_limit (JumpPatchWork *work)
{
  static const char *const names[] = { "max_tokens", "max_completion_tokens" };
  gint64 limit = work->traits->max_output_tokens;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  gint64 said;

  for (guint i = 0; limit > 0 && i < G_N_ELEMENTS (names); i++)
    if (jump_json_span_get_int (jump_patch_work_get (work, names[i]), &said) && said > limit)
      jump_patch_work_set (work, names[i], text, "max-tokens-clamped");
}

/* Reasoning models take nothing but the default, 1. */
static void
patch_sampling (JumpPatchWork *work)
{
  if (!work->traits->is_reasoning)
    return;
  jump_patch_work_drop_unless_one (work, "temperature", "temperature-dropped");
  jump_patch_work_drop_unless_one (work, "top_p", "top-p-dropped");
}

/* Returns: tokens to think with, below the limit of output; 0: none */
static gint64
find_budget (const JumpPatchWork *work, const char *effort)
{
  gint64 budget = jump_effort_to_budget (effort, work->traits);
  gint64 limit = G_MAXINT64;

  if (!jump_json_span_get_int (jump_patch_work_get (work, "max_tokens"), &limit))
    jump_json_span_get_int (jump_patch_work_get (work, "max_completion_tokens"), &limit);
  budget = MIN (budget, limit - 1);
  return budget >= MAX (work->traits->min_thinking_budget, MIN_BUDGET) ? budget : 0;
}

/* Models that think by budget have no words for it (protocol 5.3). */
static void
patch_effort (JumpPatchWork *work)
{
  const JumpModelTraits *traits = work->traits;
  g_autofree char *effort =
      jump_json_span_dup_string (jump_patch_work_get (work, "reasoning_effort"));
  gint64 budget = 0;

  if (effort != NULL && traits->is_known && traits->efforts == NULL &&
      traits->max_thinking_budget > 0 &&
      jump_patch_work_get (work, "thinking_budget").start == NULL)
    budget = find_budget (work, effort);
  if (budget > 0)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, budget);

      jump_patch_work_drop (work, "reasoning_effort", NULL);
      jump_patch_work_set (work, "thinking_budget", text, "effort-as-budget");
    }
  else
    jump_effort_patch (work, work->object, "reasoning_effort");
}

static void
drop_refused_members (JumpPatchWork *work)
{
  jump_patch_work_drop (work, "store", "store-dropped");
  jump_patch_work_drop (work, "service_tier", "service-tier-dropped");
  jump_patch_work_drop (work, "metadata", "metadata-dropped");
}

/* Tools that take free text came with OpenAI's reasoning models. A tool without a type is left to
 * upstream's judgement. */
static gboolean
takes_tool (JumpJsonSpan tool, JumpJsonSpan type, const JumpModelTraits *traits)
{
  if (jump_json_span_kind (type) != JUMP_JSON_STRING || jump_json_span_equals (type, "function"))
    return TRUE;
  return traits->is_reasoning && jump_json_span_equals (type, "custom");
}

/**
 * jump_chat_patch:
 *
 * See jump_request_patch().
 */
GBytes *
jump_chat_patch (GBytes *body,
                 const JumpRequestFacts *facts,
                 const JumpModelTraits *traits,
                 JumpChanges *changes,
                 GError **error)
{
  g_auto (JumpPatchWork) work = { 0 };
  gboolean has_calls;

  jump_patch_work_init (&work, body, traits, changes);
  jump_patch_work_set_model (&work);
  patch_usage (&work);
  patch_limit (&work);
  clamp_limit (&work);
  patch_sampling (&work);
  drop_refused_members (&work);
  patch_effort (&work);
  jump_tool_list_patch (&work, takes_tool);
  jump_tool_choice_patch (&work);
  has_calls = jump_chat_turns_patch (&work);
  jump_patch_work_settle (&work);
  /* most requests have none: every walk through a long history counts */
  if (has_calls)
    {
      jump_chat_pairs_patch (&work);
      jump_patch_work_settle (&work);
    }
  if (facts->has_image)
    {
      if (!jump_image_patch (&work, "messages", "text", error))
        return NULL;
      jump_patch_work_settle (&work);
      jump_chat_move_tool_images (&work);
    }
  jump_patch_work_settle (&work);
  if (traits->is_claude)
    jump_prefill_patch (&work);
  return jump_patch_work_finish (&work);
}
