/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/clock-fake.h"
#include "ui/alias-name.h"

static void
fetch_async (gpointer source,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task, NULL, NULL);
}

static GBytes *
fetch_finish (gpointer source, GAsyncResult *result, GError **error)
{
  static const char models[] = "{\"data\":[{\"id\":\"gpt-4.1\"},{\"id\":\"claude-opus-4.6\"}]}";

  g_task_propagate_pointer (G_TASK (result), NULL);
  return g_bytes_new_static (models, sizeof models - 1);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;

  g_assert_true (jump_model_catalog_refresh_finish (JUMP_MODEL_CATALOG (source), result, NULL));
  *is_done = TRUE;
}

static const struct
{
  const char *name;
  JumpAliasVerdict verdict;
  gboolean says_something;
} rows[] = {
  { "", JUMP_ALIAS_EMPTY, FALSE },
  { "fast", JUMP_ALIAS_OK, FALSE },
  { "my/fast:latest", JUMP_ALIAS_OK, FALSE },
  { "größe", JUMP_ALIAS_OK, FALSE },
  { "two words", JUMP_ALIAS_LETTERS, TRUE },
  { "opus*", JUMP_ALIAS_LETTERS, TRUE },
  { "opus@chat", JUMP_ALIAS_LETTERS, TRUE },
  { "a\"b", JUMP_ALIAS_LETTERS, TRUE },
  { "a\\b", JUMP_ALIAS_LETTERS, TRUE },
  { "a\001b", JUMP_ALIAS_LETTERS, TRUE },
  { "claude-opus-4.6", JUMP_ALIAS_IS_MODEL, TRUE },
  { "mine", JUMP_ALIAS_THERE, TRUE },
  { "MINE", JUMP_ALIAS_THERE, TRUE },
  { "opus", JUMP_ALIAS_ELSEWHERE, TRUE },
};

static void
test_check (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  JumpCatalogSource source = { fetch_async, fetch_finish, NULL };
  g_autoptr (JumpModelCatalog) catalog = jump_model_catalog_new (clock, &source, NULL, NULL);
  JumpSettingPair mine = { (char *) "mine", (char *) "gpt-4.1" };
  JumpSettingPair opus = { (char *) "opus", (char *) "claude-opus-*" };
  g_autoptr (GPtrArray) aliases = g_ptr_array_new ();
  gboolean is_done = FALSE;

  g_ptr_array_add (aliases, &mine);
  g_ptr_array_add (aliases, &opus);
  jump_model_catalog_refresh_async (catalog, NULL, on_refreshed, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpAliasVerdict verdict = jump_alias_check (rows[i].name, "gpt-4.1", aliases, catalog);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (verdict, ==, rows[i].verdict);
      g_assert_cmpint (jump_alias_describe (verdict) != NULL, ==, rows[i].says_something);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alias-name/check", test_check);
  return g_test_run ();
}
