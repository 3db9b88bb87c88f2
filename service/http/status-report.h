/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/http/http-context.h"

/* What `jumpseat status --json` prints and GET /api/status answers: the keys of S-04 and ours, as
 * listed in control-client.h. Never a secret. */

/* @url: (nullable): where the service listens, NULL when it does not. Returns: (transfer full): JSON */
char *jump_status_report_new (JumpHttpContext *context, const char *url);
/* Inside an object: what /health says of the same. */
void jump_status_report_write_limits (JumpJsonWriter *writer, JumpUpstreamClient *upstream);
void jump_status_report_write_breaker (JumpJsonWriter *writer, JumpUpstreamClient *upstream);
