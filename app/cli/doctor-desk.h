/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What only the program can look at: the desk around it. Implemented in doctor-desk-unix.c and
 * doctor-desk-windows.c. Blocks for a moment: for the command line only. */

JumpVerdict *jump_doctor_desk_judge_tray (void);
JumpVerdict *jump_doctor_desk_judge_autostart (void);
