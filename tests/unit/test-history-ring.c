/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "service/history/history-ring.h"

/* Somebody who shows the list: knows of it only what it says. */
typedef struct
{
  JumpHistoryRing *ring; /* (owned) */
  GPtrArray *shown;      /* (owned) (element-type JumpExchangeItem) */
  guint n_emissions;
  guint n_changed;
} Stage;

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, gpointer user_data)
{
  Stage *stage = user_data;

  stage->n_emissions++;
  g_assert_cmpuint (position + removed, <=, stage->shown->len);
  if (removed > 0)
    g_ptr_array_remove_range (stage->shown, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (stage->shown,
                        (int) (position + i),
                        g_list_model_get_item (list, position + i));
  g_assert_cmpuint (stage->shown->len, ==, g_list_model_get_n_items (list));
}

static void
stage_init (Stage *stage, guint rows, guint bodies, gsize bytes)
{
  *stage = (Stage){ .ring = jump_history_ring_new (),
                    .shown = g_ptr_array_new_with_free_func (g_object_unref) };
  jump_history_ring_set_limits (stage->ring, rows, bodies, bytes);
  g_signal_connect (stage->ring, "items-changed", G_CALLBACK (on_items_changed), stage);
}

static void
stage_clear (Stage *stage)
{
  g_object_unref (stage->ring);
  g_ptr_array_unref (stage->shown);
}

/* What is shown is what is there. */
static void
check_shown (Stage *stage)
{
  GListModel *list = G_LIST_MODEL (stage->ring);

  g_assert_cmpuint (stage->shown->len, ==, g_list_model_get_n_items (list));
  for (guint i = 0; i < stage->shown->len; i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (list, i);

      g_assert_true (item == g_ptr_array_index (stage->shown, i));
      g_assert_true (
          jump_history_ring_find (stage->ring, jump_exchange_item_get_record (item)->id) == item);
    }
  g_assert_null (g_list_model_get_item (list, stage->shown->len));
}

static JumpExchangeRecord *
new_record (guint number, gsize body)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();
  char *bytes = g_malloc0 (body + 1);

  record->id = g_strdup_printf ("id-%u", number);
  record->path = g_strdup ("/v1/messages");
  if (body > 0)
    {
      record->request_body = g_bytes_new (bytes, body);
      record->request_headers = g_strdup ("A: b\n");
    }
  g_free (bytes);
  return record;
}

static JumpExchangeRecord *
add_running (Stage *stage, guint number, gsize body)
{
  JumpExchangeRecord *record = new_record (number, body);

  jump_history_ring_update (stage->ring, record);
  return record;
}

/* Takes @record. */
static void
end (Stage *stage, JumpExchangeRecord *record)
{
  record->state = JUMP_EXCHANGE_ENDED;
  jump_history_ring_update (stage->ring, record);
  jump_exchange_record_unref (record);
}

static void
add_ended (Stage *stage, guint number, gsize body)
{
  end (stage, add_running (stage, number, body));
}

