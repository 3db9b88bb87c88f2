/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/models/catalog-file.h"
#include "service/models/model-catalog.h"
#include "tests/support/clock-fake.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define ONE_MODEL   "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o\"}]}"
#define TWO_MODELS  "{\"data\":[{\"id\":\"gpt-5\"},{\"id\":\"gpt-4o\"}]}"
#define BUILTIN     "{\"data\":[{\"id\":\"builtin-1\"}]}"

#define DAY_SECONDS (24 * 60 * 60)

/* An upstream that answers when the test says so. */
typedef struct
{
  GPtrArray *calls; /* (owned) (element-type GTask): not answered yet */
  guint n_calls;
} Upstream;

typedef struct
{
  char *folder;
  char *cache_file;
  JumpClock *clock;
  Upstream upstream;
  GBytes *builtin;
  JumpModelCatalog *catalog;
  GString *emissions; /* "position-removed+added " for each items-changed */
} Fixture;

/* What a caller of ensure or refresh got. */
typedef struct
{
  guint n_ok;
  guint n_failed;
  GError *error; /* (owned) (nullable): the last one */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
fetch_async (gpointer source,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  Upstream *upstream = source;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  upstream->n_calls++;
  g_ptr_array_add (upstream->calls, task);
}

static GBytes *
fetch_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* Answers all calls: with @json, or with a failure. */
static void
reply (Fixture *self, const char *json)
{
  while (self->upstream.calls->len > 0)
    {
      g_autoptr (GTask) task = g_ptr_array_steal_index (self->upstream.calls, 0);

      if (json != NULL)
        g_task_return_pointer (task,
                               g_bytes_new (json, strlen (json)),
                               (GDestroyNotify) g_bytes_unref);
      else
        g_task_return_new_error (task, JUMP_ERROR, JUMP_ERROR_UPSTREAM, "upstream is down");
    }
  turn ();
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
make_catalog (Fixture *self)
{
  JumpCatalogSource source = { fetch_async, fetch_finish, &self->upstream };

  self->catalog = jump_model_catalog_new (self->clock, &source, self->cache_file, self->builtin);
  g_signal_connect (self->catalog, "items-changed", G_CALLBACK (on_items_changed), self->emissions);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumpseat-catalog-XXXXXX", NULL);
  self->cache_file = g_build_filename (self->folder, "new", "catalog.json", NULL);
  self->clock = jump_clock_fake_new ();
  self->upstream.calls = g_ptr_array_new_with_free_func (g_object_unref);
  self->builtin = data == NULL ? NULL : g_bytes_new_static (data, strlen (data));
  self->emissions = g_string_new (NULL);
  make_catalog (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *inner = g_path_get_dirname (self->cache_file);

  turn ();
  if (self->catalog != NULL)
    g_assert_finalize_object (self->catalog);
  g_assert_finalize_object (self->clock);
  g_ptr_array_unref (self->upstream.calls);
  g_clear_pointer (&self->builtin, g_bytes_unref);
  g_string_free (self->emissions, TRUE);
  g_unlink (self->cache_file);
  /* Not empty: a write is under way, and its end wakes the loop. */
  while (g_rmdir (inner) != 0 && errno != ENOENT)
    {
      g_main_context_iteration (NULL, TRUE);
      g_unlink (self->cache_file);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->cache_file);
  g_free (self->folder);
}

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_clear_error (&outcome->error);
  if (jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &outcome->error))
    outcome->n_ok++;
  else
    outcome->n_failed++;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_clear_error (&outcome->error);
  if (jump_model_catalog_refresh_finish (JUMP_MODEL_CATALOG (source), result, &outcome->error))
    outcome->n_ok++;
  else
    outcome->n_failed++;
}

static void
fill (Fixture *self, const char *json)
{
  g_auto (Outcome) outcome = { 0 };

  jump_model_catalog_refresh_async (self->catalog, NULL, on_refreshed, &outcome);
  reply (self, json);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  g_string_truncate (self->emissions, 0);
}

/* The write happens in another thread, whose end wakes the loop. */
static void
wait_for_file (Fixture *self, const char *content)
{
  while (TRUE)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (self->cache_file, &text, NULL, NULL) &&
          g_strcmp0 (text, content) == 0)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
write_file (Fixture *self, const char *content, gint64 age_seconds)
{
  g_autofree char *inner = g_path_get_dirname (self->cache_file);
  g_autoptr (GFile) file = g_file_new_for_path (self->cache_file);
  g_autoptr (GError) error = NULL;

  g_mkdir (inner, 0700);
  g_file_set_contents (self->cache_file, content, -1, &error);
  g_assert_no_error (error);
  g_file_set_attribute_uint64 (file,
                               G_FILE_ATTRIBUTE_TIME_MODIFIED,
                               jump_clock_get_wall_seconds (self->clock) - age_seconds,
                               G_FILE_QUERY_INFO_NONE,
                               NULL,
                               &error);
  g_assert_no_error (error);
}

static guint
count_models (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->catalog));
}

