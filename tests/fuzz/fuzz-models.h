/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model.h"

/* Kinds of models that requests are prepared for: what they take differs. */

#define FUZZ_N_MODELS 6

typedef struct
{
  const char *id;
  JumpModel *model; /* (owned) (nullable): NULL: not in the catalogue */
} FuzzModel;

void fuzz_models_init (FuzzModel *models);
void fuzz_models_clear (FuzzModel *models);
