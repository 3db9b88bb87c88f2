/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/responses-patch.h"

#include "service/relay/patch-work.h"

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
  return jump_patch_work_finish (&work);
}
