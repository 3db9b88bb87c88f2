/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Which models somebody wants to see. Pure. */

typedef enum
{
  JUMP_WANTED_ABILITY_ANY,
  JUMP_WANTED_ABILITY_TOOLS,
  JUMP_WANTED_ABILITY_IMAGES,
  JUMP_WANTED_ABILITY_REASONING,
} JumpWantedAbility;

typedef enum
{
  JUMP_WANTED_STATE_ANY,
  JUMP_WANTED_STATE_READY,
  JUMP_WANTED_STATE_NEEDS_ENABLING, /* disabled ones too: a person may change both */
  JUMP_WANTED_STATE_PREVIEW,
  JUMP_WANTED_STATE_RETIRING,
} JumpWantedState;

typedef struct
{
  char *text;   /* (owned) (nullable) words that all occur in id, name or vendor */
  char *vendor; /* (owned) (nullable) NULL: of any */
  JumpWantedAbility ability;
  JumpWantedState state;
  gboolean hides_embeddings; /* and whatever else does not talk */
} JumpModelFilter;

void jump_model_filter_clear (JumpModelFilter *self);
gboolean jump_model_filter_matches (const JumpModelFilter *self, JumpModel *model);
