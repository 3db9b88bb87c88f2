/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/relay/patch-work.h"

/* A refused request and why it was refused, for the mends of request-mend.c. */

typedef struct
{
  const JumpDialect *target;
  const JumpFailure *failure;
  char *text; /* (owned): failure's code, param and message in lower case */
  JumpPatchWork work;
  char *detail; /* (owned) (nullable): out: what the mend was made to */
} JumpMend;

/* Each looks whether the failure is its business and edits the body. Returns: whether it did. */
typedef gboolean (*JumpMendFunc) (JumpMend *self);

/* mend-conversation.c */
gboolean jump_mend_reasoning (JumpMend *self);
gboolean jump_mend_undecryptable (JumpMend *self);
gboolean jump_mend_unreadable (JumpMend *self);
gboolean jump_mend_item_ids (JumpMend *self);
gboolean jump_mend_pairs (JumpMend *self);
gboolean jump_mend_system_role (JumpMend *self);

/* mend-fields.c */
gboolean jump_mend_beta (JumpMend *self);
gboolean jump_mend_limit_name (JumpMend *self);
gboolean jump_mend_limit_value (JumpMend *self);
gboolean jump_mend_effort (JumpMend *self);
gboolean jump_mend_forced_thinking (JumpMend *self);
gboolean jump_mend_both_samplings (JumpMend *self);
gboolean jump_mend_field (JumpMend *self);
gboolean jump_mend_unknown_fields (JumpMend *self);

/* mend-tools.c */
gboolean jump_mend_hosted_tool (JumpMend *self);

/* mend-structure.c */
gboolean jump_mend_structure (JumpMend *self);

gboolean jump_mend_mentions (const JumpMend *self, const char *words);
/* That upstream does not know something, or does not want it here. */
gboolean jump_mend_is_refusal (const JumpMend *self);
