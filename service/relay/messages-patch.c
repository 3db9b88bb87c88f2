/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-patch.h"

#include "service/relay/image-patch.h"
#include "service/relay/messages-blocks-patch.h"
#include "service/relay/messages-cache-patch.h"
#include "service/relay/messages-pairs-patch.h"
#include "service/relay/messages-thinking-patch.h"
#include "service/relay/messages-tools-patch.h"
#include "service/relay/patch-work.h"
#include "service/relay/prefill-patch.h"
#include "service/relay/tool-list-patch.h"

/* Top-level members that upstream answers with 400 (protocol 6.3), or that mean services of Anthropic's
 * that Copilot does not have. */
static void
drop_refused_members (JumpPatchWork *work)
{
  static const char *const names[] = {
    "service_tier", "inference_geo", "fallbacks", "speed",
    "container",    "mcp_servers",   "betas",     "cache_control",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (jump_patch_work_drop (work, names[i], NULL))
      jump_changes_add_detail (work->changes, "dropped:", names[i]);
}

/* Of metadata Messages knows the user only. */
static void
patch_metadata (JumpPatchWork *work)
{
  JumpJsonSpan metadata = jump_patch_work_get (work, "metadata");
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  if (jump_json_span_kind (metadata) != JUMP_JSON_OBJECT)
    {
      jump_patch_work_drop (work, "metadata", "metadata-trimmed");
      return;
    }
  jump_json_cursor_init (&cursor, metadata);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "user_id"))
        continue;
      jump_json_edit_remove_member (work->edit, metadata, key, value);
      jump_changes_add (work->changes, "metadata-trimmed");
    }
}

/**
 * jump_messages_patch:
 *
 * See jump_request_patch().
 */
GBytes *
jump_messages_patch (GBytes *body,
                     const JumpRequestFacts *facts,
                     const JumpModelTraits *traits,
                     JumpChanges *changes,
                     GError **error)
{
  g_auto (JumpPatchWork) work = { 0 };
  gboolean has_tool_search;

  jump_patch_work_init (&work, body, traits, changes);
  jump_patch_work_set_model (&work);
  drop_refused_members (&work);
  patch_metadata (&work);
  has_tool_search = jump_messages_tools_patch (&work);
  jump_patch_work_settle (&work);
  jump_tool_choice_patch (&work);
  jump_messages_thinking_patch (&work);
  jump_messages_blocks_patch (&work, has_tool_search);
  jump_patch_work_settle (&work);
  jump_messages_cache_patch (&work);
  jump_patch_work_settle (&work);
  jump_messages_pairs_patch (&work);
  jump_patch_work_settle (&work);
  jump_first_turn_patch (&work);
  jump_prefill_patch (&work);
  if (facts->has_image)
    {
      jump_patch_work_settle (&work);
      if (!jump_image_patch (&work, "messages", "text", error))
        return NULL;
    }
  return jump_patch_work_finish (&work);
}
