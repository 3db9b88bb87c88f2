/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/doctor/doctor-report.h"

JumpDoctorSums
jump_doctor_add_up (GPtrArray *findings)
{
  JumpDoctorSums sums = { 0 };

  for (guint i = 0; i < findings->len; i++)
    {
      const JumpFinding *finding = g_ptr_array_index (findings, i);

      switch (finding->verdict->state)
        {
        case JUMP_VERDICT_OK:
          sums.n_ok++;
          break;
        case JUMP_VERDICT_WARNING:
          sums.n_warnings++;
          break;
        case JUMP_VERDICT_FAILED:
          sums.n_failed++;
          break;
        case JUMP_VERDICT_SKIPPED:
          sums.n_skipped++;
          break;
        }
    }
  return sums;
}

static const char *
name_worst (const JumpDoctorSums *sums)
{
  if (sums->n_failed > 0)
    return "failed";
  return sums->n_warnings > 0 ? "warning" : "ok";
}

/**
 * jump_doctor_report_new:
 * @findings: (element-type JumpFinding):
 * @is_running: whether the service that looked serves clients
 * @time_ms: of the whole
 */
char *
jump_doctor_report_new (GPtrArray *findings, gboolean is_running, guint time_ms)
{
  JumpDoctorSums sums = jump_doctor_add_up (findings);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  jump_json_writer_member_boolean (&writer, "running", is_running);
  jump_json_writer_member_string (&writer, "state", name_worst (&sums));
  jump_json_writer_member_int (&writer, "time_ms", time_ms);
  jump_json_writer_member (&writer, "checks");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < findings->len; i++)
    jump_finding_write (g_ptr_array_index (findings, i), &writer);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}
