/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What went wrong, for people: a title, a sentence, and the one button that helps. Pure; the only
 * place where kinds of trouble become translated words. */

typedef struct
{
  char *title;  /* (owned) */
  char *text;   /* (owned) one or two sentences: cause and what to do */
  char *button; /* (owned) (nullable): label, mnemonic included */
  const char
      *action;  /* (nullable): a detailed action name such as "app.sign-in" or "app.open-uri" */
  char *target; /* (owned) (nullable): the action's string parameter */
  gboolean is_serious; /* an error; otherwise a warning */
} JumpErrorText;

/* @problem: (nullable): upstream's own words win over ours. @error: (nullable): of listening. */
JumpErrorText *jump_error_text_new_for_attention (JumpAttention attention,
                                                  const JumpProblem *problem,
                                                  const GError *error);
JumpErrorText *jump_error_text_new_for_error (const GError *error);
/* How a sign-in ended, when not well. @state: EXPIRED, DENIED, CANCELLED or FAILED. */
JumpErrorText *jump_error_text_new_for_sign_in (JumpDeviceFlowState state, const GError *error);
void jump_error_text_free (JumpErrorText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpErrorText, jump_error_text_free)
