/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/history-stage.h"

#define BASE G_GINT64_CONSTANT (1800000000)

typedef struct
{
  const char *name;
  JumpHistoryQuery query;
  const char *ids; /* what is found, in a row */
} Case;

/* a to f, a the oldest; f was imported and is the oldest of all. */
static void
fill (HistoryStage *stage)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  g_autoptr (JumpExchangeRecord) b = history_stage_make_record ("b", 2, 20);
  g_autoptr (JumpExchangeRecord) c = history_stage_make_record ("c", 3, 30);
  g_autoptr (JumpExchangeRecord) d = history_stage_make_record ("d", 4, 40);
  g_autoptr (JumpExchangeRecord) e = history_stage_make_record ("e", 5, 50);
  g_autoptr (GPtrArray) imported =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);

  jump_history_store_set_policy (stage->store, &policy);
  history_stage_add (stage, "a", 1, 10);
  g_free (b->used_model);
  b->used_model = g_strdup ("claude-sonnet-4.5");
  b->api = "messages";
  b->session = g_strdup ("Überlegung");
  jump_history_store_add (stage->store, b);
  c->status = 429;
  c->error = g_strdup ("rate limit 100% reached_by \"you\"");
  c->client_key = g_strdup ("key-1");
  jump_history_store_add (stage->store, c);
  history_stage_give_bodies (
      d,
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Draw a pelican\\non a bicycle, "
      "caf\\u00e9 style: 東京都の天気\"}]}",
      "data: {\"choices\":[{\"delta\":{\"content\":\"A won\"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"derful \"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"bird\"}}]}\n\ndata: [DONE]\n\n");
  jump_history_store_add (stage->store, d);
  g_free (e->client_name);
  e->client_name = g_strdup ("codex");
  e->status = 503;
  jump_history_store_add (stage->store, e);
  g_ptr_array_add (imported, history_stage_make_record ("f", -1000, 60));
  g_assert_cmpint (history_stage_import (stage, imported), ==, 1);
}

static void
check_cases (HistoryStage *stage, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *ids = history_stage_find_ids (stage, &cases[i].query);
      g_autoptr (JumpHistoryPage) page = history_stage_find (stage, &cases[i].query);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (ids, ==, cases[i].ids);
      g_assert_false (page->is_total_cut);
      if (cases[i].query.per_page == 0)
        g_assert_cmpuint (page->total, ==, page->records->len);
    }
}

static void
test_filters (HistoryStage *stage, gconstpointer data)
{
  static const Case cases[] = {
    { "all", { 0 }, "e d c b a f" },
    { "oldest first", { .is_oldest_first = TRUE }, "a b c d e f" },
    { "own", { .excludes_imported = TRUE }, "e d c b a" },
    { "model", { .model = "claude-sonnet-4.5" }, "b" },
    { "no such model", { .model = "claude" }, "" },
    { "api", { .api = "messages" }, "b" },
    { "client", { .client = "codex" }, "e" },
    { "key", { .client_key = "key-1" }, "c" },
    { "session", { .session = "Überlegung" }, "b" },
    { "status", { .status = 200 }, "d b a f" },
    { "one status", { .status = 429 }, "c" },
    { "hundreds", { .status = 4 }, "c" },
    { "other hundreds", { .status = 5 }, "e" },
    { "good ones", { .status = 2 }, "d b a f" },
    { "from", { .from = BASE + 3 }, "e d c" },
    { "until", { .until = BASE + 3 }, "b a f" },
    { "between", { .from = BASE + 2, .until = BASE + 4 }, "c b" },
    { "metric", { .metric = JUMP_METRIC_INPUT_TOKENS, .at_least = 20, .below = 50 }, "d c b" },
    { "open metric", { .metric = JUMP_METRIC_NANO_AIU, .at_least = 50000000 }, "e f" },
    { "two", { .status = 200, .client = "tester", .from = BASE }, "d b a" },
    { "page", { .per_page = 2, .page = 2 }, "c b" },
    { "page behind the end", { .per_page = 2, .page = 9 }, "" },
  };

  fill (stage);
  check_cases (stage, cases, G_N_ELEMENTS (cases));
}