static void
test_list_model (Fixture *self, gconstpointer data)
{
  GListModel *list = G_LIST_MODEL (self->catalog);
  g_autoptr (JumpModel) first = NULL;

  g_assert_true (g_list_model_get_item_type (list) == JUMP_TYPE_MODEL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_null (g_list_model_get_item (list, 0));
  g_assert_null (jump_model_catalog_get_raw (self->catalog));
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_EMPTY);

  jump_model_catalog_refresh_async (self->catalog, NULL, NULL, NULL);
  reply (self,
         "{\"data\":[{\"id\":\"gpt-4\",\"name\":\"first\"},{\"id\":\"b\"},7,{\"name\":\"no id\"},"
         "{\"id\":\"gpt-4\",\"name\":\"second\"}]}");
  g_assert_cmpstr (self->emissions->str, ==, "0-0+2 ");
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  first = g_list_model_get_item (list, 0);
  g_assert_cmpstr (jump_model_get_name (first), ==, "first");
  g_assert_true (jump_model_catalog_lookup (self->catalog, "gpt-4") == first);
  g_assert_null (jump_model_catalog_lookup (self->catalog, "GPT-4"));
  g_assert_null (g_list_model_get_item (list, 2));
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_LIVE);
  g_assert_cmpint (jump_model_catalog_get_fetched_at (self->catalog),
                   ==,
                   jump_clock_get_wall_seconds (self->clock));
  g_assert_nonnull (memmem (g_bytes_get_data (jump_model_catalog_get_raw (self->catalog), NULL),
                            g_bytes_get_size (jump_model_catalog_get_raw (self->catalog)),
                            "no id",
                            strlen ("no id")));
  fill (self, ONE_MODEL);
  wait_for_file (self, ONE_MODEL);
}

static void
test_coalesces (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < 50; i++)
    jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  turn ();
  g_assert_cmpuint (outcome.n_ok, ==, 0);
  reply (self, ONE_MODEL);
  g_assert_cmpuint (outcome.n_ok, ==, 50);
  g_assert_cmpuint (self->upstream.n_calls, ==, 1);
  g_assert_cmpuint (jump_model_catalog_get_fetches (self->catalog), ==, 1);
  wait_for_file (self, ONE_MODEL);
}

static void
test_stale_while_renewing (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fill (self, ONE_MODEL);
  jump_clock_fake_sleep (self->clock, 599);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 1);

  jump_clock_fake_sleep (self->clock, 1);
  for (guint i = 0; i < 50; i++)
    jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  turn ();
  g_assert_cmpuint (outcome.n_ok, ==, 50); /* nobody waits */
  g_assert_cmpuint (self->upstream.n_calls, ==, 2);
  g_assert_nonnull (jump_model_catalog_lookup (self->catalog, "gpt-4o"));
  reply (self, TWO_MODELS);
  g_assert_cmpstr (self->emissions->str, ==, "0-1+2 ");
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 2);

  jump_model_catalog_set_lifetime (self->catalog, 5);
  jump_clock_fake_sleep (self->clock, -100); /* somebody sets the clock back */
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 3);
  reply (self, TWO_MODELS);
  g_assert_cmpstr (self->emissions->str, ==, "0-1+2 "); /* the same: nothing changed */
  wait_for_file (self, TWO_MODELS);
}

static void
test_failure_keeps_list (Fixture *self, gconstpointer data)
{
  static const char *const broken[] = {
    NULL, "", "<html>", "[]", "{}", "{\"data\":{}}", "{\"data\":[]}", "{\"data\":[{\"id\":1}]}",
  };

  fill (self, ONE_MODEL);
  wait_for_file (self, ONE_MODEL);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      int expected;

      g_test_message ("%s", broken[i] == NULL ? "failure" : broken[i]);
      jump_model_catalog_refresh_async (self->catalog, NULL, on_refreshed, &outcome);
      reply (self, broken[i]);
      expected = broken[i] == NULL ? JUMP_ERROR_UPSTREAM : JUMP_ERROR_PROTOCOL;
      g_assert_error (outcome.error, JUMP_ERROR, expected);
      g_assert_cmpuint (count_models (self), ==, 1);
      g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_LIVE);
    }
  g_assert_cmpstr (self->emissions->str, ==, "");
  wait_for_file (self, ONE_MODEL);
}

