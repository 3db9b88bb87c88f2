/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/doctor.h"

#include "service/doctor/check.h"

struct _JumpDoctor
{
  GObject parent_instance;

  JumpDoctorTools tools;
  JumpDoctorWish wish;
  JumpDoctorFacts facts; /* (owned) */
  GPtrArray *checks;     /* (owned) (element-type JumpCheck): in the order of the table */
  GTask *task;           /* (owned) (nullable): while it runs */
  gulong cancelled_id;
  guint alarm;
  gboolean is_starting; /* checks that end at once are looked at later */
};

G_DEFINE_FINAL_TYPE (JumpDoctor, jump_doctor, G_TYPE_OBJECT)

static JumpCheck *
find_check (JumpDoctor *self, const char *name)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);

      if (g_str_equal (check->row->name, name))
        return check;
    }
  g_return_val_if_reached (NULL);
}

/* Returns: whether all of @names are over; @out_stopper: (out) (optional): one of them that stops what needs it */
static gboolean
are_over (JumpDoctor *self, const char *names, JumpCheck **out_stopper)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (guint i = 0; *names != '\0' && list[i] != NULL; i++)
    {
      JumpCheck *check = find_check (self, list[i]);

      if (check == NULL || check->verdict == NULL)
        return FALSE;
      if (out_stopper != NULL && check->verdict->stops && *out_stopper == NULL)
        *out_stopper = check;
    }
  return TRUE;
}

static void
end_run (JumpDoctor *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_finding_free);

  jump_clock_clear_alarm (self->tools.clock, &self->alarm);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  self->cancelled_id = 0;
  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);

      g_ptr_array_add (findings,
                       jump_finding_new (check->row->name,
                                         check->row->group,
                                         check->row->title,
                                         check->time_ms,
                                         g_steal_pointer (&check->verdict)));
      check->tools = NULL;
      check->facts = NULL;
    }
  g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
}

static const char *
name_slow_remedy (const JumpCheck *check)
{
  switch (check->row->kind)
    {
    case JUMP_CHECK_HERE:
      return "Look what keeps this computer so busy, then run again: jumpseat doctor";
    case JUMP_CHECK_REQUEST:
    case JUMP_CHECK_CALL:
      break;
    }
  return "Check network, firewall and proxy (jumpseat config get upstream.proxy), then run again: "
         "jumpseat doctor";
}

static void
end_slow (JumpCheck *check)
{
  JumpVerdict *verdict = check->judge_slow == NULL ? NULL : check->judge_slow (check);

  if (verdict == NULL)
    verdict = jump_verdict_new_failed (name_slow_remedy (check), "no answer in time");
  jump_check_end (check, verdict);
}

static void
on_check_slow (gpointer user_data)
{
  JumpCheck *check = user_data;

  check->alarm = 0;
  end_slow (check);
}

/* Returns: (transfer full) (nullable) */
static JumpVerdict *
find_call_obstacle (JumpDoctor *self)
{
  if (self->tools.is_paused)
    return jump_verdict_new_skipped ("because Jumpseat is paused");
  if (self->tools.url == NULL)
    return jump_verdict_new_skipped ("because Jumpseat does not listen on this computer");
  if (jump_settings_get_boolean (self->tools.settings, JUMP_KEY_TRAFFIC_APPROVAL))
    return jump_verdict_new_skipped ("because each request waits for you (traffic.approval)");
  return NULL;
}

/* Returns: (transfer full) */
static JumpVerdict *
blame (JumpCheck *check, const JumpCheck *stopper)
{
  check->cause = stopper->cause != NULL ? stopper->cause : stopper->row;
  if (stopper->verdict->state == JUMP_VERDICT_SKIPPED && stopper->cause == NULL)
    return jump_verdict_new_skipped ("because \"%s\" was skipped", check->cause->title);
  return jump_verdict_new_skipped ("because \"%s\" failed", check->cause->title);
}

/* Returns: (transfer full) (nullable): why it is not even tried */
static JumpVerdict *
find_obstacle (JumpDoctor *self, JumpCheck *check, JumpCheck *stopper)
{
  gboolean is_call = check->row->kind == JUMP_CHECK_CALL;

  if (self->wish.is_offline && check->row->kind != JUMP_CHECK_HERE)
    return jump_verdict_new_skipped ("left out, as asked");
  if (self->wish.no_calls && is_call)
    return jump_verdict_new_skipped ("left out, as asked: it would cost credits");
  if (stopper != NULL)
    return blame (check, stopper);
  return is_call ? find_call_obstacle (self) : NULL;
}

