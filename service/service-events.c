/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

/* What followers of GET /api/events hear. */
void
jump_service_watch_events (JumpService *self)
{
}
