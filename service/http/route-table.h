/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/router.h"

/* Every route, who may use it, whose errors it speaks, and who answers. What is not here does not exist. */

const JumpRoute *jump_route_table_get (gsize *out_n_routes);
