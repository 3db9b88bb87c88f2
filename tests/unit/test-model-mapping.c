/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-mapping.h"
#include "tests/support/clock-fake.h"

#include <string.h>

/* The catalogue of the tests: an id, and what else matters for it. */
#define ENTRY(id)       "{\"id\":\"" id "\"}"
#define DATED(id, date) "{\"id\":\"" id "\",\"version\":\"" id date "\"}"
#define DISABLED(id)    "{\"id\":\"" id "\",\"policy\":{\"state\":\"disabled\"}}"
#define KIND(id, kind)  "{\"id\":\"" id "\",\"capabilities\":{\"type\":\"" kind "\"}}"
#define LIST(entries)   "{\"data\":[" entries "]}"

/* clang-format off */
#define MAIN_LIST \
  LIST ( \
    ENTRY ("claude-3.5-sonnet") "," \
    ENTRY ("claude-3.7-sonnet") "," \
    ENTRY ("claude-3.7-sonnet-thought") "," \
    ENTRY ("claude-opus-4.6-1m") "," \
    ENTRY ("claude-opus-4.6") "," \
    ENTRY ("claude-opus-4.8") "," \
    DISABLED ("claude-opus-5") "," \
    ENTRY ("claude-sonnet-4") "," \
    ENTRY ("claude-sonnet-4.5") "," \
    ENTRY ("claude-sonnet-4.6") "," \
    ENTRY ("claude-haiku-4.5") "," \
    ENTRY ("gemini-2.5-pro") "," \
    ENTRY ("gemini-3.1-pro-preview") "," \
    ENTRY ("gemini-2.0-flash-001") "," \
    ENTRY ("gpt-5.4-mini") "," \
    ENTRY ("gpt-5.4") "," \
    ENTRY ("gpt-5-mini") "," \
    ENTRY ("gpt-4-0613") "," \
    ENTRY ("gpt-4") "," \
    DATED ("gpt-4.1", "-2025-04-14") "," \
    DATED ("gpt-4o", "-2024-11-20") "," \
    DATED ("gpt-4o-mini", "-2024-07-18") "," \
    KIND ("gpt-41-copilot", "completion") "," \
    ENTRY ("o3-mini") "," \
    KIND ("text-embedding-3-small", "embeddings"))
/* clang-format on */

typedef struct
{
  JumpClock *clock;
  JumpModelCatalog *catalog;
  JumpModelMapping *mapping;
} Fixture;

static void
fetch_async (gpointer source,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_pointer (task,
                         g_bytes_new_static (source, strlen (source)),
                         (GDestroyNotify) g_bytes_unref);
}

