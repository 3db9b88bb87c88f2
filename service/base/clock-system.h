/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* The real time. Alarms of a second or more share wake-ups: they go off on whole seconds, up to a
 * second late. */

#define JUMP_TYPE_CLOCK_SYSTEM (jump_clock_system_get_type ())
G_DECLARE_FINAL_TYPE (JumpClockSystem, jump_clock_system, JUMP, CLOCK_SYSTEM, GObject)

JumpClock *jump_clock_system_new (void);
