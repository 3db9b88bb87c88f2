/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/exchange-record.h"
#include "service/conversation/usage-count.h"

static void
assert_equal (const JumpUsageCount *a, const JumpUsageCount *b)
{
  g_assert_cmpint (a->input_tokens, ==, b->input_tokens);
  g_assert_cmpint (a->output_tokens, ==, b->output_tokens);
  g_assert_cmpint (a->cache_read_tokens, ==, b->cache_read_tokens);
  g_assert_cmpint (a->cache_write_tokens, ==, b->cache_write_tokens);
  g_assert_cmpint (a->reasoning_tokens, ==, b->reasoning_tokens);
  g_assert_cmpint (a->nano_aiu, ==, b->nano_aiu);
}

static void
test_merge (void)
{
  static const struct
  {
    JumpUsageCount older;
    JumpUsageCount newer;
    JumpUsageCount merged;
  } cases[] = {
    { { -1, -1, -1, -1, -1, -1 }, { -1, -1, -1, -1, -1, -1 }, { -1, -1, -1, -1, -1, -1 } },
    { { -1, -1, -1, -1, -1, -1 }, { 1, 2, 3, 4, 5, 6 }, { 1, 2, 3, 4, 5, 6 } },
    { { 1, 2, 3, 4, 5, 6 }, { -1, -1, -1, -1, -1, -1 }, { 1, 2, 3, 4, 5, 6 } },
    { { 10, 1, -1, 4, -1, -1 }, { -1, 20, 0, -1, -1, 7 }, { 10, 20, 0, 4, -1, 7 } },
    { { 10, 20, 3, 4, 5, 6 }, { 0, 0, 0, 0, 0, 0 }, { 0, 0, 0, 0, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpUsageCount usage = cases[i].older;

      jump_usage_count_merge (&usage, &cases[i].newer);
      assert_equal (&usage, &cases[i].merged);
    }
}

static void
test_is_known (void)
{
  JumpUsageCount usage = JUMP_USAGE_COUNT_UNKNOWN;
  gint64 *const values[] = {
    &usage.input_tokens,       &usage.output_tokens,    &usage.cache_read_tokens,
    &usage.cache_write_tokens, &usage.reasoning_tokens, &usage.nano_aiu,
  };

  g_assert_false (jump_usage_count_is_known (&usage));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      *values[i] = 0;
      g_assert_true (jump_usage_count_is_known (&usage));
      *values[i] = -1;
    }
}

static void
test_record (void)
{
  JumpUsageCount unknown = JUMP_USAGE_COUNT_UNKNOWN;
  JumpExchangeRecord *record = jump_exchange_record_new ();
  JumpExchangeRecord *second;

  assert_equal (&record->usage, &unknown);
  g_assert_cmpint (record->first_byte_us, ==, -1);
  g_assert_null (record->id);
  record->id = g_strdup ("1");
  record->route = g_strdup ("verbatim");
  record->upstream_id = g_strdup ("2");
  second = jump_exchange_record_ref (record);
  jump_exchange_record_unref (record);
  g_assert_cmpstr (second->id, ==, "1");
  jump_exchange_record_unref (second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-count/merge", test_merge);
  g_test_add_func ("/usage-count/is-known", test_is_known);
  g_test_add_func ("/exchange-record/life", test_record);
  return g_test_run ();
}
