/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-usage"

#include "service/usage/budget.h"

#include "service/usage/budget-ledger.h"
#include "service/usage/budget-text.h"

#define NANO_PER_CREDIT 1e9

struct _JumpBudget
{
  GObject parent_instance;

  JumpClock *clock;         /* (owned) */
  JumpBudgetLedger *ledger; /* (owned) */
  GPtrArray *limits;        /* (owned) (element-type JumpBudgetLimit) */
  char *cheaper_model;      /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CROSSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpBudget, jump_budget, G_TYPE_OBJECT)

static guint
get_level (double used, double credits)
{
  static const guint levels[] = { 100, 95, 80, 50 };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (used * 100 >= credits * levels[i])
      return levels[i];
  return 0;
}

static double
to_credits (guint64 nano)
{
  return (double) nano / NANO_PER_CREDIT;
}

/* @session: (nullable): as of jump_budget_ledger_sum() */
static void
read_state (JumpBudget *self,
            const JumpBudgetLimit *limit,
            const char *session,
            JumpBudgetState *out_state)
{
  JumpSpent spent;

  jump_budget_ledger_sum (self->ledger, limit, session, &spent);
  *out_state = (JumpBudgetState){
    .limit = limit,
    .used = to_credits (spent.priced + spent.estimated),
    .estimated = to_credits (spent.estimated),
  };
  out_state->crossed = get_level (out_state->used, limit->credits);
  jump_budget_ledger_get_span (self->ledger, limit->period, &out_state->since, &out_state->until);
}

static void
jump_budget_dispose (GObject *object)
{
  g_clear_object (&JUMP_BUDGET (object)->clock);
  G_OBJECT_CLASS (jump_budget_parent_class)->dispose (object);
}

static void
jump_budget_finalize (GObject *object)
{
  JumpBudget *self = JUMP_BUDGET (object);

  g_clear_pointer (&self->ledger, jump_budget_ledger_free);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_clear_pointer (&self->cheaper_model, g_free);
  G_OBJECT_CLASS (jump_budget_parent_class)->finalize (object);
}

static void
jump_budget_class_init (JumpBudgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_budget_dispose;
  object_class->finalize = jump_budget_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  /**
   * JumpBudget::crossed:
   * @name: of the limit
   * @percent: 50, 80, 95 or 100: the highest that one request crossed
   */
  signals[SIGNAL_CROSSED] = g_signal_new ("crossed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_STRING,
                                          G_TYPE_UINT);
}

static void
jump_budget_init (JumpBudget *self)
{
  self->limits = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_budget_limit_free);
}

/**
 * jump_budget_new:
 * @clock: referenced; its wall time in the zone of this computer says which day and month it is
 *
 * Returns: (transfer full): a budget without limits, of which nothing is spent
 */
JumpBudget *
jump_budget_new (JumpClock *clock)
{
  JumpBudget *self = g_object_new (JUMP_TYPE_BUDGET, NULL);

  self->clock = g_object_ref (clock);
  self->ledger = jump_budget_ledger_new (clock);
  return self;
}

/**
 * jump_budget_set_limits:
 * @self: a budget
 * @limits: (element-type JumpBudgetLimit) (transfer full): frees its elements
 *
 * What was spent before counts for new limits, too; nobody is told of what it has crossed already.
 */
