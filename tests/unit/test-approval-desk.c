/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/relay/approval-desk-private.h"
#include "tests/support/clock-fake.h"
#include "tests/support/signal-log.h"

#include <string.h>

/* Requests that wait for somebody's word. */

typedef struct
{
  JumpClock *clock;       /* (owned) */
  JumpApprovalDesk *desk; /* (owned) */
  GString *told;          /* (owned): "1" may go, "-1" may not */
  char *always;           /* (owned) (nullable) */
  const char *reason;     /* (nullable): of those that are asked about next */
  GPtrArray *asked;       /* (owned) (element-type Asked) */
} Stage;

typedef struct
{
  Stage *stage;
  const char *id;
} Asked;

static void
on_always_allowed (Stage *stage, const char *client)
{
  g_free (stage->always);
  stage->always = g_strdup (client);
}

static void
set_rules (Stage *self, gboolean is_needed, const char *const *approved)
{
  JumpApprovalRules rules = {
    .is_needed = is_needed,
    .seconds = 60,
    .waiting = 3,
    .approved_clients = approved,
  };

  jump_approval_desk_set_rules (self->desk, &rules);
}

static Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);

  self->clock = jump_clock_fake_new ();
  self->desk = jump_approval_desk_new (self->clock);
  self->told = g_string_new (NULL);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (self->desk, "always-allowed", G_CALLBACK (on_always_allowed), self);
  set_rules (self, TRUE, NULL);
  return self;
}

static void
stage_free (Stage *self)
{
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  g_object_unref (self->desk);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
  g_free (self->always);
  g_ptr_array_unref (self->asked);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static void
on_decided (const GError *error, gpointer user_data)
{
  const Asked *asked = user_data;

  if (error != NULL)
    g_assert_error (error, JUMP_ERROR, JUMP_ERROR_FORBIDDEN);
  g_string_append_printf (asked->stage->told, "%s%s ", error != NULL ? "-" : "", asked->id);
}

static JumpApprovalRequest *
ask (Stage *stage, const char *id, const char *client)
{
  Asked *asked = g_new0 (Asked, 1);
  guint retry_after;
  g_autoptr (GError) error = NULL;
  JumpApprovalRequest *request;

  g_ptr_array_add (stage->asked, asked);
  asked->stage = stage;
  asked->id = id;
  request = jump_approval_desk_ask (stage->desk,
                                    id,
                                    client,
                                    "gpt-4.1",
                                    stage->reason,
                                    on_decided,
                                    asked,
                                    &retry_after,
                                    &error);
  if (request == NULL)
    {
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE);
      g_assert_cmpuint (retry_after, ==, 60);
    }
  return request;
}

static guint
count (Stage *stage)
{
  return g_list_model_get_n_items (G_LIST_MODEL (stage->desk));
}

static void
assert_told (Stage *stage, const char *expected)
{
  g_assert_cmpstr (stage->told->str, ==, expected);
  g_string_truncate (stage->told, 0);
}

static void
test_row (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  JumpApprovalRequest *request;

  jump_signal_log_attach (log, G_OBJECT (stage->desk), "items-changed");
  request = ask (stage, "1", "claude-cli");
  jump_signal_log_assert (log, "items-changed (0, 0, 1)", NULL);
  g_assert_cmpstr (jump_approval_request_get_id (request), ==, "1");
  g_assert_cmpstr (jump_approval_request_get_client (request), ==, "claude-cli");
  g_assert_cmpstr (jump_approval_request_get_model (request), ==, "gpt-4.1");
  g_assert_cmpint (jump_approval_request_get_since (request), ==, 1800000000);
  g_assert_cmpint (jump_approval_request_get_until (request), ==, 1800000060);
  g_assert_true (jump_approval_desk_answer (stage->desk, "1", JUMP_APPROVAL_ONCE));
  jump_signal_log_assert (log, "items-changed (0, 1, 0)", NULL);
  assert_told (stage, "1 ");
  g_assert_false (jump_approval_desk_answer (stage->desk, "1", JUMP_APPROVAL_ONCE));
}

static void
test_answers (void)
{
  g_autoptr (Stage) stage = stage_new ();

  ask (stage, "1", "a");
  ask (stage, "2", "a");
  ask (stage, "3", "b");
  g_assert_null (ask (stage, "4", "c"));
  jump_approval_desk_answer (stage->desk, "2", JUMP_APPROVAL_DENY);
  assert_told (stage, "-2 ");
  ask (stage, "5", "a");
  jump_approval_desk_answer (stage->desk, "5", JUMP_APPROVAL_ONCE);
  assert_told (stage, "5 ");
  g_assert_true (jump_approval_desk_needs_word (stage->desk, "a", NULL));
  ask (stage, "6", "a");
  jump_approval_desk_answer (stage->desk, "6", JUMP_APPROVAL_TEN_MINUTES);
  assert_told (stage, "1 6 ");
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "a", NULL));
  jump_approval_desk_answer (stage->desk, "3", JUMP_APPROVAL_ALWAYS);
  assert_told (stage, "3 ");
  g_assert_cmpstr (stage->always, ==, "b");
  jump_clock_fake_advance (stage->clock, 600 * 1000);
  g_assert_true (jump_approval_desk_needs_word (stage->desk, "a", NULL));
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "b", NULL));
}

