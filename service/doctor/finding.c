/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/finding.h"

JumpFinding *
jump_finding_new (const char *name,
                  const char *group,
                  const char *title,
                  guint time_ms,
                  JumpVerdict *verdict)
{
  JumpFinding *self = g_new0 (JumpFinding, 1);

  self->name = name;
  self->group = group;
  self->title = title;
  self->time_ms = time_ms;
  self->verdict = verdict;
  return self;
}

void
jump_finding_free (JumpFinding *self)
{
  jump_verdict_free (self->verdict);
  g_free (self);
}

void
jump_finding_write (const JumpFinding *self, JumpJsonWriter *writer)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", self->name);
  jump_json_writer_member_string (writer, "group", self->group);
  jump_json_writer_member_string (writer, "title", self->title);
  jump_json_writer_member_string (writer,
                                  "state",
                                  jump_verdict_state_to_string (self->verdict->state));
  jump_json_writer_member_string (writer, "found", self->verdict->found);
  jump_json_writer_member_string (writer, "remedy", self->verdict->remedy);
  jump_json_writer_member_int (writer, "time_ms", self->time_ms);
  jump_json_writer_end_object (writer);
}
