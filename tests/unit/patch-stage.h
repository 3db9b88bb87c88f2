/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"

/* Runs patches over tables of bodies. */

typedef struct
{
  const JumpModelTraits *traits;
  const char *text;
  const char *expected; /* (nullable): NULL: the same bytes, and not even copied */
  const char *changes;
} PatchRow;

typedef struct
{
  const JumpModelTraits *traits;
  const char *text;
  const char *says; /* the whole error message */
} PatchErrorRow;

/* Returns: (transfer full) (nullable): what is sent */
char *patch_stage_run (JumpDialectId dialect,
                       const JumpModelTraits *traits,
                       const char *text,
                       char **out_changes,
                       GError **error);
/* Also checks that a second patch finds nothing more to do. */
void patch_stage_check (JumpDialectId dialect, const PatchRow *rows, guint n_rows);
void patch_stage_check_errors (JumpDialectId dialect, const PatchErrorRow *rows, guint n_rows);

/* Models of all kinds. */
extern const JumpModelTraits patch_stage_gpt_4o;     /* takes one image */
extern const JumpModelTraits patch_stage_gpt_5;      /* low, medium, high */
extern const JumpModelTraits patch_stage_sonnet_4_5; /* thinks by budget */
extern const JumpModelTraits patch_stage_sonnet_4_6; /* adapts: low, medium, high; no schema */
extern const JumpModelTraits patch_stage_opus_4_8;   /* adapts: low to max */
extern const JumpModelTraits patch_stage_grok;
extern const JumpModelTraits patch_stage_unknown; /* not in the catalogue */
