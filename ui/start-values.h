/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The values that the program started with: some take effect at the next start only, and a person
 * wants to know which. They hang on the settings, as windows come and go. */

/* Call once early; later calls change nothing. */
void jump_start_values_keep (JumpSettings *settings);
/* Returns: whether @key has another value now and needs a new start for it. */
gboolean jump_start_values_is_waiting (JumpSettings *settings, JumpSettingKey key);
gboolean jump_start_values_any_is_waiting (JumpSettings *settings);
