/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/cooldown.h"

/* One row is one step at a time in seconds. */
typedef enum
{
  LIMIT,  /* @code, @model and @value: seconds told, -1 none */
  REFUSE, /* a refusal without a reason; @value: whether it begins a cooldown */
  SERVE,  /* @model was answered */
  FIND,   /* @value: seconds that @model has to wait, 0 none */
  ALL,    /* @value: seconds that everything has to wait */
  END,    /* @value: seconds until the next one is over, -1 none */
} Step;

typedef struct
{
  gint64 at;
  Step step;
  const char *code;
  const char *model;
  gint64 value;
} Row;

static guint
get_seconds (const JumpCooldown *cooldown, gint64 now)
{
  return cooldown == NULL ? 0 : jump_cooldown_get_seconds (cooldown, now);
}

static void
play (const Row *rows, guint n_rows)
{
  g_autoptr (JumpCooldownBook) book = jump_cooldown_book_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      const Row *row = &rows[i];
      gint64 now = (1800000000 + row->at) * G_USEC_PER_SEC;
      g_autoptr (JumpLimitNotice) notice = NULL;

      g_test_message ("row %u", i);
      switch (row->step)
        {
        case LIMIT:
          notice = jump_limit_notice_new_for_code (row->code, row->value);
          jump_cooldown_book_note (book, notice, row->model, now);
          break;
        case REFUSE:
          g_assert_cmpint (jump_cooldown_book_note_refusal (book, "no", now), ==, row->value);
          break;
        case SERVE:
          jump_cooldown_book_note_success (book, row->model, now);
          break;
        case FIND:
          g_assert_cmpuint (get_seconds (jump_cooldown_book_find (book, row->model, now), now),
                            ==,
                            row->value);
          break;
        case ALL:
          g_assert_cmpuint (get_seconds (jump_cooldown_book_find_general (book, now), now),
                            ==,
                            row->value);
          break;
        case END:
          g_assert_cmpint (jump_cooldown_book_get_next_end (book, now),
                           ==,
                           row->value < 0 ? -1 : row->value * G_USEC_PER_SEC);
          break;
        }
    }
}

#define MODEL   "user_model_rate_limited"
#define ACCOUNT "user_global_rate_limited"
#define CLIENT  "integration_rate_limited"