void
jump_budget_set_limits (JumpBudget *self, GPtrArray *limits)
{
  g_ptr_array_unref (self->limits);
  self->limits = limits;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jump_budget_set_cheaper_model (JumpBudget *self, const char *model)
{
  g_free (self->cheaper_model);
  self->cheaper_model = g_strdup (model);
}

const char *
jump_budget_get_cheaper_model (JumpBudget *self)
{
  return self->cheaper_model;
}

/**
 * jump_budget_set_key_name:
 * @self: a budget
 * @id: of a client key
 * @name: (nullable): what limits call it; NULL: the key is gone
 */
void
jump_budget_set_key_name (JumpBudget *self, const char *id, const char *name)
{
  jump_budget_ledger_set_key_name (self->ledger, id, name);
}

/**
 * jump_budget_restore:
 * @self: a budget
 * @day: wall seconds, any of that day; ignored unless it is in this month
 * @key: (nullable): id of a client key
 * @model: (nullable): as upstream was asked
 * @session: (nullable): a conversation: then @sums counts for its limits alone, else for those of days
 *   and months
 * @sums: of requests that are added by nothing else
 */
void
jump_budget_restore (JumpBudget *self,
                     gint64 day,
                     const char *key,
                     const char *model,
                     const char *session,
                     const JumpUsageSums *sums)
{
  JumpSpender spender = { .key = key, .model = model, .session = session };
  JumpSpent spent = { .priced = sums->nano_aiu, .estimated = sums->estimated_nano_aiu };

  if (spent.priced == 0 && spent.estimated == 0)
    return;
  jump_budget_ledger_restore (self->ledger, day, &spender, &spent);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A limit that goes on from @before with @amount more. Returns: the level that was crossed, or 0 */
static guint
find_crossing (const JumpBudgetLimit *limit, double before, double amount)
{
  guint level = get_level (before + amount, limit->credits);

  return level > get_level (before, limit->credits) ? level : 0;
}

/**
 * jump_budget_add:
 * @self: a budget
 * @record: one that has ended just now
 *
 * Emits JumpBudget::crossed for each limit that this request took over a mark. What is crossed is told by
 * what was spent before, so that it is told once in a period, however often the program starts anew.
 */
void
jump_budget_add (JumpBudget *self, const JumpExchangeRecord *record)
{
  g_autoptr (JumpBudget) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (GPtrArray) limits = g_ptr_array_ref (self->limits);
  g_autofree guint *crossed = g_new0 (guint, limits->len + 1);
  JumpSpender spender = { record->client_key, record->used_model, record->session };
  JumpUsageSums sums = { 0 };
  JumpSpent spent;

  if (record->is_imported)
    return;
  jump_usage_sums_add (&sums, record);
  spent = (JumpSpent){ sums.nano_aiu, sums.estimated_nano_aiu };
  if (spent.priced == 0 && spent.estimated == 0)
    return;
  for (guint i = 0; i < limits->len; i++)
    {
      const JumpBudgetLimit *limit = limits->pdata[i];
      JumpBudgetState state;

      if (!jump_budget_ledger_applies (self->ledger, limit, &spender))
        continue;
      read_state (self, limit, spender.session, &state);
      crossed[i] = find_crossing (limit, state.used, to_credits (spent.priced + spent.estimated));
    }
  jump_budget_ledger_add (self->ledger, &spender, &spent);
  for (guint i = 0; i < limits->len; i++)
    if (crossed[i] != 0)
      g_signal_emit (self,
                     signals[SIGNAL_CROSSED],
                     0,
                     ((const JumpBudgetLimit *) limits->pdata[i])->name,
                     crossed[i]);
  if (limits->len > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- checking ---- */

/* The model to use instead. Returns: (nullable): NULL: there is none, or it is the one that is used */
static const char *
find_cheaper (JumpBudget *self, const JumpBudgetLimit *limit, const char *model)
{
  const char *cheaper = limit->cheaper != NULL ? limit->cheaper : self->cheaper_model;

  if (cheaper == NULL || (model != NULL && g_ascii_strcasecmp (cheaper, model) == 0))
    return NULL;
  return cheaper;
}

static gboolean
is_in_force (JumpBudget *self, const JumpBudgetState *state, const char *model)
{
  if (state->used < state->limit->credits)
    return FALSE;
  switch (state->limit->action)
    {
    case JUMP_BUDGET_WARN:
      return FALSE;
    case JUMP_BUDGET_CHEAPER:
      return find_cheaper (self, state->limit, model) != NULL;
    case JUMP_BUDGET_ASK:
    case JUMP_BUDGET_REFUSE:
      break;
    }
  return TRUE;
}

/* Of two as strict ones the one that lasts longer: waiting for the other would be of no use. A session's
 * ends never. */
static gboolean
is_stricter (const JumpBudgetState *a, const JumpBudgetState *b)
{
  if (b->limit == NULL || a->limit->action != b->limit->action)
    return b->limit == NULL || a->limit->action > b->limit->action;
  return b->until != 0 && (a->until == 0 || a->until > b->until);
}

/* The strictest limit that is used up; its limit is NULL where there is none. @seen: those that need not be
 * looked at, and all that apply afterwards. */
static void
find_strictest (JumpBudget *self,
                const JumpSpender *spender,
                gboolean *seen,
                JumpBudgetState *out_state)
{
  *out_state = (JumpBudgetState){ NULL };
  for (guint i = 0; i < self->limits->len; i++)
    {
      const JumpBudgetLimit *limit = self->limits->pdata[i];
      JumpBudgetState state;

      if (seen[i] || !jump_budget_ledger_applies (self->ledger, limit, spender))
        continue;
      seen[i] = TRUE;
      read_state (self, limit, spender->session, &state);
      if (is_in_force (self, &state, spender->model) && is_stricter (&state, out_state))
        *out_state = state;
    }
}

static void
take_verdict (JumpBudget *self,
              const JumpBudgetState *state,
              JumpSpendingAction action,
              JumpSpendingVerdict *verdict)
{
  gint64 now = jump_clock_get_wall_seconds (self->clock);

  verdict->action = action;
  g_free (verdict->message);
  verdict->message = jump_budget_text_new (state);
  verdict->retry_after = state->until > now ? (guint) (state->until - now) : 0;
}

/**
 * jump_budget_check:
 * @self: a budget
 * @question: who wants to ask what
 * @out_verdict: (out caller-allocates): by the strictest of the limits that are used up: refuse, cheaper,
 *   ask. A cheaper model has limits of its own, which then count as well: with %JUMP_SPENDING_ASK its
 *   model is the one to ask when that is allowed.
 *
 * What requests under way will cost is not known: with several at once a limit is noticed only when one of
 * them has ended, and can be exceeded by what the others cost.
 */
void
jump_budget_check (JumpBudget *self,
                   const JumpSpendingQuestion *question,
                   JumpSpendingVerdict *out_verdict)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->limits->len + 1);
  JumpSpender spender = { question->client_key, question->model, question->session };
  JumpBudgetState state;

  *out_verdict = (JumpSpendingVerdict){ JUMP_SPENDING_GO };
  find_strictest (self, &spender, seen, &state);
  while (state.limit != NULL && state.limit->action == JUMP_BUDGET_CHEAPER)
    {
      char *cheaper = g_strdup (find_cheaper (self, state.limit, spender.model));

      take_verdict (self, &state, JUMP_SPENDING_CHEAPER, out_verdict);
      g_free (out_verdict->model);
      out_verdict->model = cheaper;
      spender.model = cheaper;
      find_strictest (self, &spender, seen, &state);
    }
  if (state.limit == NULL)
    return;
  take_verdict (self,
                &state,
                state.limit->action == JUMP_BUDGET_ASK ? JUMP_SPENDING_ASK : JUMP_SPENDING_STOP,
                out_verdict);
}

/**
 * jump_budget_get_states:
 * @self: a budget
 *
 * Returns: (transfer full) (element-type JumpBudgetState): their limits are valid until the next
 *   jump_budget_set_limits()
 */
GArray *
jump_budget_get_states (JumpBudget *self)
{
  GArray *states = g_array_new (FALSE, FALSE, sizeof (JumpBudgetState));

  for (guint i = 0; i < self->limits->len; i++)
    {
      JumpBudgetState state;

      read_state (self, self->limits->pdata[i], NULL, &state);
      g_array_append_val (states, state);
    }
  return states;
}
