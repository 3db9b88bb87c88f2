/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model-catalog.h"

/* What "the newest claude-sonnet-*" is. Pure but for reading the list. */

/* Returns: (transfer none) (nullable): the best chat model whose id matches @pattern (* and ?, any
 * case). */
JumpModel *jump_model_newest (JumpModelCatalog *catalog, const char *pattern);
