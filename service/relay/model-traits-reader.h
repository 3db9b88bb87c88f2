/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/model-traits.h"
#include "service/models/model.h"

/* Takes from the catalogue's entry what patches and writers have to know of a model; without an entry the
 * name tells what it can. */

/* @model_id: as sent upstream. @model: (nullable). The strings belong to @model_id and @model, which must
 * outlive @traits. */
void jump_model_traits_read (JumpModelTraits *traits, const char *model_id, JumpModel *model);
