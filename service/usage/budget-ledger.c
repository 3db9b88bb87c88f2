/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/budget-ledger.h"

#include <string.h>

/* Pairs of keys and models that are told apart in a month; what is beyond counts for the limits without
 * key and model. */
#define MAX_CELLS 2000
/* The same in one conversation, and how many of these are remembered: the ones used last. */
#define MAX_SESSION_CELLS 50
#define MAX_SESSIONS      1000

/* Between the parts of a cell's name: in none of them. */
#define SEPARATOR "\x1f"

typedef struct
{
  char *key;   /* (owned) (nullable) */
  char *model; /* (owned) (nullable) */
  JumpSpent day;
  JumpSpent month; /* of a session: all of it */
} Cell;

typedef struct
{
  char *name;        /* (owned) */
  GList link;        /* in the queue, the one used last first */
  GHashTable *cells; /* (owned) (element-type utf8 Cell) */
} Session;

typedef struct
{
  gint64 since; /* wall seconds, that one too */
  gint64 until; /* that one not */
} Span;

struct _JumpBudgetLedger
{
  JumpClock *clock;      /* (owned) */
  GHashTable *cells;     /* (owned) (element-type utf8 Cell) */
  GHashTable *sessions;  /* (owned) (element-type utf8 Session) */
  GQueue recent;         /* of the sessions' links */
  GHashTable *key_names; /* (owned) (element-type utf8 utf8): by id */
  Span day;
  Span month;
};

static void
free_cell (gpointer memory)
{
  Cell *cell = memory;

  g_free (cell->key);
  g_free (cell->model);
  g_free (cell);
}

static void
free_session (gpointer memory)
{
  Session *session = memory;

  g_hash_table_unref (session->cells);
  g_free (session->name);
  g_free (session);
}

static GHashTable *
new_cells (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_cell);
}

/* ---- time ---- */

static gint64
get_midnight (int year, int month, int day)
{
  g_autoptr (GDateTime) midnight = g_date_time_new_local (year, month, day, 0, 0, 0);

  return g_date_time_to_unix (midnight);
}

/* By the calendar, not by hours: the days on which clocks change have 23 or 25. */
static void
read_spans (gint64 now, Span *out_day, Span *out_month)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  int year = g_date_time_get_year (today);
  int month = g_date_time_get_month (today);

  out_day->since = get_midnight (year, month, g_date_time_get_day_of_month (today));
  out_day->until = get_midnight (g_date_time_get_year (tomorrow),
                                 g_date_time_get_month (tomorrow),
                                 g_date_time_get_day_of_month (tomorrow));
  out_month->since = get_midnight (year, month, 1);
  out_month->until = get_midnight (month == 12 ? year + 1 : year, month % 12 + 1, 1);
}

static gboolean
holds (const Span *span, gint64 time)
{
  return time >= span->since && time < span->until;
}

static void
begin_day (JumpBudgetLedger *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Cell *) value)->day = (JumpSpent){ 0 };
}

static void
look_at_clock (JumpBudgetLedger *self)
{
  gint64 now = jump_clock_get_wall_seconds (self->clock);
  gint64 month_since = self->month.since;

  if (holds (&self->day, now))
    return;
  read_spans (now, &self->day, &self->month);
  if (self->month.since != month_since)
    g_hash_table_remove_all (self->cells);
  else
    begin_day (self);
}

/* ---- counting ---- */

static void
add_spent (JumpSpent *to, const JumpSpent *spent)
{
  to->priced += spent->priced;
  to->estimated += spent->estimated;
}

/* Returns: (transfer none) */
static Cell *
get_cell (GHashTable *cells, guint max_cells, const char *key, const char *model)
{
  g_autofree char *name =
      g_strconcat (key != NULL ? key : "", SEPARATOR, model != NULL ? model : "", NULL);
  Cell *cell = g_hash_table_lookup (cells, name);

  if (cell != NULL)
    return cell;
  if (g_hash_table_size (cells) >= max_cells && (key != NULL || model != NULL))
    return get_cell (cells, max_cells, NULL, NULL);
  cell = g_new0 (Cell, 1);
  cell->key = g_strdup (key);
  cell->model = g_strdup (model);
  g_hash_table_insert (cells, g_steal_pointer (&name), cell);
  return cell;
}

/* Returns: (transfer none): the one of that name, as the one used last */
static Session *
get_session (JumpBudgetLedger *self, const char *name)
{
  Session *session = g_hash_table_lookup (self->sessions, name);

  if (session != NULL)
    {
      g_queue_unlink (&self->recent, &session->link);
      g_queue_push_head_link (&self->recent, &session->link);
      return session;
    }
  if (g_hash_table_size (self->sessions) >= MAX_SESSIONS)
    {
      GList *oldest = g_queue_pop_tail_link (&self->recent);

      g_hash_table_remove (self->sessions, ((Session *) oldest->data)->name);
    }
  session = g_new0 (Session, 1);
  session->name = g_strdup (name);
  session->cells = new_cells ();
  session->link.data = session;
  g_queue_push_head_link (&self->recent, &session->link);
  g_hash_table_insert (self->sessions, session->name, session);
  return session;
}

static void
add_to_session (JumpBudgetLedger *self, const JumpSpender *spender, const JumpSpent *spent)
{
  Session *session = get_session (self, spender->session);

  add_spent (&get_cell (session->cells, MAX_SESSION_CELLS, spender->key, spender->model)->month,
             spent);
}

