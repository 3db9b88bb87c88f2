/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-waiting.h"
#include "tests/unit/history-stage.h"

#define BASE G_GINT64_CONSTANT (1800000000)
#define DAY  (24 * 60 * 60)

static void
add_with_bodies (HistoryStage *stage, const char *id, gint64 seconds, const char *word)
{
  g_autoptr (JumpExchangeRecord) record = history_stage_make_record (id, seconds, 1);
  g_autofree char *request = g_strdup_printf ("{\"content\":\"%s\"}", word);

  record->session = g_strdup_printf ("session-of-%.20s", word);
  record->error = g_strdup_printf ("error-of-%.20s", word);
  history_stage_give_bodies (record, request, request);
  jump_history_store_add (stage->store, record);
}

/* Retention comes by itself some time after the policy; it is over when the store does nothing more for it. */
static void
let_time_pass (HistoryStage *stage, guint64 ms)
{
  jump_clock_fake_advance (stage->clock, ms);
  for (guint i = 0; i < 20; i++)
    history_stage_measure (stage);
}

static void
check_ids (HistoryStage *stage, const char *expected)
{
  const JumpHistoryQuery all = { 0 };
  g_autofree char *ids = history_stage_find_ids (stage, &all);

  g_assert_cmpstr (ids, ==, expected);
}

static void
test_days (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  const JumpHistoryQuery all = { 0 };
  g_autoptr (GPtrArray) sums = NULL;

  policy.days = 10;
  policy.body_days = 3;
  jump_history_store_set_policy (stage->store, &policy);
  add_with_bodies (stage, "old", -11 * DAY, "ancient");
  add_with_bodies (stage, "middle", -5 * DAY, "elder");
  add_with_bodies (stage, "new", -1 * DAY, "recent");
  let_time_pass (stage, 60 * 1000);
  check_ids (stage, "new middle");
  g_assert_cmpuint (history_stage_measure (stage).n_bodies, ==, 1);
  sums = history_stage_sum (stage, &all, JUMP_SUM_SESSION, JUMP_BUCKET_NONE);
  g_assert_cmpuint (sums->len, ==, 2);
  /* Hours later more is old. */
  let_time_pass (stage, G_GUINT64_CONSTANT (1000) * 6 * DAY);
  let_time_pass (stage, 60 * 60 * 1000);
  check_ids (stage, "new");
}

static void
test_hourly (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();

  policy.days = 1;
  jump_history_store_set_policy (stage->store, &policy);
  history_stage_add (stage, "a", -DAY + 30 * 60, 1);
  let_time_pass (stage, 60 * 1000);
  check_ids (stage, "a");
  let_time_pass (stage, 59 * 60 * 1000);
  let_time_pass (stage, 60 * 1000);
  check_ids (stage, "");
}

static char *
make_noise (GRand *luck, gsize length)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = "abcdefghijklmnopqrstuvwxyz0123456789      "[g_rand_int_range (luck, 0, 42)];
  text[length] = '\0';
  return text;
}

/* Bodies go first, and the sums of what was spent stay whatever goes. */
static void
test_megabytes (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  const JumpHistoryQuery all = { 0 };
  g_autoptr (GRand) luck = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) sums = NULL;
  JumpHistoryMeasure measure;

  policy.megabytes = 10;
  jump_history_store_set_policy (stage->store, &policy);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *noise = make_noise (luck, 100 * 1000);

      add_with_bodies (stage, id, i, noise);
    }
  g_assert_cmpuint (history_stage_measure (stage).bytes, >, 12 * 1024 * 1024);
  let_time_pass (stage, 60 * 1000);
  measure = history_stage_measure (stage);
  g_test_message ("%" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " records, %" G_GUINT64_FORMAT
                  " bodies",
                  measure.bytes,
                  measure.n_records,
                  measure.n_bodies);
  g_assert_cmpuint (measure.bytes, <=, 10 * 1024 * 1024 + 64 * 1024);
  g_assert_cmpuint (measure.n_records, ==, 40);
  g_assert_cmpuint (measure.n_bodies, >, 0);
  sums = history_stage_sum (stage, &all, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->sums.n_requests, ==, 40);
}