static void
test_failing_upstream_is_spared (Fixture *self, gconstpointer data)
{
  fill (self, ONE_MODEL);
  jump_clock_fake_advance (self->clock, 600 * 1000);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 2);
  reply (self, NULL);

  jump_clock_fake_advance (self->clock, 14999);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 2);
  jump_clock_fake_advance (self->clock, 1);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 3);
  reply (self, ONE_MODEL);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 3);
  wait_for_file (self, ONE_MODEL);
}

static void
test_nothing_at_all (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  reply (self, NULL);
  g_assert_error (outcome.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  turn ();
  g_assert_cmpuint (outcome.n_failed, ==, 2);
  g_assert_cmpuint (self->upstream.n_calls, ==, 1);
  g_assert_false (jump_model_catalog_is_ready (self->catalog));

  jump_clock_fake_advance (self->clock, 15000);
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  reply (self, ONE_MODEL);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  wait_for_file (self, ONE_MODEL);
}

static void
test_builtin (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  g_assert_false (jump_model_catalog_is_ready (self->catalog));
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  turn ();
  g_assert_cmpuint (outcome.n_ok, ==, 0); /* upstream is asked first */
  reply (self, NULL);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_BUILTIN);
  g_assert_cmpint (jump_model_catalog_get_fetched_at (self->catalog), ==, 0);
  g_assert_nonnull (jump_model_catalog_lookup (self->catalog, "builtin-1"));

  jump_model_catalog_refresh_async (self->catalog, NULL, on_refreshed, &outcome);
  reply (self, NULL);
  g_assert_error (outcome.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_false (g_file_test (self->cache_file, G_FILE_TEST_EXISTS));
}

static void
test_disk (Fixture *self, gconstpointer data)
{
  GStatBuf info;

  fill (self, ONE_MODEL);
  wait_for_file (self, ONE_MODEL);
  turn ();
  g_assert_cmpint (g_stat (self->cache_file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (g_steal_pointer (&self->catalog));

  write_file (self, TWO_MODELS, 3600);
  make_catalog (self);
  g_assert_cmpuint (count_models (self), ==, 0); /* read when needed */
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (count_models (self), ==, 2);
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_DISK);
  g_assert_cmpint (jump_model_catalog_get_fetched_at (self->catalog),
                   ==,
                   jump_clock_get_wall_seconds (self->clock) - 3600);
  g_assert_cmpuint (self->upstream.n_calls, ==, 2); /* and renewed at once */
  reply (self, NULL);
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_DISK);
}

static void
test_old_disk (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  write_file (self, TWO_MODELS, DAY_SECONDS);
  g_assert_false (jump_model_catalog_is_ready (self->catalog));
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  turn ();
  g_assert_cmpuint (outcome.n_ok, ==, 0);
  reply (self, NULL);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_DISK);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_cmpuint (self->upstream.n_calls, ==, 1);
}

static void
test_broken_disk (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  write_file (self, "{\"data\":[{\"id\":", 60);
  g_assert_false (jump_model_catalog_is_ready (self->catalog));
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  reply (self, ONE_MODEL);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_LIVE);
  wait_for_file (self, ONE_MODEL);
}

