/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-usage"

#include "service/usage/quota.h"

#include "service/usage/quota-json.h"
#include "service/usage/quota-report.h"

/* Replies say max-age=60: asking more often brings the same (protocol 3.5). In seconds. */
#define MIN_AGE 60
/* Protocol 3: five minutes are usual. */
#define WATCH_MS (5 * 60 * 1000)

struct _JumpQuota
{
  GObject parent_instance;

  JumpClock *clock; /* (owned) */
  JumpQuotaSource source;
  gboolean is_allowed; /* somebody is signed in, and the network is there */
  gboolean has_copilot;
  JumpQuotaReport *report; /* (owned) */
  JumpQuotaState state;
  const JumpQuotaBucket *bucket; /* (nullable): of the report */
  gint64 fetched_at;             /* wall seconds of the last answer, 0 never */
  gint64 tried_at;               /* wall seconds of the last try, 0 never */
  GError *error;                 /* (owned) (nullable): of the last try */
  GCancellable *fetch;           /* (owned) (nullable): while one is under way */
  GPtrArray *waiting;            /* (owned) (element-type GTask) */
  guint n_watchers;
  guint alarm;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpQuota, jump_quota, G_TYPE_OBJECT)

static gint64
get_now (JumpQuota *self)
{
  return jump_clock_get_wall_seconds (self->clock);
}

/* Of an account without Copilot GitHub tells a plan and numbers all the same: those that it could have. */
static gboolean
has_copilot (JumpQuota *self)
{
  return self->has_copilot && !self->report->is_nobody;
}

static void
decide (JumpQuota *self)
{
  self->bucket = NULL;
  self->state = JUMP_QUOTA_UNKNOWN;
  if (has_copilot (self))
    self->state = jump_quota_report_decide (self->report, &self->bucket);
}

/* Takes @report. */
static void
set_report (JumpQuota *self, JumpQuotaReport *report)
{
  g_clear_pointer (&self->report, jump_quota_report_free);
  self->report = report;
  decide (self);
}

