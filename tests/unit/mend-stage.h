/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/request-mend.h"

/* What upstream says, the body it says it to, and the body that is tried next. */

typedef struct
{
  const JumpDialect *target;
  const char *code;  /* (nullable) */
  const char *param; /* (nullable) */
  const char *message;
  const char *body;
  const char *expected; /* (nullable): NULL: no mend */
  const char *name;     /* (nullable) */
} MendRow;

/* @done: comma-separated. Returns: (transfer full) (nullable): the next body */
char *mend_stage_run (const MendRow *row, guint status, const char *done, char **out_name);
/* Also checks that no mend is made twice. */
void mend_stage_check (const MendRow *rows, guint n_rows);
