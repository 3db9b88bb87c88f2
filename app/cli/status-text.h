/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What GET /api/status tells, in words for people. Pure. */

char *jump_status_to_text (JsonObject *status);
gboolean jump_status_has_token (JsonObject *status);
char *jump_status_describe_source (JsonObject *status);