static void
test_forget (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fill (self, ONE_MODEL);
  wait_for_file (self, ONE_MODEL);
  jump_model_catalog_forget (self->catalog, FALSE);
  g_assert_cmpstr (self->emissions->str, ==, "0-1+0 ");
  g_assert_true (g_file_test (self->cache_file, G_FILE_TEST_EXISTS));

  jump_model_catalog_forget (self->catalog, TRUE);
  g_assert_false (g_file_test (self->cache_file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (jump_model_catalog_get_origin (self->catalog), ==, JUMP_CATALOG_EMPTY);
  g_assert_null (jump_model_catalog_get_raw (self->catalog));
  g_assert_cmpstr (self->emissions->str, ==, "0-1+0 ");

  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  reply (self, NULL);
  g_assert_cmpuint (outcome.n_failed, ==, 1);
  jump_model_catalog_forget (self->catalog, TRUE); /* the failure is forgotten as well */
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  reply (self, TWO_MODELS);
  g_assert_cmpuint (outcome.n_ok, ==, 1);

  wait_for_file (self, TWO_MODELS);
}

/* The worker may be anywhere when the copy is to go: it is gone in the end. */
static void
test_forget_while_writing (Fixture *self, gconstpointer data)
{
  g_autoptr (JumpCatalogFile) file = jump_catalog_file_new (self->cache_file);
  g_autoptr (GBytes) first = g_bytes_new_static (ONE_MODEL, strlen (ONE_MODEL));
  g_autoptr (GBytes) second = g_bytes_new_static (TWO_MODELS, strlen (TWO_MODELS));

  jump_catalog_file_save (file, first);
  jump_catalog_file_save (file, second); /* waits for the first */
  jump_catalog_file_remove (file);
  g_main_context_iteration (NULL, TRUE);
  turn ();
  g_assert_false (g_file_test (self->cache_file, G_FILE_TEST_EXISTS));

  jump_catalog_file_save (file, first);
  jump_catalog_file_remove (file);
  jump_catalog_file_save (file, second);
  wait_for_file (self, TWO_MODELS);
}

static void
test_forget_while_fetching (Fixture *self, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (GTask) old_call = NULL;

  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &outcome);
  old_call = g_ptr_array_steal_index (self->upstream.calls, 0);
  jump_model_catalog_forget (self->catalog, FALSE);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (old_call)));
  g_assert_cmpuint (self->upstream.n_calls, ==, 2);

  g_task_set_check_cancellable (old_call, FALSE);
  g_task_return_pointer (old_call,
                         g_bytes_new_static (ONE_MODEL, strlen (ONE_MODEL)),
                         (GDestroyNotify) g_bytes_unref);
  turn ();
  g_assert_cmpuint (count_models (self), ==, 0); /* the old account's list */
  g_assert_cmpuint (outcome.n_ok, ==, 0);
  reply (self, TWO_MODELS);
  g_assert_cmpuint (outcome.n_ok, ==, 1);
  g_assert_cmpuint (count_models (self), ==, 2);
  wait_for_file (self, TWO_MODELS);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) gone = { 0 };
  g_auto (Outcome) stays = { 0 };

  jump_model_catalog_ensure_async (self->catalog, cancellable, on_ensured, &gone);
  jump_model_catalog_ensure_async (self->catalog, NULL, on_ensured, &stays);
  g_cancellable_cancel (cancellable);
  turn ();
  g_assert_error (gone.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (stays.n_ok + stays.n_failed, ==, 0);
  reply (self, ONE_MODEL);
  g_assert_cmpuint (stays.n_ok, ==, 1);
  g_assert_cmpuint (gone.n_failed, ==, 1);
  wait_for_file (self, ONE_MODEL);
}

static void
test_gone_while_fetching (Fixture *self, gconstpointer data)
{
  fill (self, ONE_MODEL);
  wait_for_file (self, ONE_MODEL);
  jump_clock_fake_sleep (self->clock, 600);
  g_assert_true (jump_model_catalog_is_ready (self->catalog));
  g_assert_finalize_object (g_steal_pointer (&self->catalog));
  g_assert_cmpuint (self->upstream.calls->len, ==, 1);
  reply (self, TWO_MODELS);
}

static void
test_shipped_list (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "fallback-catalog.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Fixture fixture = { 0 };
  GListModel *list;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  set_up (&fixture, text);
  jump_model_catalog_ensure_async (fixture.catalog, NULL, NULL, NULL);
  reply (&fixture, NULL);
  g_assert_cmpint (jump_model_catalog_get_origin (fixture.catalog), ==, JUMP_CATALOG_BUILTIN);
  list = G_LIST_MODEL (fixture.catalog);
  g_assert_cmpuint (g_list_model_get_n_items (list), >=, 20);
  g_assert_true (
      jump_model_get_is_default (jump_model_catalog_lookup (fixture.catalog, "gpt-4.1")));
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (list, i);

      g_test_message ("%s", jump_model_get_id (model));
      g_assert_cmpint (jump_model_get_endpoints (model), !=, 0);
      g_assert_cmpstr (jump_model_get_vendor (model), !=, "unknown");
      if (g_str_equal (jump_model_get_kind (model), "chat"))
        {
          g_assert_cmpint (jump_model_get_context_window (model), >=, 128000);
          g_assert_true (jump_model_get_supports (model, "tool_calls"));
        }
    }
  tear_down (&fixture, NULL);
}

#define ADD(name, data, func) \
  g_test_add ("/model-catalog/" name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("list-model", NULL, test_list_model);
  ADD ("coalesces", NULL, test_coalesces);
  ADD ("stale-while-renewing", NULL, test_stale_while_renewing);
  ADD ("failure-keeps-list", BUILTIN, test_failure_keeps_list);
  ADD ("failing-upstream-is-spared", NULL, test_failing_upstream_is_spared);
  ADD ("nothing-at-all", NULL, test_nothing_at_all);
  ADD ("builtin", BUILTIN, test_builtin);
  ADD ("disk", BUILTIN, test_disk);
  ADD ("old-disk", BUILTIN, test_old_disk);
  ADD ("broken-disk", BUILTIN, test_broken_disk);
  ADD ("forget", NULL, test_forget);
  ADD ("forget-while-writing", NULL, test_forget_while_writing);
  ADD ("forget-while-fetching", NULL, test_forget_while_fetching);
  ADD ("cancel", NULL, test_cancel);
  ADD ("gone-while-fetching", NULL, test_gone_while_fetching);
  g_test_add_func ("/model-catalog/shipped-list", test_shipped_list);
  return g_test_run ();
}