static void
test_scopes (void)
{
  static const Row rows[] = {
    { 0, FIND, NULL, "a", 0 },     { 0, END, NULL, NULL, -1 },
    { 0, LIMIT, MODEL, "a", 20 },  { 0, FIND, NULL, "a", 20 },
    { 0, FIND, NULL, "b", 0 },     { 0, FIND, NULL, NULL, 0 },
    { 0, ALL, NULL, NULL, 0 },     { 5, LIMIT, CLIENT, "b", 10 },
    { 5, FIND, NULL, "a", 15 },    { 5, FIND, NULL, "b", 10 },
    { 5, FIND, NULL, NULL, 10 },   { 5, ALL, NULL, NULL, 10 },
    { 5, END, NULL, NULL, 10 },    { 10, LIMIT, ACCOUNT, NULL, 6311 },
    { 10, FIND, NULL, "a", 6311 }, { 10, END, NULL, NULL, 5 },
    { 6320, FIND, NULL, "c", 1 },  { 6321, FIND, NULL, "c", 0 },
    { 6321, END, NULL, NULL, -1 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

/* A minute, then twice as long each time, five minutes at most; what comes together counts once. */
static void
test_untold (void)
{
  static const Row rows[] = {
    { 0, LIMIT, MODEL, "a", -1 },   { 0, LIMIT, MODEL, "a", -1 },   { 30, LIMIT, MODEL, "a", -1 },
    { 30, FIND, NULL, "a", 30 },    { 60, FIND, NULL, "a", 0 },     { 60, LIMIT, MODEL, "a", -1 },
    { 60, FIND, NULL, "a", 120 },   { 200, LIMIT, MODEL, "a", -1 }, { 200, FIND, NULL, "a", 240 },
    { 500, LIMIT, MODEL, "a", -1 }, { 500, FIND, NULL, "a", 300 },  { 900, LIMIT, MODEL, "a", -1 },
    { 900, FIND, NULL, "a", 300 },  { 1300, SERVE, NULL, "b", 0 },  { 1300, LIMIT, MODEL, "a", -1 },
    { 1300, FIND, NULL, "a", 300 }, { 1700, SERVE, NULL, "a", 0 },  { 1700, LIMIT, MODEL, "a", -1 },
    { 1700, FIND, NULL, "a", 60 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

/* The longer word counts, and an answer to an older request ends nothing. */
static void
test_overlap (void)
{
  static const Row rows[] = {
    { 0, LIMIT, ACCOUNT, NULL, 100 },
    { 10, LIMIT, ACCOUNT, NULL, 5 },
    { 10, ALL, NULL, NULL, 90 },
    { 10, LIMIT, ACCOUNT, NULL, 200 },
    { 10, ALL, NULL, NULL, 200 },
    { 11, SERVE, NULL, "a", 0 },
    { 11, ALL, NULL, NULL, 199 },
    { 11, LIMIT, ACCOUNT, NULL, 0 },
    { 300, LIMIT, ACCOUNT, NULL, 0 },
    { 300, ALL, NULL, NULL, 1 },
    { 400, LIMIT, ACCOUNT, NULL, 9999999 },
    { 400, ALL, NULL, NULL, 7 * 24 * 3600 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
test_refusals (void)
{
  static const Row rows[] = {
    { 0, REFUSE, NULL, NULL, FALSE },   { 6, REFUSE, NULL, NULL, FALSE },
    { 11, REFUSE, NULL, NULL, FALSE },  { 11, ALL, NULL, NULL, 0 },
    { 12, REFUSE, NULL, NULL, TRUE },   { 12, ALL, NULL, NULL, 60 },
    { 12, FIND, NULL, "a", 60 },        { 72, ALL, NULL, NULL, 0 },
    { 80, REFUSE, NULL, NULL, FALSE },  { 80, REFUSE, NULL, NULL, FALSE },
    { 80, REFUSE, NULL, NULL, TRUE },   { 80, ALL, NULL, NULL, 120 },
    { 300, SERVE, NULL, "a", 0 },       { 301, REFUSE, NULL, NULL, FALSE },
    { 301, REFUSE, NULL, NULL, FALSE }, { 302, SERVE, NULL, "b", 0 },
    { 302, REFUSE, NULL, NULL, FALSE }, { 303, REFUSE, NULL, NULL, FALSE },
    { 303, REFUSE, NULL, NULL, TRUE },  { 303, ALL, NULL, NULL, 60 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

/* Somebody sets the clock back by a day: the limit is not a day longer by that. */
static void
test_clock_set_back (void)
{
  static const Row rows[] = {
    { 0, LIMIT, ACCOUNT, NULL, 60 }, { -86400, ALL, NULL, NULL, 60 },
    { -86370, ALL, NULL, NULL, 30 }, { -86340, ALL, NULL, NULL, 0 },
    { 0, LIMIT, ACCOUNT, NULL, 60 }, { 86400, ALL, NULL, NULL, 0 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
count (const JumpCooldown *cooldown, guint seconds, gpointer user_data)
{
  *(guint *) user_data += seconds;
}

static void
test_words (void)
{
  g_autoptr (JumpCooldownBook) book = jump_cooldown_book_new ();
  g_autoptr (JumpLimitNotice) notice = jump_limit_notice_new_for_code (MODEL ":pro", 30);
  gint64 now = 1800000000 * (gint64) G_USEC_PER_SEC;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  guint sum = 0;

  jump_cooldown_book_note (book, notice, "a", now);
  ours = jump_cooldown_dup_message (jump_cooldown_book_find (book, "a", now), now + 1);
  g_assert_cmpstr (ours, ==, "upstream limits requests for this model (try again in 30 s)");
  notice->message = g_strdup ("Slow down.");
  jump_cooldown_book_note (book, notice, "a", now);
  now += 1500000;
  theirs = jump_cooldown_dup_message (jump_cooldown_book_find (book, "a", now), now);
  g_assert_cmpstr (theirs, ==, "Slow down. (try again in 29 s)");
  g_assert_cmpstr (jump_cooldown_book_find (book, "a", now)->code, ==, MODEL);

  jump_cooldown_book_note (book, notice, "b", now);
  jump_cooldown_book_foreach (book, now, count, &sum);
  g_assert_cmpuint (sum, ==, 29 + 30);
  jump_cooldown_book_clear_scope (book, JUMP_LIMIT_SCOPE_ACCOUNT);
  g_assert_nonnull (jump_cooldown_book_find (book, "a", now));
  jump_cooldown_book_clear_scope (book, JUMP_LIMIT_SCOPE_MODEL);
  g_assert_null (jump_cooldown_book_find (book, "a", now));
  jump_cooldown_book_note (book, notice, "a", now);
  jump_cooldown_book_clear (book);
  g_assert_null (jump_cooldown_book_find (book, "a", now));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cooldown/scopes", test_scopes);
  g_test_add_func ("/cooldown/untold", test_untold);
  g_test_add_func ("/cooldown/overlap", test_overlap);
  g_test_add_func ("/cooldown/refusals", test_refusals);
  g_test_add_func ("/cooldown/clock-set-back", test_clock_set_back);
  g_test_add_func ("/cooldown/words", test_words);
  return g_test_run ();
}
