/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/usage/quota.h"
#include "tests/support/clock-fake.h"

#define BODY                                                                  \
  "{\"copilot_plan\":\"pro\",\"quota_snapshots\":{\"premium_interactions\":{" \
  "\"entitlement\":100,\"quota_remaining\":%d,\"overage_permitted\":true}}}"
#define MINUTE_MS 60000

/* Plays upstream: answers when told to. */
typedef struct
{
  JumpClock *clock;
  JumpQuota *quota;
  GTask *asked; /* (nullable) */
  guint n_asked;
  guint n_changes;
} Fixture;

static void
fetch_async (gpointer source,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  Fixture *self = source;

  g_assert_null (self->asked);
  self->n_asked++;
  self->asked = g_task_new (NULL, cancellable, callback, user_data);
}

static GBytes *
fetch_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
answer (Fixture *self, int remaining)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->asked);
  g_autofree char *body = g_strdup_printf (BODY, remaining);

  g_assert_nonnull (task);
  g_task_return_pointer (task, g_bytes_new (body, strlen (body)), (GDestroyNotify) g_bytes_unref);
  settle ();
}

static void
answer_error (Fixture *self, JumpError code)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->asked);

  g_assert_nonnull (task);
  g_task_return_new_error (task, JUMP_ERROR, (int) code, "no");
  settle ();
}

static void
on_changed (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  JumpQuotaSource source = { fetch_async, fetch_finish, self };

  self->clock = jump_clock_fake_new ();
  self->quota = jump_quota_new (self->clock, &source);
  g_signal_connect_swapped (self->quota, "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_null (self->asked);
  g_assert_finalize_object (self->quota);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  g_assert_finalize_object (JUMP_CLOCK_FAKE (self->clock));
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GPtrArray *outcomes = user_data;
  GError *error = NULL;

  jump_quota_refresh_finish (JUMP_QUOTA (source), result, &error);
  g_ptr_array_add (outcomes, error == NULL ? g_error_new (JUMP_ERROR, 9999, "fine") : error);
}

static int
get_outcome (GPtrArray *outcomes, guint index)
{
  return ((GError *) g_ptr_array_index (outcomes, index))->code;
}

static void
test_single_flight (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  settle ();
  g_assert_cmpint (get_outcome (outcomes, 0), ==, JUMP_ERROR_UNAVAILABLE);
  g_assert_cmpuint (self->n_asked, ==, 0);
  jump_quota_set_allowed (self->quota, TRUE);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  g_assert_cmpuint (self->n_asked, ==, 1);
  answer (self, 40);
  g_assert_cmpint (get_outcome (outcomes, 1), ==, 9999);
  g_assert_cmpint (get_outcome (outcomes, 2), ==, 9999);
  g_assert_cmpfloat (jump_quota_get_used (self->quota), ==, 60);
  g_assert_cmpfloat (jump_quota_get_remaining (self->quota), ==, 40);
  g_assert_cmpfloat (jump_quota_get_percent_used (self->quota), ==, 60);
  g_assert_cmpstr (jump_quota_get_plan (self->quota), ==, "Pro");
  g_assert_cmpint (jump_quota_get_fetched_at (self->quota), ==, 1800000000);
  g_assert_true (jump_quota_permits_overage (self->quota));
  g_assert_cmpuint (self->n_changes, ==, 1);
  /* within a minute the answer is the one at hand */
  jump_clock_fake_advance (self->clock, 59 * 1000);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  settle ();
  g_assert_cmpint (get_outcome (outcomes, 3), ==, 9999);
  g_assert_cmpuint (self->n_asked, ==, 1);
  jump_clock_fake_advance (self->clock, 1000);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  g_assert_cmpuint (self->n_asked, ==, 2);
  answer (self, 39);
}

/* 401, 403, 404: what is known stays, and the error says why it is old. */
static void
test_refusals (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  jump_quota_set_allowed (self->quota, TRUE);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  answer_error (self, JUMP_ERROR_NOT_FOUND);
  g_assert_cmpint (get_outcome (outcomes, 0), ==, JUMP_ERROR_NOT_FOUND);
  g_assert_error (jump_quota_get_error (self->quota), JUMP_ERROR, JUMP_ERROR_NOT_FOUND);
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_UNKNOWN);
  g_assert_cmpint (jump_quota_get_fetched_at (self->quota), ==, 0);
  jump_clock_fake_advance (self->clock, MINUTE_MS);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  answer (self, 0);
  g_assert_no_error (jump_quota_get_error (self->quota));
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_EXHAUSTED);
  jump_clock_fake_advance (self->clock, MINUTE_MS);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  answer_error (self, JUMP_ERROR_FORBIDDEN);
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_EXHAUSTED);
  g_assert_error (jump_quota_get_error (self->quota), JUMP_ERROR, JUMP_ERROR_FORBIDDEN);
}