static void
sum_cells (JumpBudgetLedger *self,
           const JumpBudgetLimit *limit,
           GHashTable *cells,
           JumpSpent *out_spent)
{
  GHashTableIter iter;
  gpointer value;

  *out_spent = (JumpSpent){ 0 };
  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Cell *cell = value;
      JumpSpender spender = { .key = cell->key, .model = cell->model, .session = "" };

      if (jump_budget_ledger_applies (self, limit, &spender))
        add_spent (out_spent, limit->period == JUMP_BUDGET_DAY ? &cell->day : &cell->month);
    }
}

static void
sum_largest_session (JumpBudgetLedger *self, const JumpBudgetLimit *limit, JumpSpent *out_spent)
{
  *out_spent = (JumpSpent){ 0 };
  for (const GList *link = self->recent.head; link != NULL; link = link->next)
    {
      JumpSpent spent;

      sum_cells (self, limit, ((const Session *) link->data)->cells, &spent);
      if (spent.priced + spent.estimated > out_spent->priced + out_spent->estimated)
        *out_spent = spent;
    }
}

/* ---- the public face ---- */

JumpBudgetLedger *
jump_budget_ledger_new (JumpClock *clock)
{
  JumpBudgetLedger *self = g_new0 (JumpBudgetLedger, 1);

  self->clock = g_object_ref (clock);
  self->cells = new_cells ();
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_session);
  self->key_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->recent);
  return self;
}

void
jump_budget_ledger_free (JumpBudgetLedger *self)
{
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->cells);
  g_hash_table_unref (self->key_names);
  g_object_unref (self->clock);
  g_free (self);
}

void
jump_budget_ledger_set_key_name (JumpBudgetLedger *self, const char *id, const char *name)
{
  if (name != NULL)
    g_hash_table_replace (self->key_names, g_strdup (id), g_strdup (name));
  else
    g_hash_table_remove (self->key_names, id);
}

void
jump_budget_ledger_add (JumpBudgetLedger *self, const JumpSpender *spender, const JumpSpent *spent)
{
  Cell *cell;

  look_at_clock (self);
  cell = get_cell (self->cells, MAX_CELLS, spender->key, spender->model);
  add_spent (&cell->day, spent);
  add_spent (&cell->month, spent);
  if (spender->session != NULL)
    add_to_session (self, spender, spent);
}

void
jump_budget_ledger_restore (JumpBudgetLedger *self,
                            gint64 day,
                            const JumpSpender *spender,
                            const JumpSpent *spent)
{
  Cell *cell;

  look_at_clock (self);
  if (spender->session != NULL)
    {
      add_to_session (self, spender, spent);
      return;
    }
  if (!holds (&self->month, day))
    return;
  cell = get_cell (self->cells, MAX_CELLS, spender->key, spender->model);
  add_spent (&cell->month, spent);
  if (holds (&self->day, day))
    add_spent (&cell->day, spent);
}

static gboolean
is_key (JumpBudgetLedger *self, const char *wanted, const char *id)
{
  if (wanted == NULL)
    return TRUE;
  return id != NULL && (g_str_equal (wanted, id) ||
                        g_strcmp0 (wanted, g_hash_table_lookup (self->key_names, id)) == 0);
}

static gboolean
is_model (const char *wanted, const char *model)
{
  gsize length;

  if (wanted == NULL)
    return TRUE;
  if (model == NULL)
    return FALSE;
  length = strlen (wanted);
  if (length > 0 && wanted[length - 1] == '*')
    return g_ascii_strncasecmp (wanted, model, length - 1) == 0;
  return g_ascii_strcasecmp (wanted, model) == 0;
}

gboolean
jump_budget_ledger_applies (JumpBudgetLedger *self,
                            const JumpBudgetLimit *limit,
                            const JumpSpender *spender)
{
  if (limit->period == JUMP_BUDGET_SESSION && spender->session == NULL)
    return FALSE;
  return is_key (self, limit->key, spender->key) && is_model (limit->model, spender->model);
}

void
jump_budget_ledger_sum (JumpBudgetLedger *self,
                        const JumpBudgetLimit *limit,
                        const char *session,
                        JumpSpent *out_spent)
{
  const Session *known;

  look_at_clock (self);
  *out_spent = (JumpSpent){ 0 };
  if (limit->period != JUMP_BUDGET_SESSION)
    {
      sum_cells (self, limit, self->cells, out_spent);
      return;
    }
  if (session == NULL)
    {
      sum_largest_session (self, limit, out_spent);
      return;
    }
  known = g_hash_table_lookup (self->sessions, session);
  if (known != NULL)
    sum_cells (self, limit, known->cells, out_spent);
}

void
jump_budget_ledger_get_span (JumpBudgetLedger *self,
                             JumpBudgetPeriod period,
                             gint64 *out_since,
                             gint64 *out_until)
{
  const Span none = { 0, 0 };
  const Span *span = &none;

  look_at_clock (self);
  switch (period)
    {
    case JUMP_BUDGET_SESSION:
      break;
    case JUMP_BUDGET_DAY:
      span = &self->day;
      break;
    case JUMP_BUDGET_MONTH:
      span = &self->month;
      break;
    }
  *out_since = span->since;
  *out_until = span->until;
}
