/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/doctor.h"

/* What a run of the doctor came to, for scripts and for whoever shows it. */

typedef struct
{
  guint n_ok;
  guint n_warnings;
  guint n_failed;
  guint n_skipped;
} JumpDoctorSums;

/* @findings: (element-type JumpFinding) */
JumpDoctorSums jump_doctor_add_up (GPtrArray *findings);
/* Returns: (transfer full): {"version","running","time_ms","state","checks":[…]}; state is the worst of them */
char *jump_doctor_report_new (GPtrArray *findings, gboolean is_running, guint time_ms);