static void
emit_changed (JumpQuota *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A clock that was set back makes everything old. */
static gboolean
was_tried_lately (JumpQuota *self)
{
  gint64 age = get_now (self) - self->tried_at;

  return self->tried_at != 0 && age >= 0 && age < MIN_AGE;
}

static void
answer (GTask *task, const GError *error)
{
  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

/* @error: (nullable) */
static void
answer_all (JumpQuota *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    answer (g_ptr_array_index (tasks, i), error);
}

static void
take_body (JumpQuota *self, GBytes *body, GError **error)
{
  JumpQuotaReport *report = jump_quota_report_new (body, error);

  if (report == NULL)
    return;
  set_report (self, report);
  self->fetched_at = get_now (self);
}

/* A call under way; it may outlive the interest in it. */
typedef struct
{
  JumpQuota *quota;          /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Flight;

static void
flight_free (Flight *self)
{
  g_object_unref (self->quota);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_free)

/* Fetching takes its turn when watching, and watching fetches. */
static void fetch (JumpQuota *self);

static void
on_watch_due (gpointer user_data)
{
  JumpQuota *self = user_data;

  self->alarm = 0;
  if (was_tried_lately (self) || self->fetch != NULL)
    self->alarm = jump_clock_add_alarm (self->clock, WATCH_MS, on_watch_due, self);
  else
    fetch (self);
}

/* Sets the next look, or none when nobody looks or nothing could come of it. */
static void
plan_watch (JumpQuota *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  if (self->n_watchers > 0 && self->is_allowed)
    self->alarm = jump_clock_add_alarm (self->clock, WATCH_MS, on_watch_due, self);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  JumpQuota *self = flight->quota;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  /* Of another account, or of nobody's interest any more. */
  if (self->fetch != flight->cancellable)
    return;
  body = self->source.fetch_finish (self->source.source, result, &error);
  g_clear_object (&self->fetch);
  if (body != NULL)
    take_body (self, body, &error);
  if (error != NULL)
    g_debug ("reading the quota: %s", error->message);
  g_clear_error (&self->error);
  self->error = error == NULL ? NULL : g_error_copy (error);
  plan_watch (self);
  emit_changed (self);
  answer_all (self, error);
}

static void
fetch (JumpQuota *self)
{
  Flight *flight = g_new0 (Flight, 1);

  self->fetch = g_cancellable_new ();
  self->tried_at = get_now (self);
  flight->quota = g_object_ref (self);
  flight->cancellable = g_object_ref (self->fetch);
  self->source.fetch_async (self->source.source, self->fetch, on_fetched, flight);
}

static void
stop_fetch (JumpQuota *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->fetch);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
look_now (JumpQuota *self)
{
  if (self->n_watchers > 0 && self->is_allowed && self->fetch == NULL && !was_tried_lately (self))
    fetch (self);
  else if (self->alarm == 0)
    plan_watch (self);
}

static void
jump_quota_dispose (GObject *object)
{
  JumpQuota *self = JUMP_QUOTA (object);

  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->alarm);
  stop_fetch (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_quota_parent_class)->dispose (object);
}

static void
jump_quota_finalize (GObject *object)
{
  JumpQuota *self = JUMP_QUOTA (object);

  g_clear_pointer (&self->report, jump_quota_report_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (jump_quota_parent_class)->finalize (object);
}

static void
jump_quota_class_init (JumpQuotaClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_quota_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_quota_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_quota_init (JumpQuota *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->has_copilot = TRUE;
  set_report (self, jump_quota_report_new (NULL, NULL));
}

/**
 * jump_quota_new:
 * @clock: referenced
 * @source: copied; its functions are called only while jump_quota_set_allowed() says so
 *
 * Returns: (transfer full): a quota of which nothing is known
 */
JumpQuota *
jump_quota_new (JumpClock *clock, const JumpQuotaSource *source)
{
  JumpQuota *self = g_object_new (JUMP_TYPE_QUOTA, NULL);

  self->clock = g_object_ref (clock);
  self->source = *source;
  return self;
}

/**
 * jump_quota_set_allowed:
 * @self: a quota
 * @is_allowed: whether asking can bring anything: somebody is signed in, and there is a network
 *
 * Who watches gets fresh numbers as soon as it is allowed again.
 */
void
jump_quota_set_allowed (JumpQuota *self, gboolean is_allowed)
{
  if (self->is_allowed == is_allowed)
    return;
  self->is_allowed = is_allowed;
  if (self->error != NULL)
    self->tried_at = 0; /* what failed may have failed for this */
  jump_clock_clear_alarm (self->clock, &self->alarm);
  look_now (self);
}

/**
 * jump_quota_set_has_copilot:
 * @self: a quota
 * @has_copilot: FALSE when GitHub gives no token for want of a plan or seat (protocol 2.4)
 *
 * Without it there is no plan, nothing is left and nothing was used, whatever GET /copilot_internal/user says.
 */
void
jump_quota_set_has_copilot (JumpQuota *self, gboolean has_copilot)
{
  if (self->has_copilot == has_copilot)
    return;
  self->has_copilot = has_copilot;
  self->tried_at = 0; /* what was told before is of another plan */
  decide (self);
  emit_changed (self);
  look_now (self);
}

JumpQuotaState
jump_quota_get_state (JumpQuota *self)
{
  return self->state;
}

double
jump_quota_get_entitlement (JumpQuota *self)
{
  return self->bucket == NULL ? -1 : jump_quota_bucket_get_entitlement (self->bucket);
}

double
jump_quota_get_used (JumpQuota *self)
{
  return self->bucket == NULL ? -1 : jump_quota_bucket_get_used (self->bucket);
}

/**
 * jump_quota_get_remaining:
 *
 * Unknown unless jump_quota_get_used() is 0 or more.
 *
 * Returns: what is left, below 0 in overage
 */
double
jump_quota_get_remaining (JumpQuota *self)
{
  double remaining = -1;

  if (self->bucket != NULL)
    jump_quota_bucket_get_remaining (self->bucket, &remaining);
  return remaining;
}

/**
 * jump_quota_get_percent_used:
 *
 * Known also for old free accounts, of which nothing else is to be believed (protocol 3.2).
 *
 * Returns: above 100 in overage, -1 unknown
 */
double
jump_quota_get_percent_used (JumpQuota *self)
{
  return self->bucket == NULL ? -1 : jump_quota_bucket_get_percent_used (self->bucket);
}

/* Returns: TRUE where upstream does not say: it is how it has billed since June 2026 (protocol 3.5) */
gboolean
jump_quota_counts_credits (JumpQuota *self)
{
  if (self->bucket != NULL && self->bucket->counts_credits >= 0)
    return self->bucket->counts_credits;
  if (self->report->counts_credits >= 0)
    return self->report->counts_credits;
  return self->fetched_at == 0;
}

gboolean
jump_quota_permits_overage (JumpQuota *self)
{
  return self->bucket != NULL && self->bucket->permits_overage;
}

gint64
jump_quota_get_resets_at (JumpQuota *self)
{
  if (self->bucket != NULL && self->bucket->resets_at > 0)
    return self->bucket->resets_at;
  return has_copilot (self) ? self->report->resets_at : 0;
}

const char *
jump_quota_get_plan (JumpQuota *self)
{
  return has_copilot (self) ? self->report->plan : NULL;
}

const char *
jump_quota_get_organisation (JumpQuota *self)
{
  return has_copilot (self) ? self->report->organisation : NULL;
}

gint64
jump_quota_get_fetched_at (JumpQuota *self)
{
  return self->fetched_at;
}

const GError *
jump_quota_get_error (JumpQuota *self)
{
  return self->error;
}

/**
 * jump_quota_refresh_async:
 * @self: a quota
 * @cancellable: (nullable): ends the waiting, not the call, which others may wait for
 * @callback: called when the numbers are as new as they get
 * @user_data: for @callback
 *
 * Within 60 s of the last call its outcome is the answer.
 */
void
jump_quota_refresh_async (JumpQuota *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_quota_refresh_async);
  if (!self->is_allowed)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_UNAVAILABLE,
                               "reading the quota: nobody is signed in, or there is no network");
      return;
    }
  if (self->fetch == NULL && was_tried_lately (self))
    {
      answer (task, self->error);
      return;
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->fetch == NULL)
    fetch (self);
}

/**
 * jump_quota_refresh_finish:
 * @error: what the source says, JUMP_ERROR_UNAVAILABLE, JUMP_ERROR_PROTOCOL
 */
gboolean
jump_quota_refresh_finish (JumpQuota *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jump_quota_watch (JumpQuota *self)
{
  self->n_watchers++;
  look_now (self);
}

void
jump_quota_unwatch (JumpQuota *self)
{
  g_return_if_fail (self->n_watchers > 0);
  self->n_watchers--;
  if (self->n_watchers == 0)
    jump_clock_clear_alarm (self->clock, &self->alarm);
}

/**
 * jump_quota_wake:
 * @self: a quota
 *
 * The computer slept: the alarm of those who watch did not run meanwhile.
 */
void
jump_quota_wake (JumpQuota *self)
{
  look_now (self);
}

/**
 * jump_quota_take_header:
 * @self: a quota
 * @id: "premium_interactions" and the like, in any case
 * @value: as it came (protocol 7.4); what cannot be read is ignored
 */
void
jump_quota_take_header (JumpQuota *self, const char *id, const char *value)
{
  if (!jump_quota_report_take_header (self->report, id, value))
    return;
  decide (self);
  emit_changed (self);
}

/**
 * jump_quota_forget:
 * @self: a quota
 *
 * Who waits for numbers of the account that was is told that it is gone.
 */
void
jump_quota_forget (JumpQuota *self)
{
  g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR,
                                                  JUMP_ERROR_SIGNED_OUT,
                                                  "reading the quota: the account is another one");

  stop_fetch (self);
  set_report (self, jump_quota_report_new (NULL, NULL));
  g_clear_error (&self->error);
  self->fetched_at = 0;
  self->tried_at = 0;
  emit_changed (self);
  answer_all (self, error);
  look_now (self);
}

/**
 * jump_quota_dup_json:
 * @self: a quota
 *
 * Returns: (transfer full): JSON text
 */
char *
jump_quota_dup_json (JumpQuota *self)
{
  g_autoptr (JumpQuotaReport) nothing = jump_quota_report_new (NULL, NULL);
  JumpQuotaFacts facts = {
    .report = has_copilot (self) ? self->report : nothing,
    .has_no_copilot = !has_copilot (self),
    .state = self->state,
    .bucket = self->bucket,
    .counts_credits = jump_quota_counts_credits (self),
    .fetched_at = self->fetched_at,
    .error = self->error,
  };

  return jump_quota_json_new (&facts);
}

/**
 * jump_quota_is_about_credits:
 * @self: a quota
 *
 * Returns: whether the numbers are of what requests cost, so that they can be compared with ours: not of
 *   the chat messages that free accounts have
 */
gboolean
jump_quota_is_about_credits (JumpQuota *self)
{
  const char *name = jump_quota_json_get_bucket (self->report, self->bucket);

  return name != NULL && !g_str_equal (name, "chat") && jump_quota_counts_credits (self);
}