/* Returns: (transfer full): "0 1 2": the numbers of the rows, "1*" for one that has bodies */
static char *
describe (Stage *stage)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < stage->shown->len; i++)
    {
      const JumpExchangeRecord *record =
          jump_exchange_item_get_record (g_ptr_array_index (stage->shown, i));

      g_assert_true ((record->request_body != NULL) == (record->request_headers != NULL));
      g_string_append_printf (text,
                              "%s%s%s",
                              i > 0 ? " " : "",
                              record->id + strlen ("id-"),
                              record->request_body != NULL ? "*" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_rows (Stage *stage, const char *expected)
{
  g_autofree char *actual = describe (stage);

  g_assert_cmpstr (actual, ==, expected);
  check_shown (stage);
}

static void
on_changed (JumpExchangeItem *item, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_update (void)
{
  Stage stage;
  JumpExchangeRecord *record;
  JumpExchangeItem *item;

  stage_init (&stage, 10, 10, 1000);
  record = add_running (&stage, 0, 0);
  item = jump_history_ring_find (stage.ring, "id-0");
  g_assert_nonnull (item);
  g_assert_true (jump_exchange_item_get_record (item) == record);
  g_assert_true (jump_exchange_item_is_running (item));
  g_signal_connect (item, "changed", G_CALLBACK (on_changed), &stage.n_changed);

  record->state = JUMP_EXCHANGE_WAITING;
  jump_history_ring_update (stage.ring, record);
  g_assert_cmpuint (stage.n_changed, ==, 1);
  end (&stage, record);
  g_assert_cmpuint (stage.n_changed, ==, 2);
  g_assert_false (jump_exchange_item_is_running (item));
  g_assert_cmpuint (stage.n_emissions, ==, 1);
  g_assert_null (jump_history_ring_find (stage.ring, "id-1"));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (stage.ring)) == JUMP_TYPE_EXCHANGE_ITEM);
  assert_rows (&stage, "0");
  stage_clear (&stage);
}

static void
test_rows (void)
{
  Stage stage;
  JumpExchangeRecord *running;

  stage_init (&stage, 3, 10, 1000);
  add_ended (&stage, 0, 0);
  running = add_running (&stage, 1, 0);
  add_ended (&stage, 2, 0);
  assert_rows (&stage, "0 1 2");
  add_ended (&stage, 3, 0);
  assert_rows (&stage, "1 2 3");
  add_ended (&stage, 4, 0);
  assert_rows (&stage, "1 3 4");
  add_ended (&stage, 5, 0);
  assert_rows (&stage, "1 4 5");
  g_assert_null (jump_history_ring_find (stage.ring, "id-0"));
  end (&stage, running);
  add_ended (&stage, 6, 0);
  assert_rows (&stage, "4 5 6");
  stage_clear (&stage);
}

/* Nothing that runs is dropped, however many there are; the first that may go goes. */
static void
test_all_running (void)
{
  Stage stage;
  JumpExchangeRecord *records[5];

  stage_init (&stage, 2, 10, 1000);
  for (guint i = 0; i < 5; i++)
    records[i] = add_running (&stage, i, 0);
  assert_rows (&stage, "0 1 2 3 4");
  end (&stage, records[3]);
  assert_rows (&stage, "0 1 2 4");
  end (&stage, records[0]);
  assert_rows (&stage, "1 2 4");
  end (&stage, records[1]);
  end (&stage, records[2]);
  end (&stage, records[4]);
  assert_rows (&stage, "2 4");
  stage_clear (&stage);
}

static void
test_bodies (void)
{
  Stage stage;
  JumpExchangeRecord *running;

  stage_init (&stage, 10, 2, 1000);
  running = add_running (&stage, 0, 1);
  add_ended (&stage, 1, 1);
  add_ended (&stage, 2, 1);
  assert_rows (&stage, "0* 1* 2*");
  g_signal_connect (jump_history_ring_find (stage.ring, "id-1"),
                    "changed",
                    G_CALLBACK (on_changed),
                    &stage.n_changed);
  add_ended (&stage, 3, 1);
  assert_rows (&stage, "0* 1 2* 3*");
  g_assert_cmpuint (stage.n_changed, ==, 1);
  add_ended (&stage, 4, 0);
  assert_rows (&stage, "0* 1 2* 3* 4");
  end (&stage, running);
  assert_rows (&stage, "0* 1 2 3* 4");
  stage_clear (&stage);
}

static void
test_bytes (void)
{
  Stage stage;
  JumpExchangeRecord *running;

  stage_init (&stage, 10, 10, 100);
  add_ended (&stage, 0, 40);
  add_ended (&stage, 1, 40);
  add_ended (&stage, 2, 20);
  assert_rows (&stage, "0* 1* 2*");
  add_ended (&stage, 3, 1);
  assert_rows (&stage, "0 1* 2* 3*");

  /* What runs counts, and keeps its own. */
  running = add_running (&stage, 4, 50);
  assert_rows (&stage, "0 1 2* 3* 4*");
  running->reply_body = g_byte_array_new ();
  g_byte_array_set_size (running->reply_body, 60);
  end (&stage, running);
  assert_rows (&stage, "0 1 2 3 4");
  add_ended (&stage, 5, 100);
  assert_rows (&stage, "0 1 2 3 4 5*");
  jump_history_ring_set_limits (stage.ring, 2, 10, 99);
  assert_rows (&stage, "4 5");
  stage_clear (&stage);
}

static void
test_clear (void)
{
  Stage stage;
  JumpExchangeRecord *running;

  stage_init (&stage, 10, 10, 1000);
  for (guint i = 0; i < 3; i++)
    add_ended (&stage, i, 10);
  running = add_running (&stage, 3, 10);
  add_ended (&stage, 4, 10);
  stage.n_emissions = 0;
  jump_history_ring_clear (stage.ring);
  assert_rows (&stage, "3*");
  g_assert_cmpuint (stage.n_emissions, ==, 2);
  end (&stage, running);
  jump_history_ring_clear (stage.ring);
  assert_rows (&stage, "");
  g_assert_null (jump_history_ring_find (stage.ring, "id-3"));
  jump_history_ring_clear (stage.ring);
  g_assert_cmpuint (stage.n_emissions, ==, 3);
  add_ended (&stage, 5, 10);
  assert_rows (&stage, "5*");
  stage_clear (&stage);
}

/* Any order of beginnings and ends leaves what was shown true. */
static void
test_random (void)
{
  Stage stage;
  g_autoptr (GPtrArray) running = g_ptr_array_new ();
  guint number = 0;

  stage_init (&stage, 130, 20, 1000);
  for (guint i = 0; i < 5000; i++)
    {
      if (running->len == 0 || g_test_rand_int_range (0, 100) < 52)
        g_ptr_array_add (running,
                         add_running (&stage, number++, (gsize) g_test_rand_int_range (0, 90)));
      else
        end (&stage,
             g_ptr_array_remove_index (running,
                                       (guint) g_test_rand_int_range (0, (gint32) running->len)));
      if (i % 50 == 0)
        check_shown (&stage);
    }
  while (running->len > 0)
    end (&stage, g_ptr_array_remove_index (running, 0));
  check_shown (&stage);
  g_assert_cmpuint (stage.shown->len, <=, 130);
  g_assert_cmpuint (stage.shown->len, >=, 120);
  stage_clear (&stage);
}

/* The real limits: full, the list is told of far fewer drops than there are new rows. */
static void
test_full (void)
{
  Stage stage;
  guint n = JUMP_LIMIT_HISTORY_ROWS + 5000;

  stage_init (&stage, JUMP_LIMIT_HISTORY_ROWS, JUMP_LIMIT_HISTORY_BODIES, JUMP_LIMIT_HISTORY_BYTES);
  for (guint i = 0; i < n; i++)
    add_ended (&stage, i, 10);
  g_assert_cmpuint (stage.shown->len, <=, JUMP_LIMIT_HISTORY_ROWS);
  g_assert_cmpuint (stage.shown->len, >, JUMP_LIMIT_HISTORY_ROWS * 9 / 10);
  g_assert_cmpuint (stage.n_emissions - n, <, 100);
  check_shown (&stage);
  stage_clear (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-ring/update", test_update);
  g_test_add_func ("/history-ring/rows", test_rows);
  g_test_add_func ("/history-ring/all-running", test_all_running);
  g_test_add_func ("/history-ring/bodies", test_bodies);
  g_test_add_func ("/history-ring/bytes", test_bytes);
  g_test_add_func ("/history-ring/clear", test_clear);
  g_test_add_func ("/history-ring/random", test_random);
  g_test_add_func ("/history-ring/full", test_full);
  return g_test_run ();
}
