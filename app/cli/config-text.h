/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Settings as `jumpseat config` shows them, for people and for programs: where they are, what they are,
 * and what upstream gets to see of them. @status: the answer of GET /api/status. No token is in it. Pure. */

char *jump_config_dup_shown (JumpSettings *settings, const char *name, GError **error);
char *jump_config_to_text (JumpSettings *settings, JsonObject *status);
JsonObject *jump_config_to_json (JumpSettings *settings, JsonObject *status);
char *jump_config_describe_all (JumpSettings *settings);
