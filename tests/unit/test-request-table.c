/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/clock-fake.h"
#include "ui/request-table.h"

#define ROUNDS 3000

/* A list, its table, and a mirror of the table that is told by its signals alone, as a view is. */
typedef struct
{
  GListStore *source;      /* (owned) */
  JumpClock *clock;        /* (owned) */
  JumpRequestNames *names; /* (owned) */
  JumpRequestTable *table; /* (owned) */
  GPtrArray *mirror;       /* (owned) (element-type JumpExchangeItem) */
  guint n_changed;
  guint n_made;
} Fixture;

static JumpExchangeRecord *
record_of (JumpExchangeItem *item)
{
  return (JumpExchangeRecord *) jump_exchange_item_get_record (item);
}

static JumpExchangeItem *
make_item (Fixture *self, gboolean is_running)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  record->id = g_strdup_printf ("id-%u", self->n_made++);
  record->path = g_strdup ("/v1/messages");
  record->used_model = g_strdup (self->n_made % 3 == 0 ? "gpt" : "claude");
  record->state = is_running ? JUMP_EXCHANGE_WAITING : JUMP_EXCHANGE_ENDED;
  record->status = 200;
  return jump_exchange_item_new (record);
}

static void
append_item (Fixture *self, gboolean is_running)
{
  g_autoptr (JumpExchangeItem) item = make_item (self, is_running);

  g_list_store_append (self->source, item);
}

static guint
index_of (GtkTreePath *path)
{
  g_assert_cmpint (gtk_tree_path_get_depth (path), ==, 1);
  return (guint) gtk_tree_path_get_indices (path)[0];
}

static void
on_row_inserted (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer user_data)
{
  Fixture *self = user_data;
  JumpExchangeItem *item = jump_request_table_get_item (self->table, iter);

  g_assert_cmpuint (index_of (path), <=, self->mirror->len);
  g_ptr_array_insert (self->mirror, (int) index_of (path), g_object_ref (item));
  g_assert_cmpint (gtk_tree_model_iter_n_children (model, NULL), ==, self->mirror->len);
}

static void
on_row_deleted (GtkTreeModel *model, GtkTreePath *path, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpuint (index_of (path), <, self->mirror->len);
  g_ptr_array_remove_index (self->mirror, index_of (path));
  g_assert_cmpint (gtk_tree_model_iter_n_children (model, NULL), ==, self->mirror->len);
}

static void
on_row_changed (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_ptr_array_index (self->mirror, index_of (path)) ==
                 jump_request_table_get_item (self->table, iter));
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->source = g_list_store_new (JUMP_TYPE_EXCHANGE_ITEM);
  self->clock = jump_clock_fake_new ();
  self->names = jump_request_names_new ();
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  append_item (self, TRUE);
  append_item (self, FALSE);
  self->table = jump_request_table_new (G_LIST_MODEL (self->source), self->clock, self->names);
  g_signal_connect (self->table, "row-inserted", G_CALLBACK (on_row_inserted), self);
  g_signal_connect (self->table, "row-deleted", G_CALLBACK (on_row_deleted), self);
  g_signal_connect (self->table, "row-changed", G_CALLBACK (on_row_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->table, self);
  g_assert_finalize_object (self->table);
  g_ptr_array_unref (self->mirror);
  g_object_unref (self->names);
  g_object_unref (self->clock);
  g_object_unref (self->source);
}

/* Every way to walk through the model gives the mirror's rows. */
static void
assert_walks (Fixture *self)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->table);
  GtkTreeIter iter;
  gboolean has_row = gtk_tree_model_get_iter_first (model, &iter);

  for (guint i = 0; i < self->mirror->len; i++)
    {
      g_autoptr (GtkTreePath) path = NULL;
      GtkTreeIter nth;

      g_assert_true (has_row);
      path = gtk_tree_model_get_path (model, &iter);
      g_assert_cmpuint (index_of (path), ==, i);
      g_assert_true (jump_request_table_get_item (self->table, &iter) ==
                     g_ptr_array_index (self->mirror, i));
      g_assert_true (gtk_tree_model_iter_nth_child (model, &nth, NULL, (int) i));
      g_assert_true (nth.user_data == iter.user_data);
      g_assert_false (gtk_tree_model_iter_has_child (model, &iter));
      has_row = gtk_tree_model_iter_next (model, &iter);
    }
  g_assert_false (has_row);
  g_assert_false (gtk_tree_model_iter_nth_child (model, &iter, NULL, (int) self->mirror->len));
  g_assert_cmpuint (jump_request_table_get_n_rows (self->table), ==, self->mirror->len);
}

/* After everything is flushed, the rows are those of the list that match, in its order. */
static void
assert_matches_source (Fixture *self)
{
  const JumpRequestFilter *filter = jump_request_table_get_filter (self->table);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->source));
  guint n_shown = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (self->source), i);

      if (!jump_request_filter_matches (filter, record_of (item), "Unknown"))
        continue;
      g_assert_cmpuint (n_shown, <, self->mirror->len);
      g_assert_true (g_ptr_array_index (self->mirror, n_shown) == item);
      n_shown++;
    }
  g_assert_cmpuint (n_shown, ==, self->mirror->len);
}

