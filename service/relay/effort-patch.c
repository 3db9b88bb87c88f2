/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/effort-patch.h"

#include "service/conversation/effort.h"

/**
 * jump_effort_patch:
 * @work: a request
 * @object: where the word stands; absent ones too
 * @name: of its member
 *
 * A known model without a list takes no word at all, except that OpenAI's reasoning models are not always
 * listed with theirs (protocol 4.3, gpt-5.2).
 *
 * Returns: whether the member is dropped
 */
gboolean
jump_effort_patch (JumpPatchWork *work, JumpJsonSpan object, const char *name)
{
  const JumpModelTraits *traits = work->traits;
  g_autofree char *effort = NULL;
  g_autofree char *quoted = NULL;
  const char *nearest;

  if (jump_json_span_kind (object) == JUMP_JSON_OBJECT)
    effort = jump_json_span_dup_string (jump_json_find_member (object, name));
  if (effort == NULL ||
      (traits->efforts != NULL && g_strv_contains ((const char *const *) traits->efforts, effort)))
    return FALSE;
  nearest = jump_effort_nearest (effort, traits);
  if (nearest != NULL)
    {
      quoted = jump_patch_quote (nearest);
      jump_patch_work_set_in (work, object, name, quoted, "effort-adjusted");
      return FALSE;
    }
  if (traits->efforts == NULL && (!traits->is_known || traits->is_reasoning))
    return FALSE;
  return jump_patch_work_drop_in (work, object, name, "effort-dropped");
}
