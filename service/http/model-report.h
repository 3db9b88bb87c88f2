/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/models/model.h"

/* One model as GET /v1/models and GET /api/models show it, an object. */

void jump_model_report_write (JumpJsonWriter *writer, JumpModel *model, gboolean with_offer);