static void
set_random_filter (Fixture *self)
{
  g_autoptr (JumpRequestFilter) filter = jump_request_filter_new ();
  int choice = g_test_rand_int_range (0, 4);

  if (choice == 1)
    filter->model = g_strdup ("gpt");
  else if (choice == 2)
    filter->outcome = JUMP_REQUEST_RUNNING;
  else if (choice == 3)
    filter->text = g_strdup ("id-1");
  jump_request_table_set_filter (self->table, filter);
}

static void
change_random_item (Fixture *self, guint n)
{
  g_autoptr (JumpExchangeItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->source),
                             (guint) g_test_rand_int_range (0, (int) n));
  JumpExchangeRecord *record = record_of (item);

  if (record->state == JUMP_EXCHANGE_ENDED)
    return;
  if (g_test_rand_int_range (0, 3) == 0)
    record->state = JUMP_EXCHANGE_ENDED;
  else
    {
      g_free (record->used_model);
      record->used_model = g_strdup (g_test_rand_bit () ? "gpt" : "claude");
    }
  jump_exchange_item_emit_changed (item);
}

static void
make_random_move (Fixture *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->source));
  int move = g_test_rand_int_range (0, 100);

  if (move < 40)
    append_item (self, g_test_rand_bit ());
  else if (move < 60 && n > 0)
    change_random_item (self, n);
  else if (move < 68 && n > 0)
    g_list_store_remove (self->source, 0);
  else if (move < 74 && n > 0)
    g_list_store_remove (self->source, (guint) g_test_rand_int_range (0, (int) n));
  else if (move < 76 && n > 0)
    {
      g_autoptr (JumpExchangeItem) item = make_item (self, TRUE);

      g_list_store_insert (self->source, (guint) g_test_rand_int_range (0, (int) n), item);
    }
  else if (move < 77)
    g_list_store_remove_all (self->source);
  else if (move < 82)
    set_random_filter (self);
  else if (move < 86)
    jump_request_table_set_frozen (self->table, g_test_rand_bit ());
  else if (move < 90)
    jump_request_table_touch_running (self->table);
  else
    jump_request_table_flush (self->table, g_test_rand_bit () ? 0 : -1);
}

static void
test_random_moves (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      make_random_move (self);
      assert_walks (self);
      if (round % 25 != 0)
        continue;
      jump_request_table_set_frozen (self->table, FALSE);
      g_assert_false (jump_request_table_flush (self->table, -1));
      assert_walks (self);
      assert_matches_source (self);
      g_assert_cmpuint (jump_request_table_get_n_new (self->table), ==, 0);
    }
}

static void
test_frozen (Fixture *self, gconstpointer data)
{
  jump_request_table_flush (self->table, -1);
  g_assert_cmpuint (self->mirror->len, ==, 2);
  jump_request_table_set_frozen (self->table, TRUE);
  append_item (self, FALSE);
  append_item (self, TRUE);
  g_list_store_remove (self->source, 0);
  jump_request_table_flush (self->table, -1);
  g_assert_cmpuint (self->mirror->len, ==, 2);
  g_assert_cmpuint (jump_request_table_get_n_new (self->table), ==, 2);
  g_assert_cmpuint (self->n_changed, ==, 0);
  jump_request_table_set_frozen (self->table, FALSE);
  jump_request_table_flush (self->table, -1);
  g_assert_cmpuint (self->mirror->len, ==, 3);
  assert_matches_source (self);
}

/* However often an exchange changes between two passes, its row does once. */
static void
test_changes_are_collected (Fixture *self, gconstpointer data)
{
  g_autoptr (JumpExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (self->source), 0);

  jump_request_table_flush (self->table, -1);
  for (guint i = 0; i < 200; i++)
    jump_exchange_item_emit_changed (item);
  g_assert_cmpuint (self->n_changed, ==, 0);
  jump_request_table_flush (self->table, -1);
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpuint (jump_request_table_get_n_running (self->table), ==, 1);
  record_of (item)->state = JUMP_EXCHANGE_ENDED;
  jump_exchange_item_emit_changed (item);
  jump_request_table_flush (self->table, -1);
  g_assert_cmpuint (jump_request_table_get_n_running (self->table), ==, 0);
}

static void
test_values (Fixture *self, gconstpointer data)
{
  GtkTreeModel *model = GTK_TREE_MODEL (self->table);
  GtkTreeIter iter;
  g_autofree char *text = NULL;

  jump_request_table_flush (self->table, -1);
  g_assert_cmpint (gtk_tree_model_get_n_columns (model), ==, JUMP_REQUEST_N_COLUMNS);
  g_assert_true (gtk_tree_model_get_iter_first (model, &iter));
  gtk_tree_model_get (model, &iter, JUMP_REQUEST_COLUMN_MODEL, &text, -1);
  g_assert_cmpstr (text, ==, "claude");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/request-table/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/request-table/frozen", Fixture, NULL, set_up, test_frozen, tear_down);
  g_test_add ("/request-table/changes-are-collected",
              Fixture,
              NULL,
              set_up,
              test_changes_are_collected,
              tear_down);
  g_test_add ("/request-table/random-moves", Fixture, NULL, set_up, test_random_moves, tear_down);
  return g_test_run ();
}
