/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/responses-patch.h"

#include "service/base/error.h"
#include "service/relay/effort-patch.h"
#include "service/relay/image-patch.h"
#include "service/relay/responses-items-patch.h"
#include "service/relay/responses-tools-patch.h"

/* protocol 6.1 */
#define MIN_OUTPUT_TOKENS   16
#define ENCRYPTED_REASONING "\"reasoning.encrypted_content\""

/* Only OpenAI's own models know more than the public dialect (protocol 6.1). */
static gboolean
is_gpt (const JumpModelTraits *traits)
{
  return traits->is_reasoning || g_ascii_strncasecmp (traits->id, "gpt-", 4) == 0;
}

static gboolean
is_grok (const JumpModelTraits *traits)
{
  return g_ascii_strncasecmp (traits->id, "grok", 4) == 0;
}

/* What only works where answers are kept. */
static gboolean
check_members (JumpPatchWork *work, GError **error)
{
  const char *problem = NULL;

  if (jump_json_span_kind (jump_patch_work_get (work, "background")) == JUMP_JSON_TRUE)
    problem = "background: expected false, the upstream works on nothing in the background";
  else if (jump_json_span_kind (jump_patch_work_get (work, "conversation")) != JUMP_JSON_NULL)
    problem = "conversation: expected none, the upstream keeps no conversations";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, problem);
  return FALSE;
}

static void
patch_storing (JumpPatchWork *work)
{
  gboolean is_named =
      jump_json_span_kind (jump_patch_work_get (work, "previous_response_id")) != JUMP_JSON_NULL;

  jump_patch_work_drop (work,
                        "previous_response_id",
                        is_named ? "previous-response-dropped" : NULL);
  if (jump_json_span_kind (jump_patch_work_get (work, "store")) != JUMP_JSON_FALSE)
    jump_patch_work_set (work, "store", "false", "store-disabled");
}

static void
patch_limit (JumpPatchWork *work)
{
  gint64 limit = work->traits->max_output_tokens;
  gint64 said, wanted;
  g_autofree char *text = NULL;

  if (!jump_json_span_get_int (jump_patch_work_get (work, "max_output_tokens"), &said))
    return;
  wanted = MAX (said, MIN_OUTPUT_TOKENS);
  if (limit >= MIN_OUTPUT_TOKENS)
    wanted = MIN (wanted, limit);
  if (wanted == said)
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, wanted);
  jump_patch_work_set (work,
                       "max_output_tokens",
                       text,
                       wanted > said ? "max-tokens-raised" : "max-tokens-clamped");
}

static void
patch_sampling (JumpPatchWork *work)
{
  if (!work->traits->is_reasoning && !is_grok (work->traits))
    return;
  jump_patch_work_drop_unless_one (work, "temperature", "temperature-dropped");
  jump_patch_work_drop_unless_one (work, "top_p", "top-p-dropped");
}

/* Without it the model's reasoning would be lost between turns, as upstream keeps nothing. */
static void
patch_include (JumpPatchWork *work)
{
  JumpJsonSpan include = jump_patch_work_get (work, "include");
  JumpJsonSpan element = { NULL, 0 };
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonCursor cursor;

  if (!work->traits->is_reasoning && work->traits->efforts == NULL)
    return;
  if (jump_json_span_kind (include) == JUMP_JSON_ARRAY)
    {
      jump_json_cursor_init (&cursor, include);
      while (jump_json_cursor_next (&cursor, NULL, &element))
        {
          if (jump_json_span_equals (element, "reasoning.encrypted_content"))
            return;
          last = element;
        }
    }
  if (last.start != NULL)
    jump_patch_work_insert_behind (work, last, ENCRYPTED_REASONING);
  else
    jump_patch_work_set (work, "include", "[" ENCRYPTED_REASONING "]", NULL);
  jump_changes_add (work->changes, "include-added");
}

static void
patch_reasoning (JumpPatchWork *work)
{
  JumpJsonSpan reasoning = jump_patch_work_get (work, "reasoning");

  jump_effort_patch (work, reasoning, "effort");
  if (!is_gpt (work->traits))
    jump_patch_work_drop_in (work, reasoning, "context", "dropped:reasoning.context");
}

/**
 * jump_responses_patch:
 *
 * See jump_request_patch().
 */
GBytes *
jump_responses_patch (GBytes *body,
                      const JumpRequestFacts *facts,
                      const JumpModelTraits *traits,
                      JumpChanges *changes,
                      GError **error)
{
  g_auto (JumpPatchWork) work = { 0 };

  jump_patch_work_init (&work, body, traits, changes);
  jump_patch_work_set_model (&work);
  if (!check_members (&work, error))
    return NULL;
  patch_storing (&work);
  jump_patch_work_drop (&work, "service_tier", "service-tier-dropped");
  patch_limit (&work);
  patch_sampling (&work);
  patch_include (&work);
  patch_reasoning (&work);
  if (!is_gpt (traits))
    {
      jump_patch_work_drop (&work, "client_metadata", "dropped:client_metadata");
      jump_responses_lift_tools (&work);
      jump_patch_work_settle (&work);
    }
  jump_responses_tools_patch (&work);
  if (!jump_responses_items_patch (&work, error))
    return NULL;
  jump_patch_work_settle (&work);
  jump_responses_pairs_patch (&work);
  if (facts->has_image)
    {
      jump_patch_work_settle (&work);
      if (!jump_image_patch (&work, "input", "input_text", error))
        return NULL;
    }
  return jump_patch_work_finish (&work);
}
