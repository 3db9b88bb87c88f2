/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The words for every kind of trouble, not translated yet, and what helps. Tables; error-text.h makes
 * texts of them. */

/* What to do with the words that came with the trouble, which are in English. */
typedef enum
{
  JUMP_DETAIL_NEVER,
  JUMP_DETAIL_BELOW,   /* ours first, the technical ones behind */
  JUMP_DETAIL_INSTEAD, /* upstream's sentence says more than ours */
} JumpTroubleDetail;

typedef struct
{
  const char *title;
  const char *text;
  const char *button; /* (nullable) */
  const char *action; /* (nullable) */
  const char *target; /* (nullable) */
  JumpTroubleDetail detail;
  gboolean is_serious;
} JumpTroubleWords;

const JumpTroubleWords *jump_trouble_words_for_attention (JumpAttention attention);
const JumpTroubleWords *jump_trouble_words_for_error (const GError *error);
const JumpTroubleWords *jump_trouble_words_for_sign_in (JumpDeviceFlowState state,
                                                        const GError *error);
