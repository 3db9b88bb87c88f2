/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Returns: (transfer full): a report to attach to a bug: versions, desktop, settings that differ from
 * the defaults, state, recent failures. No secret, no prompt, no login name is in it. */
char *jump_diagnostics_new (JumpService *service, gboolean has_tray);
