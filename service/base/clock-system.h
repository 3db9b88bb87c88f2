/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* The real time. Alarms of a second or more are coalesced with others (g_timeout_add_seconds). */

#define JUMP_TYPE_CLOCK_SYSTEM (jump_clock_system_get_type ())
G_DECLARE_FINAL_TYPE (JumpClockSystem, jump_clock_system, JUMP, CLOCK_SYSTEM, GObject)

JumpClock *jump_clock_system_new (void);