/* Part of something, without case; nothing in it means anything but itself. */
static void
test_text (HistoryStage *stage, gconstpointer data)
{
  static const Case cases[] = {
    { "model", { .text = "SONNET" }, "b" },
    { "path", { .text = "chat/comp" }, "e d c b a f" },
    { "client", { .text = "Codex" }, "e" },
    { "session, other case", { .text = "überLEGUNG" }, "b" },
    { "error", { .text = "RATE limit" }, "c" },
    { "no pattern", { .text = "100%" }, "c" },
    { "no pattern either", { .text = "reached_by" }, "c" },
    { "pattern", { .text = "r%t" }, "" },
    { "quotes", { .text = "\"you\"" }, "c" },
    { "SQL", { .text = "' OR 1 --" }, "" },
    { "not in bodies", { .text = "pelican" }, "" },
    { "with a status", { .text = "tester", .status = 4 }, "c" },
    { "empty", { .text = "" }, "e d c b a f" },
  };

  fill (stage);
  check_cases (stage, cases, G_N_ELEMENTS (cases));
}

static void
test_full_text (HistoryStage *stage, gconstpointer data)
{
  static const Case cases[] = {
    { "question", { .full_text = "pelican" }, "d" },
    { "other case", { .full_text = "PELICAN Bicycle" }, "d" },
    { "behind a line's end", { .full_text = "on" }, "d" },
    { "start of a word", { .full_text = "pelican bicy" }, "d" },
    { "start of the first word", { .full_text = "peli bicycle" }, "" },
    { "pieces of a stream", { .full_text = "wonderful bird" }, "d" },
    { "half a piece", { .full_text = "derful" }, "" },
    { "without accents", { .full_text = "cafe" }, "d" },
    { "middle of a script without spaces", { .full_text = "京都" }, "d" },
    { "other order", { .full_text = "都京" }, "" },
    { "one sign", { .full_text = "天" }, "d" },
    { "names of members", { .full_text = "messages pelican" }, "" },
    { "model and question", { .full_text = "gpt-4.1 pelican" }, "d" },
    { "model", { .full_text = "claude-sonnet-4.5" }, "b" },
    { "error", { .full_text = "rate limit" }, "c" },
    { "with a client", { .full_text = "chat", .client = "codex" }, "e" },
    { "operators", { .full_text = "pelican NOT bicycle" }, "" },
    { "syntax", { .full_text = "\"pelican* (^said: {NEAR" }, "" },
    { "quotes in it", { .full_text = "\"pelican\" 'bicycle'" }, "d" },
    { "signs only", { .full_text = "\"*()-" }, "" },
    { "nothing", { .full_text = "" }, "" },
    { "both texts", { .full_text = "pelican", .text = "gpt" }, "d" },
    { "oldest first", { .full_text = "chat", .is_oldest_first = TRUE }, "a b c d e f" },
    { "newest first", { .full_text = "completions" }, "e d c b a f" },
  };

  fill (stage);
  check_cases (stage, cases, G_N_ELEMENTS (cases));
}

/* What is taken out is found no more, and the rest still is. */
static void
test_full_text_after_removal (HistoryStage *stage, gconstpointer data)
{
  static const Case without_body[] = {
    { "question", { .full_text = "pelican" }, "" },
    { "model", { .full_text = "gpt-4.1", .client = "tester" }, "d c a f" },
  };
  static const Case without_row[] = {
    { "model", { .full_text = "gpt-4.1" }, "e d" },
    { "error", { .full_text = "limit" }, "" },
  };

  fill (stage);
  g_assert_cmpint (history_stage_purge (stage, TRUE, 0), ==, 1);
  check_cases (stage, without_body, G_N_ELEMENTS (without_body));
  g_assert_cmpint (history_stage_purge (stage, FALSE, BASE + 4), ==, 4);
  check_cases (stage, without_row, G_N_ELEMENTS (without_row));
}