static void
test_nobody_answers (void)
{
  g_autoptr (Stage) stage = stage_new ();

  ask (stage, "1", "a");
  jump_clock_fake_advance (stage->clock, 30000);
  ask (stage, "2", "a");
  jump_clock_fake_advance (stage->clock, 30000);
  assert_told (stage, "-1 ");
  g_assert_cmpuint (count (stage), ==, 1);
  jump_clock_fake_advance (stage->clock, 30000);
  assert_told (stage, "-2 ");
}

/* Who may come in may not spend any more than before, and the other way round. */
static void
test_money (void)
{
  static const char *const names[] = { "a", NULL };
  g_autoptr (Stage) stage = stage_new ();
  const char *reason = "the budget for today is used up";

  set_rules (stage, FALSE, names);
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "a", NULL));
  g_assert_true (jump_approval_desk_needs_word (stage->desk, "a", reason));
  stage->reason = reason;
  g_assert_cmpstr (jump_approval_request_get_reason (ask (stage, "1", "a")), ==, reason);
  ask (stage, "2", "a");
  set_rules (stage, FALSE, names);
  assert_told (stage, "");
  jump_approval_desk_answer (stage->desk, "1", JUMP_APPROVAL_TEN_MINUTES);
  assert_told (stage, "1 2 ");
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "a", reason));
  jump_clock_fake_advance (stage->clock, 600 * 1000);
  g_assert_true (jump_approval_desk_needs_word (stage->desk, "a", reason));
  ask (stage, "3", "a");
  jump_approval_desk_answer (stage->desk, "3", JUMP_APPROVAL_ALWAYS);
  assert_told (stage, "3 ");
  g_assert_null (stage->always);
  jump_clock_fake_advance (stage->clock, 600 * 1000);
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "a", reason));
  set_rules (stage, TRUE, NULL);
  ask (stage, "4", "b");
  jump_approval_desk_answer (stage->desk, "4", JUMP_APPROVAL_ALWAYS);
  assert_told (stage, "4 ");
  g_assert_cmpstr (stage->always, ==, "b");
  stage->reason = NULL;
  ask (stage, "5", "c");
  jump_approval_desk_answer (stage->desk, "5", JUMP_APPROVAL_TEN_MINUTES);
  assert_told (stage, "5 ");
  g_assert_true (jump_approval_desk_needs_word (stage->desk, "c", reason));
}

static void
test_withdrawn (void)
{
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (JumpApprovalRequest) request = g_object_ref (ask (stage, "1", "a"));

  ask (stage, "2", "b");
  jump_approval_desk_withdraw (stage->desk, request);
  g_assert_cmpuint (count (stage), ==, 1);
  assert_told (stage, "");
  jump_approval_desk_answer (stage->desk, "2", JUMP_APPROVAL_ONCE);
  assert_told (stage, "2 ");
}

static void
test_settings (void)
{
  static const char *const names[] = { " b ", "Laptop  in the kitchen", NULL };
  g_autoptr (Stage) stage = stage_new ();
  g_autoptr (GError) error = g_error_new (JUMP_ERROR, JUMP_ERROR_FORBIDDEN, "closed");

  ask (stage, "1", "a");
  ask (stage, "2", "b");
  set_rules (stage, TRUE, names);
  assert_told (stage, "2 ");
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "Laptop, in the kitchen", NULL));
  set_rules (stage, FALSE, NULL);
  assert_told (stage, "1 ");
  g_assert_false (jump_approval_desk_needs_word (stage->desk, "a", NULL));
  set_rules (stage, TRUE, NULL);
  ask (stage, "3", "a");
  ask (stage, "4", "b");
  jump_approval_desk_close (stage->desk, error);
  assert_told (stage, "-3 -4 ");
}

static void
test_words (void)
{
  JumpApprovalAnswer answer;

  g_assert_true (jump_approval_answer_parse ("ten_minutes", &answer));
  g_assert_cmpint (answer, ==, JUMP_APPROVAL_TEN_MINUTES);
  g_assert_true (jump_approval_answer_parse ("deny", &answer));
  g_assert_cmpint (answer, ==, JUMP_APPROVAL_DENY);
  g_assert_false (jump_approval_answer_parse ("Deny", &answer));
  g_assert_false (jump_approval_answer_parse ("", &answer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approval-desk/row", test_row);
  g_test_add_func ("/approval-desk/answers", test_answers);
  g_test_add_func ("/approval-desk/nobody-answers", test_nobody_answers);
  g_test_add_func ("/approval-desk/money", test_money);
  g_test_add_func ("/approval-desk/withdrawn", test_withdrawn);
  g_test_add_func ("/approval-desk/settings", test_settings);
  g_test_add_func ("/approval-desk/words", test_words);
  return g_test_run ();
}
