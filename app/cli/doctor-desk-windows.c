/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/doctor-desk.h"

JumpVerdict *
jump_doctor_desk_judge_tray (void)
{
  return jump_verdict_new_ok ("the notification area");
}

JumpVerdict *
jump_doctor_desk_judge_autostart (void)
{
  return jump_verdict_new_skipped ("Windows' own settings show it under Apps, Startup");
}