/* Whole pages one behind the other, while others are written. */
static void
test_going_on (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryQuery query = { .is_oldest_first = TRUE, .per_page = 2 };
  g_autoptr (GString) ids = g_string_new (NULL);

  fill (stage);
  do
    {
      g_autoptr (JumpHistoryPage) page = history_stage_find (stage, &query);

      for (guint i = 0; i < page->records->len; i++)
        g_string_append (ids, ((JumpExchangeRecord *) g_ptr_array_index (page->records, i))->id);
      query.after_row = page->last_row;
      if (ids->len == 4)
        history_stage_add (stage, "g", -5000, 1);
    }
  while (query.after_row != 0);
  g_assert_cmpstr (ids->str, ==, "abcdefg");
}

static void
test_with_bodies (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryQuery query = { .full_text = "pelican", .with_bodies = TRUE };
  g_autoptr (JumpHistoryPage) page = NULL;
  const JumpExchangeRecord *record;

  fill (stage);
  page = history_stage_find (stage, &query);
  g_assert_cmpuint (page->records->len, ==, 1);
  record = g_ptr_array_index (page->records, 0);
  g_assert_nonnull (record->request_body);
  g_assert_nonnull (record->reply_body);
}

/* What is kept may end anywhere, and need not be JSON. */
static void
test_cut_bodies (HistoryStage *stage, gconstpointer data)
{
  static const char *const bodies[] = { "{\"a\":\"pelican \\",
                                        "{\"a\":\"pelican \\u00",
                                        "\"pelican",
                                        "{\"pelican\"",
                                        "\"",
                                        "\\",
                                        "pelican",
                                        "{\"a\":\"\\ud83d\\u\"" };
  JumpHistoryPolicy policy = history_stage_get_policy ();
  JumpHistoryQuery query = { .full_text = "pelican" };
  g_autofree char *ids = NULL;

  jump_history_store_set_policy (stage->store, &policy);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (JumpExchangeRecord) record = history_stage_make_record (id, i, 1);

      history_stage_give_bodies (record, bodies[i], bodies[i]);
      jump_history_store_add (stage->store, record);
    }
  ids = history_stage_find_ids (stage, &query);
  g_assert_cmpstr (ids, ==, "3 2 1 0");
}

/* More than are counted: both ways of finding give the same first page. */
static void
test_many (HistoryStage *stage, gconstpointer data)
{
  static const JumpHistoryQuery queries[] = {
    { .model = "gpt-4.1", .per_page = 3 },
    { .text = "gpt-4.1", .per_page = 3 },
    { .full_text = "gpt-4.1", .per_page = 3 },
    { .from = 1, .per_page = 3 },
  };
  JumpHistoryQuery all = { .per_page = 3 };
  g_autoptr (JumpHistoryPage) page = NULL;

  for (guint i = 0; i < 10050; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      history_stage_add (stage, id, i, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *ids = history_stage_find_ids (stage, &queries[i]);
      g_autoptr (JumpHistoryPage) found = history_stage_find (stage, &queries[i]);

      g_assert_cmpstr (ids, ==, "10049 10048 10047");
      g_assert_true (found->is_total_cut);
      g_assert_cmpuint (found->total, ==, 10000);
    }
  page = history_stage_find (stage, &all);
  g_assert_cmpuint (page->total, ==, 10050);
  g_assert_false (page->is_total_cut);
}

#define ADD(name, func) \
  g_test_add (name, HistoryStage, NULL, history_stage_set_up, func, history_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-search/filters", test_filters);
  ADD ("/history-search/text", test_text);
  ADD ("/history-search/full-text", test_full_text);
  ADD ("/history-search/full-text-after-removal", test_full_text_after_removal);
  ADD ("/history-search/going-on", test_going_on);
  ADD ("/history-search/with-bodies", test_with_bodies);
  ADD ("/history-search/cut-bodies", test_cut_bodies);
  ADD ("/history-search/many", test_many);
  return g_test_run ();
}
