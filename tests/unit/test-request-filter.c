/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-filter.h"

typedef struct
{
  const char *text;
  const char *model;
  const char *client;
  JumpRequestOutcome outcome;
  gboolean matches;
} FilterRow;

/* Against the record below. */
static const FilterRow filter_rows[] = {
  { NULL, NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "SONNET", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "claude code", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "claude-cli", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "1234-ABCD", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "up-77", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "/v1/mess", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "ZU GROSS", NULL, NULL, JUMP_REQUEST_ANY, FALSE },
  { "ZU GROß", NULL, NULL, JUMP_REQUEST_ANY, TRUE },
  { "Ünde", NULL, NULL, JUMP_REQUEST_ANY, FALSE },
  { "gpt", NULL, NULL, JUMP_REQUEST_ANY, FALSE },
  { NULL, "claude-sonnet-4.5", NULL, JUMP_REQUEST_ANY, TRUE },
  { NULL, "sonnet", NULL, JUMP_REQUEST_ANY, TRUE },
  { NULL, "claude-sonnet", NULL, JUMP_REQUEST_ANY, FALSE },
  { NULL, NULL, "Claude Code", JUMP_REQUEST_ANY, TRUE },
  { NULL, NULL, "Codex", JUMP_REQUEST_ANY, FALSE },
  { NULL, NULL, NULL, JUMP_REQUEST_FAILED, TRUE },
  { NULL, NULL, NULL, JUMP_REQUEST_RUNNING, FALSE },
  { NULL, NULL, NULL, JUMP_REQUEST_SUCCEEDED, FALSE },
  { NULL, NULL, NULL, JUMP_REQUEST_CANCELLED, FALSE },
  { "sonnet", "sonnet", "Claude Code", JUMP_REQUEST_FAILED, TRUE },
  { "gpt", "sonnet", "Claude Code", JUMP_REQUEST_FAILED, FALSE },
  { "sonnet", "gpt", "Claude Code", JUMP_REQUEST_FAILED, FALSE },
};

static JumpExchangeRecord *
make_record (void)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("1234-abcd");
  record->upstream_id = g_strdup ("UP-77");
  record->path = g_strdup ("/v1/messages");
  record->client = g_strdup ("claude-cli/2.0 (external)");
  record->asked_model = g_strdup ("sonnet");
  record->used_model = g_strdup ("claude-sonnet-4.5");
  record->error = g_strdup ("viel zu groß");
  record->status = 413;
  return record;
}

static void
test_matches (void)
{
  g_autoptr (JumpExchangeRecord) record = make_record ();

  for (guint i = 0; i < G_N_ELEMENTS (filter_rows); i++)
    {
      const FilterRow *row = &filter_rows[i];
      g_autoptr (JumpRequestFilter) filter = jump_request_filter_new ();
      g_autoptr (JumpRequestFilter) copy = NULL;

      filter->text = g_strdup (row->text);
      filter->model = g_strdup (row->model);
      filter->client = g_strdup (row->client);
      filter->outcome = row->outcome;
      copy = jump_request_filter_copy (filter);
      g_assert_true (jump_request_filter_equal (filter, copy));
      g_test_message ("row %u", i);
      g_assert_cmpint (jump_request_filter_matches (copy, record, "Claude Code"), ==, row->matches);
    }
}

static void
test_bare_record (void)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  g_autoptr (JumpRequestFilter) filter = jump_request_filter_new ();

  g_assert_true (jump_request_filter_is_empty (filter));
  g_assert_true (jump_request_filter_matches (filter, record, NULL));
  filter->text = g_strdup ("x");
  g_assert_false (jump_request_filter_is_empty (filter));
  g_assert_false (jump_request_filter_matches (filter, record, NULL));
}

static void
test_outcome (void)
{
  static const struct
  {
    JumpExchangeState state;
    guint status;
    const char *error;
    JumpRequestOutcome outcome;
  } rows[] = {
    { JUMP_EXCHANGE_RECEIVED, 0, NULL, JUMP_REQUEST_RUNNING },
    { JUMP_EXCHANGE_STREAMING, 200, NULL, JUMP_REQUEST_RUNNING },
    { JUMP_EXCHANGE_ENDED, 200, NULL, JUMP_REQUEST_SUCCEEDED },
    { JUMP_EXCHANGE_ENDED, 200, "the stream broke off", JUMP_REQUEST_FAILED },
    { JUMP_EXCHANGE_ENDED, 429, NULL, JUMP_REQUEST_FAILED },
    { JUMP_EXCHANGE_ENDED, 499, "the client left", JUMP_REQUEST_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

      record->state = rows[i].state;
      record->status = rows[i].status;
      record->error = g_strdup (rows[i].error);
      g_assert_cmpint (jump_request_outcome (record), ==, rows[i].outcome);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-filter/matches", test_matches);
  g_test_add_func ("/request-filter/bare-record", test_bare_record);
  g_test_add_func ("/request-filter/outcome", test_outcome);
  return g_test_run ();
}