static GBytes *
fetch_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jump_model_catalog_ensure_finish (JUMP_MODEL_CATALOG (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const exact[] = { "my-model", "gpt-4.1", "To-Alias", "Sonnet",  "gone",
                                       "nothing",  "chain",   "chained",  "chained", "chain",
                                       "gpt-4o",   "gpt-4.1", NULL };
  static const char *const prefix[] = {
    "claude-2", "claude-haiku-4.5", "claude-instant", "sonnet", "local-", "absent-model", NULL,
  };
  static const char *const aliases[] = {
    "4",    "gpt-4",         "4o",         "gpt-4o",          "sonnet",     "claude-sonnet-*",
    "opus", "claude-opus-*", "haiku",      "claude-haiku-*",  "gemini-pro", "gemini-*-pro*",
    "grok", "grok-*",        "mini",       "gpt-*-mini",      "flash",      "gemini-*flash*",
    "gpt",  "gpt-*",         "any-claude", "claude-*sonnet*", NULL,
  };
  JumpCatalogSource source = { fetch_async, fetch_finish, (gpointer) data };
  gboolean is_done = FALSE;

  self->clock = jump_clock_fake_new ();
  self->catalog = jump_model_catalog_new (self->clock, &source, NULL, NULL);
  self->mapping = jump_model_mapping_new (exact, prefix, aliases);
  jump_model_catalog_ensure_async (self->catalog, NULL, on_list_ready, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jump_model_mapping_free (self->mapping);
  g_assert_finalize_object (self->catalog);
  g_assert_finalize_object (self->clock);
}

typedef struct
{
  const char *name;
  const char *id;
  JumpMapped how;
} Row;

static void
check (Fixture *self, const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      JumpMapped how = JUMP_MAPPED_UNKNOWN;
      JumpModel *model = NULL;
      g_autofree char *id =
          jump_model_mapping_resolve (self->mapping, self->catalog, rows[i].name, &how, &model);

      g_test_message ("%s → %s", rows[i].name, id);
      g_assert_cmpstr (id, ==, rows[i].id);
      g_assert_cmpint (how, ==, rows[i].how);
      g_assert_true (model == jump_model_catalog_lookup (self->catalog, id));
      g_assert_cmpint (model == NULL, ==, how == JUMP_MAPPED_UNKNOWN);
    }
}

static void
test_tables (Fixture *self, gconstpointer data)
{
  static const Row rows[] = {
    { "gpt-4.1", "gpt-4.1", JUMP_MAPPED_SAME },
    { "gpt-4o", "gpt-4.1", JUMP_MAPPED_EXACT }, /* a table comes before upstream's own ids */
    { "my-model", "gpt-4.1", JUMP_MAPPED_EXACT },
    { "MY-Model", "gpt-4.1", JUMP_MAPPED_EXACT },
    { "to-alias", "claude-sonnet-4.6", JUMP_MAPPED_EXACT },
    { "gone", "nothing", JUMP_MAPPED_UNKNOWN },
    { "chain", "chain", JUMP_MAPPED_UNKNOWN },
    { "claude-2.1", "claude-haiku-4.5", JUMP_MAPPED_PREFIX },
    { "Claude-instant", "claude-sonnet-4.6", JUMP_MAPPED_PREFIX },
    { "local-llama", "absent-model", JUMP_MAPPED_UNKNOWN },
    { "4", "gpt-4", JUMP_MAPPED_ALIAS },
    { "4O", "gpt-4o", JUMP_MAPPED_ALIAS } /* the alias names the model, not the table */,
    { "sonnet", "claude-sonnet-4.6", JUMP_MAPPED_ALIAS },
    { "grok", "grok", JUMP_MAPPED_UNKNOWN },
    { "llama-3", "llama-3", JUMP_MAPPED_UNKNOWN },
    { "", "", JUMP_MAPPED_UNKNOWN },
    { "*", "*", JUMP_MAPPED_UNKNOWN },
    { "anthropic/sonnet", "claude-sonnet-4.6", JUMP_MAPPED_ALIAS },
    { "sonnet:latest", "claude-sonnet-4.6", JUMP_MAPPED_ALIAS },
    { "x/my-model", "gpt-4.1", JUMP_MAPPED_EXACT },
  };

  check (self, rows, G_N_ELEMENTS (rows));
}

static void
test_newest (Fixture *self, gconstpointer data)
{
  static const Row rows[] = {
    { "opus", "claude-opus-4.8", JUMP_MAPPED_ALIAS }, /* 5 is disabled */
    { "haiku", "claude-haiku-4.5", JUMP_MAPPED_ALIAS },
    { "any-claude", "claude-sonnet-4.6", JUMP_MAPPED_ALIAS },
    { "gemini-pro", "gemini-3.1-pro-preview", JUMP_MAPPED_ALIAS },
    { "flash", "gemini-2.0-flash-001", JUMP_MAPPED_ALIAS },
    { "mini", "gpt-5.4-mini", JUMP_MAPPED_ALIAS },
    { "gpt", "gpt-5.4", JUMP_MAPPED_ALIAS }, /* neither gpt-41-copilot nor -mini */
  };

  check (self, rows, G_N_ELEMENTS (rows));
}

/* A Claude that the account does not have, or not any more, is another one of its family. */
static void
test_family (Fixture *self, gconstpointer data)
{
  static const char *const aliases[] = {
    "opus", "claude-opus-*", "haiku", "claude-haiku-*", "turbo", "gpt-*", NULL,
  };
  static const struct
  {
    const char *name;
    const char *id; /* NULL: unknown */
  } rows[] = {
    { "claude-opus-9", "claude-opus-4.8" },
    { "claude-3-opus-latest", "claude-opus-4.8" },
    { "anthropic/claude-haiku-9-1-20291001", "claude-haiku-4.5" },
    { "claude-haiku-9[1m]", "claude-haiku-4.5" },
    { "claude-sonnet-9", NULL }, /* nobody says what a sonnet is */
    { "claude-turbo", NULL },
    { "my-opus", NULL },
    { "claude-", NULL },
  };
  g_autoptr (JumpModelMapping) mapping = jump_model_mapping_new (NULL, NULL, aliases);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpMapped how;
      g_autofree char *id =
          jump_model_mapping_resolve (mapping, self->catalog, rows[i].name, &how, NULL);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (how, ==, rows[i].id != NULL ? JUMP_MAPPED_FAMILY : JUMP_MAPPED_UNKNOWN);
      g_assert_cmpstr (id, ==, rows[i].id != NULL ? rows[i].id : rows[i].name);
    }
}

