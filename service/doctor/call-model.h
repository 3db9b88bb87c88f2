/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model-catalog.h"

/* Which model a check asks: the one that costs least of those that have the API. Pure. */

/* Returns: (transfer full) (nullable) */
JumpModel *jump_call_model_choose (GListModel *models, JumpModelEndpoints endpoint);
/* @n_in, @n_out: tokens. Returns: (transfer full): "free", "about 0.002 credits", "1 premium request" */
char *jump_call_model_describe_cost (JumpModel *model, guint n_in, guint n_out);
