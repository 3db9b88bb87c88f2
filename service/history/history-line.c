/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-line.h"

#include "service/base/error.h"

char *
jump_history_line_new (const JumpExchangeRecord *record)
{
  return g_strdup ("{}");
}

void
jump_history_line_write_item (JumpJsonWriter *writer, const JumpExchangeRecord *record)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", record->id);
  jump_json_writer_end_object (writer);
}

JumpExchangeRecord *
jump_history_line_read (const char *line, gsize length, GError **error)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "not yet");
  return NULL;
}
