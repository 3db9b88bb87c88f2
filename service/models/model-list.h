/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/models/model.h"

/* From the body of GET /models to models: pure. */

/* Returns: (transfer full) (element-type JumpModel): in upstream's order, each id once. */
GPtrArray *jump_model_list_parse (GBytes *content, GError **error);
