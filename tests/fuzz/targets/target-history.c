/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Lines of .jl files that people import, and that other computers leave in a folder. */

#include "service/base/error.h"
#include "service/history/history-line.h"
#include "service/usage/usage-tally.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

#define DEPTH 128

static void
assert_line (const char *line)
{
  g_assert_true (jump_json_validate (line, strlen (line), DEPTH, NULL));
  g_assert_null (strpbrk (line, "\r\n"));
}

static void
check_item (const JumpExchangeRecord *record)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *item = NULL;

  jump_json_writer_init (&writer);
  jump_history_line_write_item (&writer, record);
  item = jump_json_writer_finish (&writer);
  assert_line (item);
}

/* What was taken once is written, and read and written again, without a difference. */
static void
check_record (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpExchangeRecord) record = jump_history_line_read (text, length, &error);
  g_autoptr (JumpExchangeRecord) again = NULL;
  g_autofree char *line = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    {
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_true (record->is_imported);
  check_item (record);
  line = jump_history_line_new (record);
  assert_line (line);
  again = jump_history_line_read (line, strlen (line), &error);
  g_assert_no_error (error);
  second = jump_history_line_new (again);
  g_assert_cmpstr (line, ==, second);
}

/* Of several lines, one computer's. */
static void
check_tally (const char *text, gsize length)
{
  g_autoptr (JumpUsageTally) tally = jump_usage_tally_new (0, 1786900000, NULL, NULL);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *overview = NULL;
  const char *end = text + length;

  jump_usage_tally_begin_machine (tally, "desk_Linux");
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));

      jump_usage_tally_add_line (tally, text, (gsize) ((stop != NULL ? stop : end) - text));
      text = stop != NULL ? stop + 1 : end;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_usage_tally_write (tally, &writer);
  jump_json_writer_end_object (&writer);
  overview = jump_json_writer_finish (&writer);
  assert_line (overview);
}

/* The first byte chooses. */
void
fuzz_target_history_lines (const guint8 *data, gsize length)
{
  if (length == 0)
    return;
  if (data[0] % 4 != 0)
    check_record ((const char *) data + 1, length - 1);
  else
    check_tally ((const char *) data + 1, length - 1);
}
