/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

char *jump_config_to_text (JumpSettings *settings, JsonObject *status);
JsonObject *jump_config_to_json (JumpSettings *settings, JsonObject *status);
char *jump_config_describe_all (JumpSettings *settings);