static void
check_newest (const char *list, const char *pattern, const char *expected)
{
  const char *const aliases[] = { "wanted", pattern, NULL };
  g_autoptr (JumpModelMapping) mapping = jump_model_mapping_new (NULL, NULL, aliases);
  g_autofree char *id = NULL;
  Fixture fixture = { 0 };

  g_test_message ("%s of %s", pattern, list);
  set_up (&fixture, list);
  id = jump_model_mapping_resolve (mapping, fixture.catalog, "wanted", NULL, NULL);
  g_assert_cmpstr (id, ==, expected);
  tear_down (&fixture, NULL);
}

static void
test_order (void)
{
  static const struct
  {
    const char *list;
    const char *pattern;
    const char *expected;
  } rows[] = {
    { LIST (ENTRY ("a-9") "," ENTRY ("a-10")), "a-*", "a-10" },
    { LIST (ENTRY ("a-4.10") "," ENTRY ("a-4.9")), "a-*", "a-4.10" },
    { LIST (ENTRY ("a-4-6") "," ENTRY ("a-4.5") "," ENTRY ("a-4")), "a-*", "a-4-6" },
    { LIST (ENTRY ("a-4-20250514") "," ENTRY ("a-4.1")), "a-*", "a-4.1" },
    { LIST (ENTRY ("a-4-2025-12-11") "," ENTRY ("a-4.1")), "a-*", "a-4.1" },
    { LIST (ENTRY ("a-4-0613") "," ENTRY ("a-4")), "a-*", "a-4" },
    { LIST (ENTRY ("a-4o-2024-11-20") "," ENTRY ("a-4.1")), "a-*", "a-4.1" },
    { LIST (ENTRY ("a-k2.7-code") "," ENTRY ("a-k2.6-code")), "a-*", "a-k2.7-code" },
    { LIST (ENTRY ("o3-mini") "," ENTRY ("o4-mini")), "o*", "o4-mini" },
    { LIST (ENTRY ("a-4-preview") "," ENTRY ("a-4-plus")), "a-*", "a-4-plus" },
    { LIST (ENTRY ("a-4.6-1m") "," ENTRY ("a-4.6-fast") "," ENTRY ("a-4.6")), "a-*", "a-4.6" },
    { LIST (ENTRY ("a-4.6") "," ENTRY ("a-4.6-1m") "," ENTRY ("a-4.5-1m")), "a-*-1m", "a-4.6-1m" },
    { LIST (ENTRY ("a-5-mini") "," ENTRY ("a-4")), "a-*", "a-5-mini" },
    { LIST (DISABLED ("a-5") "," ENTRY ("a-4")), "a-*", "a-4" },
    { LIST (DISABLED ("a-4") "," DISABLED ("a-5")), "a-*", "a-5" },
    { LIST (KIND ("a-5", "embeddings") "," ENTRY ("a-4")), "a-*", "a-4" },
    { LIST (ENTRY ("A-5") "," ENTRY ("a-4")), "a-*", "A-5" },
    { LIST (ENTRY ("a-5") "," ENTRY ("a-4")), "A-?", "a-5" },
    { LIST (ENTRY ("a-x") "," ENTRY ("a-y")), "a-*", "a-x" },
    { LIST (ENTRY ("a-1.2.3.4.5.6") "," ENTRY ("a-1.2.3.4")), "a-*", "a-1.2.3.4.5.6" },
    { LIST (ENTRY ("b")), "a-*", "wanted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_newest (rows[i].list, rows[i].pattern, rows[i].expected);
}

/* Without the prefix table, which would take every unknown claude-…. */
static void
test_spellings (Fixture *self, gconstpointer data)
{
  static const Row rows[] = {
    { "GPT-4.1", "gpt-4.1", JUMP_MAPPED_SPELLING },
    { "models/gemini-2.5-pro", "gemini-2.5-pro", JUMP_MAPPED_SPELLING },
    { "openai/gpt-4o", "gpt-4o", JUMP_MAPPED_SPELLING },
    { "github_copilot/OpenAI/gpt-4o", "gpt-4o", JUMP_MAPPED_SPELLING },
    { "gpt-4o:latest", "gpt-4o", JUMP_MAPPED_SPELLING },
    { " gpt-4o ", "gpt-4o", JUMP_MAPPED_SPELLING },
    { "gpt-4o-2024-11-20", "gpt-4o", JUMP_MAPPED_SPELLING },
    { "gpt-4o-2024-08-06", "gpt-4o", JUMP_MAPPED_SPELLING },
    { "gpt-4.1-2025-04-14", "gpt-4.1", JUMP_MAPPED_SPELLING },
    { "gpt-4o-mini-2024-07-18", "gpt-4o-mini", JUMP_MAPPED_SPELLING },
    { "gpt-4-1", "gpt-4.1", JUMP_MAPPED_SPELLING },
    { "claude-sonnet-4-6", "claude-sonnet-4.6", JUMP_MAPPED_SPELLING },
    { "claude-sonnet-4-20250514", "claude-sonnet-4", JUMP_MAPPED_SPELLING },
    { "claude-sonnet-4@20250514", "claude-sonnet-4", JUMP_MAPPED_SPELLING },
    { "claude-haiku-4-5-20251001", "claude-haiku-4.5", JUMP_MAPPED_SPELLING },
    { "claude-opus-4-8", "claude-opus-4.8", JUMP_MAPPED_SPELLING },
    { "claude-opus-4-8[1m]", "claude-opus-4.8", JUMP_MAPPED_SPELLING },
    { "claude-opus-4-6[1m]", "claude-opus-4.6-1m", JUMP_MAPPED_SPELLING },
    { "claude-opus-4-6-20260101[1M]", "claude-opus-4.6-1m", JUMP_MAPPED_SPELLING },
    { "claude-opus-4.6[1m]", "claude-opus-4.6-1m", JUMP_MAPPED_SPELLING },
    { "anthropic/claude-3-5-sonnet-20241022", "claude-3.5-sonnet", JUMP_MAPPED_SPELLING },
    { "claude-3-7-sonnet-latest", "claude-3.7-sonnet", JUMP_MAPPED_SPELLING },
    { "claude-4.5-sonnet", "claude-sonnet-4.5", JUMP_MAPPED_SPELLING },
    { "claude-sonnet-3.7-thought", "claude-3.7-sonnet-thought", JUMP_MAPPED_SPELLING },
    { "claude-sonnet-9-9", "claude-sonnet-9-9", JUMP_MAPPED_UNKNOWN },
    { "claude-sonnet-4-2025051", "claude-sonnet-4-2025051", JUMP_MAPPED_UNKNOWN },
    { "-20250514", "-20250514", JUMP_MAPPED_UNKNOWN },
    { "[1m]", "[1m]", JUMP_MAPPED_UNKNOWN },
    { "gpt-4.12", "gpt-4.12", JUMP_MAPPED_UNKNOWN },
    { "/", "/", JUMP_MAPPED_UNKNOWN },
  };
  JumpModelMapping *tables = self->mapping;

  self->mapping = jump_model_mapping_new (NULL, NULL, NULL);
  check (self, rows, G_N_ELEMENTS (rows));
  jump_model_mapping_free (self->mapping);
  self->mapping = tables;
}

static void
test_nearest (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *first; /* (nullable): nothing looks like it */
  } rows[] = {
    { "gpt-4oo", "gpt-4o" },
    { "gtp-4o", "gpt-4o" },
    { "GPT4.1", "gpt-4.1" },
    { "claude-sonet-4.6", "claude-sonnet-4.6" },
    { "claude-opus-4.7", "claude-opus-4.6" },
    { "gemini-2.5-pro-exp", "gemini-2.5-pro" },
    { "sonnett", "sonnet" },
    { "embedding-3-small", "text-embedding-3-small" },
    { "o3-mimi", "o3-mini" },
    { "zzzzzzzzzzzzzzzzzzzz", NULL },
    { "", NULL },
  };
  g_autofree char *huge = g_strnfill (1000000, 'g');
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) of_huge = jump_model_nearest (self->mapping, self->catalog, huge, 3);

  g_assert_cmpuint (g_strv_length (of_huge), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) names = jump_model_nearest (self->mapping, self->catalog, rows[i].name, 3);
      g_autofree char *joined = g_strjoinv (", ", names);

      g_test_message ("%s: %s", rows[i].name, joined);
      g_assert_cmpuint (g_strv_length (names), <=, 3);
      g_assert_cmpstr (names[0], ==, rows[i].first);
      g_assert_null (strstr (joined, "grok"));
    }
  none = jump_model_nearest (self->mapping, self->catalog, "gpt-4", 0);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/model-mapping/tables", Fixture, MAIN_LIST, set_up, test_tables, tear_down);
  g_test_add ("/model-mapping/newest", Fixture, MAIN_LIST, set_up, test_newest, tear_down);
  g_test_add ("/model-mapping/family", Fixture, MAIN_LIST, set_up, test_family, tear_down);
  g_test_add_func ("/model-mapping/order", test_order);
  g_test_add ("/model-mapping/spellings", Fixture, MAIN_LIST, set_up, test_spellings, tear_down);
  g_test_add ("/model-mapping/nearest", Fixture, MAIN_LIST, set_up, test_nearest, tear_down);
  return g_test_run ();
}
