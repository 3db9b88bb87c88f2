/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/http/http-context.h"

/* Settings under the names that tools written for ghc-api know: GET and POST /api/runtime-config. */

/* An object. */
void jump_runtime_config_write (JumpJsonWriter *writer, JumpHttpContext *context);
/* @changes: (element-type JumpSettingPair): gets what @object asks for. @out_saves: (out): whether for good.
 * FALSE with JUMP_ERROR_BAD_REQUEST, which names everything that is wrong. */
gboolean jump_runtime_config_read (JsonObject *object,
                                   JumpHttpContext *context,
                                   GPtrArray *changes,
                                   gboolean *out_saves,
                                   GError **error);
