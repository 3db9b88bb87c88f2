/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Returns: (transfer full) (nullable): how long what is left of the month will last, as a sentence; NULL where that is
 * not known, or nothing limits it. */
char *jump_usage_forecast_new (JumpService *service);
