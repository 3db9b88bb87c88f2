/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What is said of a newer version. Pure. */

/* Returns: (transfer full): "Version 0.2.0 is available" */
char *jump_update_text_title (const JumpRelease *release);