static void
start (JumpDoctor *self, JumpCheck *check, JumpCheck *stopper)
{
  JumpVerdict *obstacle = find_obstacle (self, check, stopper);

  if (obstacle != NULL)
    {
      jump_check_end (check, obstacle);
      return;
    }
  check->started = jump_clock_get_monotonic_time (self->tools.clock);
  check->alarm = jump_clock_add_alarm (self->tools.clock,
                                       JUMP_DOCTOR_CHECK_SECONDS * 1000,
                                       on_check_slow,
                                       check);
  check->row->run (check);
}

static gboolean
start_some (JumpDoctor *self)
{
  gboolean has_started = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);
      JumpCheck *stopper = NULL;

      if (check->verdict != NULL || check->started >= 0 ||
          !are_over (self, check->row->after, NULL) ||
          !are_over (self, check->row->needs, &stopper))
        continue;
      start (self, check, stopper);
      has_started = TRUE;
    }
  return has_started;
}

static gboolean
is_all_over (JumpDoctor *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);

      if (check->verdict == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
start_ready (JumpDoctor *self)
{
  if (self->task == NULL)
    return;
  self->is_starting = TRUE;
  while (start_some (self))
    ;
  self->is_starting = FALSE;
  if (is_all_over (self))
    end_run (self);
}

static void
on_check_over (JumpCheck *check, gpointer user_data)
{
  JumpDoctor *self = user_data;

  jump_clock_clear_alarm (self->tools.clock, &check->alarm);
  if (check->started >= 0)
    check->time_ms =
        (guint) ((jump_clock_get_monotonic_time (self->tools.clock) - check->started) / 1000);
  if (!self->is_starting)
    start_ready (self);
}

static void
on_whole_slow (gpointer user_data)
{
  g_autoptr (JumpDoctor) self = g_object_ref (JUMP_DOCTOR (user_data));

  self->alarm = 0;
  self->is_starting = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);

      if (check->verdict == NULL && check->started >= 0)
        end_slow (check);
      else if (check->verdict == NULL)
        jump_check_end (check,
                        jump_verdict_new_skipped ("because the checks before took too long"));
    }
  start_ready (self);
}

static void
abandon_checks (JumpDoctor *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      JumpCheck *check = g_ptr_array_index (self->checks, i);

      jump_clock_clear_alarm (self->tools.clock, &check->alarm);
      check->tools = NULL;
      check->facts = NULL;
      g_cancellable_cancel (check->cancellable);
    }
}

static gboolean
on_cancelled_next_turn (gpointer user_data)
{
  g_autoptr (JumpDoctor) self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    return G_SOURCE_REMOVE;
  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  jump_clock_clear_alarm (self->tools.clock, &self->alarm);
  abandon_checks (self);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add (on_cancelled_next_turn, g_object_ref (user_data));
}

static void
jump_doctor_finalize (GObject *object)
{
  JumpDoctor *self = JUMP_DOCTOR (object);

  abandon_checks (self);
  g_ptr_array_unref (self->checks);
  g_clear_pointer (&self->facts.proxy, jump_proxy_report_free);
  g_clear_pointer (&self->facts.token, jump_token_unref);
  G_OBJECT_CLASS (jump_doctor_parent_class)->finalize (object);
}

static void
jump_doctor_class_init (JumpDoctorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_doctor_finalize;
}

static void
jump_doctor_init (JumpDoctor *self)
{
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_check_unref);
}

/**
 * jump_doctor_new:
 * @tools: copied; what it points to outlives the doctor
 * @wish: copied
 *
 * Returns: (transfer full): for one run
 */
JumpDoctor *
jump_doctor_new (const JumpDoctorTools *tools, const JumpDoctorWish *wish)
{
  JumpDoctor *self = g_object_new (JUMP_TYPE_DOCTOR, NULL);

  self->tools = *tools;
  self->wish = *wish;
  for (guint i = 0; i < jump_check_n_rows; i++)
    {
      JumpCheck *check = jump_check_new (&jump_check_rows[i]);

      check->tools = &self->tools;
      check->facts = &self->facts;
      check->on_over = on_check_over;
      check->user_data = self;
      g_ptr_array_add (self->checks, check);
    }
  return self;
}

/**
 * jump_doctor_run_async:
 * @cancellable: (nullable): gives up all checks
 *
 * Once for each doctor.
 */
void
jump_doctor_run_async (JumpDoctor *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (self->task == NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, jump_doctor_run_async);
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);
  self->alarm = jump_clock_add_alarm (self->tools.clock,
                                      JUMP_DOCTOR_WHOLE_SECONDS * 1000,
                                      on_whole_slow,
                                      self);
  start_ready (self);
}

GPtrArray *
jump_doctor_run_finish (JumpDoctor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
