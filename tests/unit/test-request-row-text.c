/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-changes.h"
#include "ui/request-row-text.h"
#include "ui/request-summary-text.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)

static JumpExchangeRecord *
make_record (void)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->api = "messages";
  record->asked_model = g_strdup ("sonnet");
  record->used_model = g_strdup ("claude-sonnet-4.5");
  record->route = g_strdup ("translated; messages>chat; model=claude-sonnet-4.5");
  record->status = 200;
  record->started_wall = NOW;
  record->first_byte_us = 85000;
  record->total_us = 2400000;
  return record;
}

static void
assert_cell (const JumpExchangeRecord *record, JumpRequestColumn column, const char *expected)
{
  g_autofree char *text = jump_request_row_text_new (record, column, "Claude Code", NOW + 7500000);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_ended (void)
{
  g_autoptr (JumpExchangeRecord) record = make_record ();

  assert_cell (record, JUMP_REQUEST_COLUMN_CLIENT, "Claude Code");
  assert_cell (record, JUMP_REQUEST_COLUMN_API, "Messages");
  assert_cell (record, JUMP_REQUEST_COLUMN_MODEL, "sonnet → claude-sonnet-4.5");
  assert_cell (record, JUMP_REQUEST_COLUMN_WAY, "Translated");
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE, "Done");
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE_ICON, "object-select-symbolic");
  assert_cell (record, JUMP_REQUEST_COLUMN_FIRST_BYTE, "85 ms");
  assert_cell (record, JUMP_REQUEST_COLUMN_DURATION, "2.4 s");
  assert_cell (record, JUMP_REQUEST_COLUMN_INPUT, "–");
  record->usage.input_tokens = 842;
  assert_cell (record, JUMP_REQUEST_COLUMN_INPUT, "842");
  record->status = 429;
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE, "Failed (429)");
  record->status = 499;
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE, "Cancelled");
  record->status = 200;
  record->error = g_strdup ("the stream broke off");
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE, "Failed");
}

static void
test_running (void)
{
  g_autoptr (JumpExchangeRecord) record = make_record ();

  record->state = JUMP_EXCHANGE_WAITING;
  record->first_byte_us = -1;
  assert_cell (record, JUMP_REQUEST_COLUMN_STATE, "Waiting");
  assert_cell (record, JUMP_REQUEST_COLUMN_DURATION, "7 s");
  assert_cell (record, JUMP_REQUEST_COLUMN_FIRST_BYTE, "");
  assert_cell (record, JUMP_REQUEST_COLUMN_CREDITS, "");
  record->started_wall = NOW - 60 * G_USEC_PER_SEC;
  assert_cell (record, JUMP_REQUEST_COLUMN_DURATION, "1:07");
  /* The clock was set back meanwhile. */
  record->started_wall = NOW + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  assert_cell (record, JUMP_REQUEST_COLUMN_DURATION, "0 s");
}

/* A record that has just begun holds hardly anything. */
static void
test_bare_record (void)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  for (int column = 0; column < JUMP_REQUEST_N_COLUMNS; column++)
    {
      g_autofree char *text =
          jump_request_row_text_new (record, (JumpRequestColumn) column, "Unknown", NOW);

      g_assert_nonnull (text);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static void
test_way (void)
{
  static const struct
  {
    const char *route;
    const char *expected;
  } rows[] = {
    { NULL, "" },
    { "verbatim; chat; model=x", "Direct" },
    { "patched; chat; model=x", "Adapted" },
    { "translated; messages>chat; model=x", "Translated from Messages to Chat" },
    { "translated; ollama-chat>responses; model=x", "Translated from Ollama to Responses" },
    { "translated", "Translated" },
    { "translated; odd", "Translated" },
    { "estimated; model=x", "Estimated" },
    { "embeddings; model=x", "Direct" },
    { "another; way", "another" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
      g_autofree char *way = NULL;

      record->route = g_strdup (rows[i].route);
      way = jump_request_summary_way_new (record);
      g_assert_cmpstr (way, ==, rows[i].expected);
    }
}

static void
test_changes (void)
{
  static const struct
  {
    const char *changes;
    const char *expected;
  } rows[] = {
    { NULL, "None" },
    { "", "None" },
    { ",", "None" },
    { "model", "The model’s name was replaced" },
    { "dropped:stop,new-one", "“stop” was left out\nnew-one" },
    { "dropped:%s%n", "“%s%n” was left out" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_request_summary_changes_new (rows[i].changes);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_facts (void)
{
  g_autoptr (JumpExchangeRecord) record = make_record ();
  g_autofree char *state = jump_request_summary_state_new (record);
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;

  g_assert_cmpstr (state, ==, "Done (200)");
  record->usage.input_tokens = 900;
  record->usage.cache_read_tokens = 800;
  record->usage.output_tokens = 40;
  record->usage.reasoning_tokens = 30;
  input = jump_request_summary_input_new (&record->usage);
  output = jump_request_summary_output_new (&record->usage);
  g_assert_cmpstr (input, ==, "900, 800 of them from the cache");
  g_assert_cmpstr (output, ==, "40, 30 of them for thinking");
  g_assert_cmpint (jump_request_summary_attention (record), ==, JUMP_ATTENTION_NONE);
  record->upstream_status = 429;
  g_assert_cmpint (jump_request_summary_attention (record), ==, JUMP_ATTENTION_RATE_LIMITED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-row-text/ended", test_ended);
  g_test_add_func ("/request-row-text/running", test_running);
  g_test_add_func ("/request-row-text/bare-record", test_bare_record);
  g_test_add_func ("/request-row-text/way", test_way);
  g_test_add_func ("/request-row-text/changes", test_changes);
  g_test_add_func ("/request-row-text/facts", test_facts);
  return g_test_run ();
}