static void
test_purge (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  const JumpHistoryQuery all = { 0 };
  g_autoptr (GPtrArray) sums = NULL;

  jump_history_store_set_policy (stage->store, &policy);
  add_with_bodies (stage, "a", 0, "plantedfirst");
  add_with_bodies (stage, "b", 2000, "plantedsecond");
  history_stage_flush (stage);
  g_assert_true (history_stage_is_on_disk (stage, "plantedfirst"));
  g_assert_cmpint (history_stage_purge (stage, FALSE, BASE + 1000), ==, 1);
  check_ids (stage, "b");
  g_assert_false (history_stage_is_on_disk (stage, "plantedfirst"));
  g_assert_true (history_stage_is_on_disk (stage, "plantedsecond"));
  sums = history_stage_sum (stage, &all, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->sums.n_requests, ==, 1);
  g_assert_cmpint (history_stage_purge (stage, FALSE, 0), ==, 1);
  check_ids (stage, "");
  g_assert_false (history_stage_is_on_disk (stage, "planted"));
  g_assert_cmpuint (history_stage_measure (stage).bytes, <, 300 * 1024);
}

static void
test_purge_of_bodies (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  const JumpHistoryQuery all = { 0 };
  g_autoptr (JumpExchangeRecord) record = NULL;
  g_autoptr (GPtrArray) sums = NULL;

  jump_history_store_set_policy (stage->store, &policy);
  for (guint i = 0; i < 600; i++) /* more than one step */
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (JumpExchangeRecord) one = history_stage_make_record (id, i, 1);

      history_stage_give_bodies (one, "{\"content\":\"plantedword\"}", "{}");
      jump_history_store_add (stage->store, one);
    }
  g_assert_cmpuint (history_stage_measure (stage).n_bodies, ==, 600);
  g_assert_cmpint (history_stage_purge (stage, TRUE, 0), ==, 600);
  g_assert_false (history_stage_is_on_disk (stage, "plantedword"));
  record = history_stage_get (stage, "599");
  g_assert_nonnull (record);
  g_assert_null (record->request_body);
  sums = history_stage_sum (stage, &all, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->sums.n_requests, ==, 600);
}

/* What waits for a disk that hangs has an end: the oldest go, and are counted. */
static void
test_waiting (void)
{
  g_autoptr (JumpHistoryWaiting) waiting = jump_history_waiting_new (3, 100 * 1024);
  GQueue *entries;
  JumpHistoryEntry *entry;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (JumpExchangeRecord) record = history_stage_make_record (id, i, 1);

      jump_history_waiting_add (waiting, jump_history_entry_new (record, FALSE, 0));
    }
  g_assert_cmpuint (jump_history_waiting_get_length (waiting), ==, 3);
  g_assert_cmpuint (jump_history_waiting_take_lost (waiting), ==, 2);
  g_assert_cmpuint (jump_history_waiting_take_lost (waiting), ==, 0);
  entries = jump_history_waiting_take (waiting);
  g_assert_true (jump_history_waiting_is_empty (waiting));
  g_assert_cmpuint (entries->length, ==, 3);
  entry = entries->head->data;
  g_assert_cmpstr (entry->record->id, ==, "2");
  {
    g_autoptr (JumpExchangeRecord) large = history_stage_make_record ("large", 9, 1);
    g_autofree char *body = g_strnfill (99 * 1024, 'x');

    history_stage_give_bodies (large, body, "");
    jump_history_waiting_add (waiting, jump_history_entry_new (large, TRUE, 1024 * 1024));
  }
  /* They come back in front of what came since, as far as there is room. */
  jump_history_waiting_put_back (waiting, entries);
  g_assert_cmpuint (jump_history_waiting_take_lost (waiting), >=, 1);
  entries = jump_history_waiting_take (waiting);
  entry = entries->tail->data;
  g_assert_cmpstr (entry->record->id, ==, "large");
  g_queue_free_full (entries, (GDestroyNotify) jump_history_entry_free);
}

#define ADD(name, func) \
  g_test_add (name, HistoryStage, NULL, history_stage_set_up, func, history_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-retention/days", test_days);
  ADD ("/history-retention/hourly", test_hourly);
  ADD ("/history-retention/megabytes", test_megabytes);
  ADD ("/history-retention/purge", test_purge);
  ADD ("/history-retention/purge-of-bodies", test_purge_of_bodies);
  g_test_add_func ("/history-retention/waiting", test_waiting);
  return g_test_run ();
}