static void
test_watch (Fixture *self, gconstpointer data)
{
  jump_quota_watch (self->quota);
  g_assert_cmpuint (self->n_asked, ==, 0);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  jump_quota_set_allowed (self->quota, TRUE);
  answer (self, 50);
  jump_quota_watch (self->quota); /* a second one who looks: nothing new yet */
  g_assert_cmpuint (self->n_asked, ==, 1);
  jump_clock_fake_advance (self->clock, 5 * MINUTE_MS);
  g_assert_cmpuint (self->n_asked, ==, 2);
  answer (self, 49);
  jump_quota_set_allowed (self->quota, FALSE);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  jump_clock_fake_advance (self->clock, 10 * MINUTE_MS);
  g_assert_cmpuint (self->n_asked, ==, 2);
  jump_quota_set_allowed (self->quota, TRUE);
  answer (self, 48);
  jump_clock_fake_sleep (self->clock, 3600);
  jump_quota_wake (self->quota);
  answer (self, 47);
  g_assert_cmpuint (self->n_asked, ==, 4);
  jump_quota_unwatch (self->quota);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 1);
  jump_quota_unwatch (self->quota);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
}

/* What failed for want of a network is tried again as soon as it is back. */
static void
test_back_online (Fixture *self, gconstpointer data)
{
  jump_quota_set_allowed (self->quota, TRUE);
  jump_quota_watch (self->quota);
  answer_error (self, JUMP_ERROR_UPSTREAM);
  jump_quota_set_allowed (self->quota, FALSE);
  jump_quota_set_allowed (self->quota, TRUE);
  answer (self, 10);
  g_assert_cmpfloat (jump_quota_get_remaining (self->quota), ==, 10);
  jump_quota_unwatch (self->quota);
}

static void
test_headers (Fixture *self, gconstpointer data)
{
  jump_quota_take_header (self->quota, "premium_interactions", "ent=10&rem=50.0&totRem=5.0");
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_METERED);
  g_assert_cmpfloat (jump_quota_get_used (self->quota), ==, 5);
  g_assert_true (jump_quota_counts_credits (self->quota));
  g_assert_cmpuint (self->n_changes, ==, 1);
  jump_quota_take_header (self->quota, "premium_interactions", "ent=10&rem=50.0&totRem=5.0");
  jump_quota_take_header (self->quota, "premium_interactions", "nonsense");
  g_assert_cmpuint (self->n_changes, ==, 1);
}

static void
test_forget (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GTask) old = NULL;

  jump_quota_set_allowed (self->quota, TRUE);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  old = g_steal_pointer (&self->asked);
  jump_quota_forget (self->quota);
  settle ();
  g_assert_cmpint (get_outcome (outcomes, 0), ==, JUMP_ERROR_SIGNED_OUT);
  jump_quota_refresh_async (self->quota, NULL, on_refreshed, outcomes);
  g_task_return_pointer (old, g_bytes_new_static ("{}", 2), (GDestroyNotify) g_bytes_unref);
  answer (self, 1);
  g_assert_cmpint (get_outcome (outcomes, 1), ==, 9999);
  g_assert_cmpfloat (jump_quota_get_remaining (self->quota), ==, 1);
  jump_quota_forget (self->quota);
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_UNKNOWN);
  g_assert_null (jump_quota_get_plan (self->quota));
}

/* GitHub tells what a newcomer could have: none of it is shown. */
static void
test_no_copilot (Fixture *self, gconstpointer data)
{
  g_autofree char *nothing = NULL;
  g_autofree char *all = NULL;

  jump_quota_set_allowed (self->quota, TRUE);
  jump_quota_watch (self->quota);
  answer (self, 10);
  jump_quota_set_has_copilot (self->quota, FALSE);
  g_assert_cmpuint (self->n_changes, ==, 2);
  answer (self, 20);
  g_assert_null (jump_quota_get_plan (self->quota));
  g_assert_cmpint (jump_quota_get_state (self->quota), ==, JUMP_QUOTA_UNKNOWN);
  g_assert_cmpfloat (jump_quota_get_used (self->quota), ==, -1);
  nothing = jump_quota_dup_json (self->quota);
  g_assert_nonnull (strstr (nothing, "\"state\":\"none\",\"plan\":null"));
  g_assert_nonnull (strstr (nothing, "\"billing\":null"));
  g_assert_nonnull (strstr (nothing, "\"buckets\":{}"));
  jump_quota_set_has_copilot (self->quota, TRUE);
  answer (self, 30);
  g_assert_cmpstr (jump_quota_get_plan (self->quota), ==, "Pro");
  g_assert_cmpfloat (jump_quota_get_remaining (self->quota), ==, 30);
  all = jump_quota_dup_json (self->quota);
  g_assert_nonnull (strstr (all, "\"state\":\"metered\",\"plan\":\"Pro\""));
  jump_quota_unwatch (self->quota);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/quota/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("single-flight", test_single_flight);
  ADD ("refusals", test_refusals);
  ADD ("watch", test_watch);
  ADD ("back-online", test_back_online);
  ADD ("headers", test_headers);
  ADD ("forget", test_forget);
  ADD ("no-copilot", test_no_copilot);
#undef ADD
  return g_test_run ();
}
