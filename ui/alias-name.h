/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Whether a name may become another name of a model. Pure. */

typedef enum
{
  JUMP_ALIAS_OK,
  JUMP_ALIAS_EMPTY,
  JUMP_ALIAS_LETTERS,   /* holds what no client can send as a model's name */
  JUMP_ALIAS_IS_MODEL,  /* a model is called so, and its own id comes first */
  JUMP_ALIAS_THERE,     /* it means this model already */
  JUMP_ALIAS_ELSEWHERE, /* it means another one now; may be changed all the same */
} JumpAliasVerdict;

/* @aliases: (element-type JumpSettingPair): jump_settings_get_table(). */
JumpAliasVerdict jump_alias_check (const char *name,
                                   const char *target,
                                   GPtrArray *aliases,
                                   JumpModelCatalog *catalog);
/* Returns: (transfer none) (nullable): what to say beside the field */
const char *jump_alias_describe (JumpAliasVerdict verdict);
