/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/budget.h"
#include "tests/support/clock-fake.h"
#include "tests/support/signal-log.h"

#include <string.h>

/* The clock begins at 1 800 000 000 s: Friday, 15 January 2027, 08:00 UTC. */
#define START   G_GINT64_CONSTANT (1800000000)
#define HOUR_MS (60 * 60 * G_GUINT64_CONSTANT (1000))
#define DAY     (24 * 60 * 60)
#define NANO    G_GINT64_CONSTANT (1000000000)

typedef struct
{
  JumpClock *clock;   /* (owned) */
  JumpBudget *budget; /* (owned) */
  JumpSignalLog *log; /* (owned): what was crossed */
} Stage;

static Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);

  self->clock = jump_clock_fake_new ();
  self->budget = jump_budget_new (self->clock);
  self->log = jump_signal_log_new ();
  jump_signal_log_attach (self->log, G_OBJECT (self->budget), "crossed");
  return self;
}

static void
stage_free (Stage *self)
{
  jump_signal_log_free (self->log);
  g_object_unref (self->budget);
  g_object_unref (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

/* @...: names and values, up to NULL. */
static G_GNUC_NULL_TERMINATED void
set_limits (Stage *self, ...)
{
  GPtrArray *limits = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_budget_limit_free);
  va_list rows;
  const char *name;

  va_start (rows, self);
  while ((name = va_arg (rows, const char *)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      JumpBudgetLimit *limit = jump_budget_limit_parse (name, va_arg (rows, const char *), &error);

      g_assert_no_error (error);
      g_ptr_array_add (limits, limit);
    }
  va_end (rows);
  jump_budget_set_limits (self->budget, limits);
}

static void
spend (Stage *self, const char *key, const char *model, const char *session, double credits)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  record->status = 200;
  record->api = "chat";
  record->client_key = g_strdup (key);
  record->used_model = g_strdup (model);
  record->session = g_strdup (session);
  record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  record->usage.nano_aiu = (gint64) (credits * NANO);
  jump_budget_add (self->budget, record);
}

static JumpSpendingAction
check_full (Stage *self,
            const char *key,
            const char *model,
            const char *session,
            JumpSpendingVerdict *out_verdict)
{
  JumpSpendingQuestion question = { key, session, model };

  jump_budget_check (self->budget, &question, out_verdict);
  return out_verdict->action;
}

static JumpSpendingAction
check (Stage *self, const char *key, const char *model, const char *session)
{
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  return check_full (self, key, model, session, &verdict);
}

static JumpBudgetState
get_state (Stage *self, guint i)
{
  g_autoptr (GArray) states = jump_budget_get_states (self->budget);

  g_assert_cmpuint (i, <, states->len);
  return g_array_index (states, JumpBudgetState, i);
}

static void
test_crossings (void)
{
  g_autoptr (Stage) stage = stage_new ();

  set_limits (stage, "day", "10 warn", "month", "100 warn", NULL);
  spend (stage, NULL, "m", NULL, 4.9);
  jump_signal_log_assert (stage->log, NULL);
  spend (stage, NULL, "m", NULL, 0.1);
  jump_signal_log_assert (stage->log, "crossed (\"day\", 50)", NULL);
  spend (stage, NULL, "m", NULL, 2);
  jump_signal_log_assert (stage->log, NULL);
  spend (stage, NULL, "m", NULL, 2.6);
  jump_signal_log_assert (stage->log, "crossed (\"day\", 95)", NULL);
  spend (stage, NULL, "m", NULL, 1);
  jump_signal_log_assert (stage->log, "crossed (\"day\", 100)", NULL);
  spend (stage, NULL, "m", NULL, 100);
  jump_signal_log_assert (stage->log, "crossed (\"month\", 100)", NULL);
  g_assert_cmpint (check (stage, NULL, "m", NULL), ==, JUMP_SPENDING_GO);
  /* the next day has crossings of its own, the month goes on */
  jump_clock_fake_advance (stage->clock, 16 * HOUR_MS);
  g_assert_cmpuint (get_state (stage, 0).crossed, ==, 0);
  g_assert_cmpuint (get_state (stage, 1).crossed, ==, 100);
  spend (stage, NULL, "m", NULL, 6);
  jump_signal_log_assert (stage->log, "crossed (\"day\", 50)", NULL);
}

static void
test_midnight_and_month (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  set_limits (stage, "day", "1 refuse", "month", "3 refuse", NULL);
  spend (stage, NULL, "m", NULL, 1.5);
  jump_signal_log_clear (stage->log);
  g_assert_cmpint (check_full (stage, NULL, "m", NULL, &verdict), ==, JUMP_SPENDING_STOP);
  g_assert_cmpuint (verdict.retry_after, ==, 16 * 3600);
  g_assert_cmpstr (verdict.message,
                   ==,
                   "the budget for today is used up: 1.5 of 1 credits; it is renewed at 2027-01-16 "
                   "00:00 (Jumpseat's setting budgets.day)");
  /* a laptop that sleeps over midnight */
  jump_clock_fake_sleep (stage->clock, 16 * 3600 - 1);
  g_assert_cmpint (check (stage, NULL, "m", NULL), ==, JUMP_SPENDING_STOP);
  jump_clock_fake_sleep (stage->clock, 1);
  g_assert_cmpint (check (stage, NULL, "m", NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpint (get_state (stage, 0).since, ==, START + 16 * 3600);
  g_assert_cmpint (get_state (stage, 0).until, ==, START + 16 * 3600 + DAY);
  g_assert_cmpfloat (get_state (stage, 1).used, ==, 1.5);
  spend (stage, NULL, "m", NULL, 2);
  jump_signal_log_clear (stage->log);
  jump_clock_fake_sleep (stage->clock, 2 * DAY);
  jump_spending_verdict_clear (&verdict);
  /* 18 January: the month is what lasts longer */
  g_assert_cmpint (check_full (stage, NULL, "m", NULL, &verdict), ==, JUMP_SPENDING_STOP);
  g_assert_cmpuint (verdict.retry_after, ==, 14 * DAY);
  g_assert_nonnull (strstr (verdict.message, "this month is used up: 3.5 of 3"));
  jump_clock_fake_sleep (stage->clock, 14 * DAY);
  g_assert_cmpint (check (stage, NULL, "m", NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpfloat (get_state (stage, 1).used, ==, 0);
}

/* In Berlin 28 March 2027 has 23 hours and 31 October has 25. */
static void
test_clock_change (void)
{
  g_autoptr (Stage) stage = NULL;
  JumpBudgetState state;

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  stage = stage_new ();
  set_limits (stage, "day", "1 warn", "month", "1 warn", NULL);
  jump_clock_fake_sleep (stage->clock, 72 * DAY);
  state = get_state (stage, 0);
  g_assert_cmpint (state.until - state.since, ==, 23 * 3600);
  state = get_state (stage, 1);
  g_assert_cmpint (state.until - state.since, ==, 31 * DAY - 3600);
  jump_clock_fake_sleep (stage->clock, 217 * DAY);
  state = get_state (stage, 0);
  g_assert_cmpint (state.until - state.since, ==, 25 * 3600);
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_keys_and_models (void)
{
  g_autoptr (Stage) stage = stage_new ();

  set_limits (stage,
              "day key:laptop",
              "2 refuse",
              "day key:bbbb model:gpt-5",
              "1 ask",
              "day model:Claude-Opus-*",
              "3 refuse",
              NULL);
  jump_budget_set_key_name (stage->budget, "aaaa", "laptop");
  spend (stage, "aaaa", "gpt-4.1", NULL, 2);
  spend (stage, "bbbb", "gpt-5", NULL, 1);
  spend (stage, "bbbb", "gpt-5-mini", NULL, 50);
  spend (stage, NULL, "claude-opus-4.6", NULL, 2);
  spend (stage, "bbbb", "claude-opus-5", NULL, 1);
  jump_signal_log_clear (stage->log);
  g_assert_cmpint (check (stage, "aaaa", "gpt-5", NULL), ==, JUMP_SPENDING_STOP);
  g_assert_cmpint (check (stage, "bbbb", "gpt-4.1", NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpint (check (stage, "bbbb", "gpt-5", NULL), ==, JUMP_SPENDING_ASK);
  g_assert_cmpint (check (stage, "cccc", "claude-opus-4.5", NULL), ==, JUMP_SPENDING_STOP);
  g_assert_cmpint (check (stage, NULL, "claude-sonnet-5", NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpint (check (stage, NULL, NULL, NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpfloat (get_state (stage, 1).used, ==, 1);
  /* what was spent before a limit was set counts for it, too */
  set_limits (stage, "day key:bbbb", "52 refuse", NULL);
  g_assert_cmpfloat (get_state (stage, 0).used, ==, 52);
  g_assert_cmpint (check (stage, "bbbb", "gpt-4.1", NULL), ==, JUMP_SPENDING_STOP);
  jump_signal_log_assert (stage->log, NULL);
}

static void
test_sessions (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  set_limits (stage, "session", "1 refuse", NULL);
  spend (stage, NULL, "m", "one", 0.6);
  spend (stage, NULL, "m", "two", 0.7);
  spend (stage, NULL, "m", NULL, 9);
  g_assert_cmpint (check (stage, NULL, "m", "one"), ==, JUMP_SPENDING_GO);
  spend (stage, NULL, "other", "one", 0.4);
  g_assert_cmpint (check_full (stage, NULL, "m", "one", &verdict), ==, JUMP_SPENDING_STOP);
  g_assert_cmpuint (verdict.retry_after, ==, 0);
  g_assert_nonnull (strstr (verdict.message, "a new conversation has one of its own"));
  g_assert_cmpint (check (stage, NULL, "m", "two"), ==, JUMP_SPENDING_GO);
  g_assert_cmpint (check (stage, NULL, "m", NULL), ==, JUMP_SPENDING_GO);
  g_assert_cmpfloat (get_state (stage, 0).used, ==, 1);
  g_assert_cmpint (get_state (stage, 0).until, ==, 0);
  jump_signal_log_clear (stage->log);
  /* only so many are remembered: the ones used last */
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("session-%u", i);

      spend (stage, NULL, "m", name, 0.1);
    }
  g_assert_cmpint (check (stage, NULL, "m", "one"), ==, JUMP_SPENDING_GO);
  spend (stage, NULL, "m", "session-999", 2);
  g_assert_cmpint (check (stage, NULL, "m", "session-999"), ==, JUMP_SPENDING_STOP);
  jump_signal_log_assert (stage->log, "crossed (\"session\", 100)", NULL);
}

typedef struct
{
  const char *rows[8];
  const char *cheaper; /* (nullable): of the settings */
  JumpSpendingAction action;
  const char *model; /* (nullable): to use instead */
  const char *says;  /* (nullable): part of the message */
} Case;

/* Ten credits of "big" are spent. */
static const Case cases[] = {
  { { "day", "13 refuse" }, NULL, JUMP_SPENDING_GO, NULL, NULL },
  { { "day", "10 warn" }, NULL, JUMP_SPENDING_GO, NULL, NULL },
  { { "day", "10 ask", "month", "10 refuse" }, NULL, JUMP_SPENDING_STOP, NULL, "month" },
  { { "month", "10 warn", "day", "5 ask" }, NULL, JUMP_SPENDING_ASK, NULL, "today" },
  { { "day", "10 cheaper mini" }, "small", JUMP_SPENDING_CHEAPER, "mini", "today" },
  { { "day", "10 cheaper" }, "small", JUMP_SPENDING_CHEAPER, "small", "today" },
  { { "day", "10 ask", "day model:big", "10 cheaper" },
    "small",
    JUMP_SPENDING_CHEAPER,
    "small",
    "big" },
  /* nothing is cheaper, or it is the one that was asked for: the next limit counts */
  { { "day", "10 cheaper" }, NULL, JUMP_SPENDING_GO, NULL, NULL },
  { { "day", "10 cheaper", "month", "10 ask" }, "BIG", JUMP_SPENDING_ASK, NULL, "month" },
  /* the cheaper one has limits of its own */
  { { "day model:big", "10 cheaper mini", "day model:mini", "1 refuse" },
    NULL,
    JUMP_SPENDING_STOP,
    "mini",
    "for the model mini" },
  { { "day model:big", "10 cheaper mini", "day model:mini", "1 ask" },
    NULL,
    JUMP_SPENDING_ASK,
    "mini",
    "for the model mini" },
  { { "day model:big", "10 cheaper mini", "day model:mini", "1 cheaper big" },
    NULL,
    JUMP_SPENDING_CHEAPER,
    "big",
    NULL },
};

static void
test_actions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *rows = cases[i].rows;
      g_autoptr (Stage) stage = stage_new ();
      g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

      spend (stage, NULL, "big", NULL, 10);
      spend (stage, NULL, "mini", NULL, 2);
      set_limits (stage, rows[0], rows[1], rows[2], rows[3], NULL);
      jump_budget_set_cheaper_model (stage->budget, cases[i].cheaper);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (check_full (stage, NULL, "big", NULL, &verdict), ==, cases[i].action);
      g_assert_cmpstr (verdict.model, ==, cases[i].model);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (verdict.message, cases[i].says));
    }
}

static void
restore (Stage *self, gint64 day, const char *key, const char *session, double credits)
{
  JumpUsageSums sums = { .nano_aiu = (guint64) (credits * NANO) };

  jump_budget_restore (self->budget, day, key, "m", session, &sums);
}

/* The program starts anew in the middle of it all. */
static void
test_restart (void)
{
  g_autoptr (Stage) stage = stage_new ();

  set_limits (stage,
              "day",
              "10 refuse",
              "month key:aaaa",
              "100 refuse",
              "session",
              "5 refuse",
              NULL);
  restore (stage, START, NULL, NULL, 6);
  restore (stage, START - 3 * DAY, "aaaa", NULL, 30);
  restore (stage, START - 20 * DAY, "aaaa", NULL, 1000); /* December */
  restore (stage, START, NULL, "one", 4);
  jump_signal_log_assert (stage->log, NULL);
  g_assert_cmpfloat (get_state (stage, 0).used, ==, 6);
  g_assert_cmpfloat (get_state (stage, 1).used, ==, 30);
  g_assert_cmpfloat (get_state (stage, 2).used, ==, 4);
  /* half of it was told in the run before */
  spend (stage, NULL, "m", NULL, 1);
  jump_signal_log_assert (stage->log, NULL);
  spend (stage, NULL, "m", "one", 1);
  jump_signal_log_assert (stage->log, "crossed (\"day\", 80)", "crossed (\"session\", 100)", NULL);
  g_assert_cmpint (check (stage, NULL, "m", "one"), ==, JUMP_SPENDING_STOP);
}

static void
test_estimates (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  g_auto (JumpSpendingVerdict) verdict = { JUMP_SPENDING_GO };

  set_limits (stage, "day", "3 refuse", NULL);
  record->status = 200;
  record->api = "chat";
  record->usage = JUMP_USAGE_COUNT_UNKNOWN;
  record->estimated_nano_aiu = 2 * NANO;
  jump_budget_add (stage->budget, record);
  spend (stage, NULL, "m", NULL, 1);
  jump_signal_log_clear (stage->log);
  g_assert_cmpfloat (get_state (stage, 0).used, ==, 3);
  g_assert_cmpfloat (get_state (stage, 0).estimated, ==, 2);
  check_full (stage, NULL, "m", NULL, &verdict);
  g_assert_nonnull (strstr (verdict.message, "3 of 3 credits (2 of them estimated)"));
  /* what somebody reads from a file was spent elsewhere */
  record->is_imported = TRUE;
  jump_budget_add (stage->budget, record);
  g_assert_cmpfloat (get_state (stage, 0).used, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/budget/crossings", test_crossings);
  g_test_add_func ("/budget/midnight-and-month", test_midnight_and_month);
  g_test_add_func ("/budget/clock-change", test_clock_change);
  g_test_add_func ("/budget/keys-and-models", test_keys_and_models);
  g_test_add_func ("/budget/sessions", test_sessions);
  g_test_add_func ("/budget/actions", test_actions);
  g_test_add_func ("/budget/restart", test_restart);
  g_test_add_func ("/budget/estimates", test_estimates);
  return g_test_run ();
}
