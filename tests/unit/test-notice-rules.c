/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notice-rules.h"

#define BIT(name) JUMP_NOTICE_BIT (JUMP_NOTICE_##name)
#define MONTH     1000
#define IN        JUMP_ACCOUNT_SIGNED_IN
#define OUT       JUMP_ACCOUNT_SIGNED_OUT

/* One step of a story: how things are, and what is expected of it. */
typedef struct
{
  JumpNoticeFacts facts;
  guint tell;
  guint withdraw;
} Step;

static JumpNoticeFacts
facts (JumpAccountState account, JumpCondition condition, JumpAttention attention)
{
  return (JumpNoticeFacts){
    .account = account,
    .condition = condition,
    .attention = attention,
    .percent_used = -1,
  };
}

static JumpNoticeFacts
used (double percent, gint64 month)
{
  JumpNoticeFacts self = facts (IN, JUMP_CONDITION_READY, JUMP_ATTENTION_NONE);

  self.percent_used = percent;
  self.quota_month = month;
  return self;
}

static JumpNoticeFacts
signing_in (void)
{
  JumpNoticeFacts self = facts (OUT, JUMP_CONDITION_SIGNING_IN, JUMP_ATTENTION_NONE);

  self.is_signing_in = TRUE;
  return self;
}

static JumpNoticeFacts
with_tray (JumpNoticeFacts self)
{
  self.has_tray = TRUE;
  return self;
}

static JumpNoticeFacts
watched (JumpNoticeFacts self)
{
  self.is_watched = TRUE;
  return self;
}

static void
check_story (const Step *steps, gsize n_steps)
{
  JumpNoticeMemory memory = { 0 };

  for (gsize i = 0; i < n_steps; i++)
    {
      JumpNoticeNews news = jump_notice_rules_decide (&memory, &steps[i].facts);

      g_test_message ("step %" G_GSIZE_FORMAT, i);
      g_assert_cmphex (news.tell, ==, steps[i].tell);
      g_assert_cmphex (news.withdraw, ==, steps[i].withdraw);
    }
}

static void
test_signing_in (void)
{
  const Step steps[] = {
    { facts (JUMP_ACCOUNT_LOADING, JUMP_CONDITION_STARTING, JUMP_ATTENTION_NONE), 0, 0 },
    { facts (OUT, JUMP_CONDITION_SIGNED_OUT, JUMP_ATTENTION_NONE), BIT (SIGN_IN), 0 },
    { facts (OUT, JUMP_CONDITION_SIGNED_OUT, JUMP_ATTENTION_NONE), 0, 0 },
    { signing_in (), 0, BIT (SIGN_IN) },
    { facts (IN, JUMP_CONDITION_READY, JUMP_ATTENTION_NONE), BIT (SIGNED_IN), 0 },
    { facts (IN, JUMP_CONDITION_WORKING, JUMP_ATTENTION_NONE), 0, 0 },
    { facts (OUT, JUMP_CONDITION_SIGNED_OUT, JUMP_ATTENTION_NONE), 0, BIT (SIGNED_IN) },
    { facts (OUT, JUMP_CONDITION_SIGNED_OUT, JUMP_ATTENTION_NONE), 0, 0 },
  };

  check_story (steps, G_N_ELEMENTS (steps));
}

static void
test_refused (void)
{
  const Step steps[] = {
    { facts (IN, JUMP_CONDITION_READY, JUMP_ATTENTION_NONE), 0, 0 },
    { with_tray (facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_SIGN_IN)), BIT (SIGN_IN), 0 },
    { with_tray (facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_CLIENT_REFUSED)),
      BIT (CLIENT_REFUSED),
      BIT (SIGN_IN) },
    { with_tray (facts (IN, JUMP_CONDITION_READY, JUMP_ATTENTION_NONE)), 0, BIT (CLIENT_REFUSED) },
    { with_tray (facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_CLIENT_REFUSED)),
      BIT (CLIENT_REFUSED),
      0 },
  };

  check_story (steps, G_N_ELEMENTS (steps));
}

static void
test_without_tray (void)
{
  const Step steps[] = {
    { with_tray (facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_OFFLINE)), 0, 0 },
    { facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_OFFLINE), BIT (ATTENTION), 0 },
    { facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_OFFLINE), 0, 0 },
    { facts (IN, JUMP_CONDITION_ATTENTION, JUMP_ATTENTION_RATE_LIMITED), BIT (ATTENTION), 0 },
    { facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE), BIT (PAUSED), BIT (ATTENTION) },
    { with_tray (facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE)), 0, BIT (PAUSED) },
    { with_tray (facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE)), 0, 0 },
  };

  check_story (steps, G_N_ELEMENTS (steps));
}

static void
test_quota (void)
{
  const Step steps[] = {
    { used (-1, 0), 0, 0 },
    { used (79.9, MONTH), 0, 0 },
    { used (80, MONTH), BIT (QUOTA_80), 0 },
    { used (81, MONTH), 0, 0 },
    { used (79, MONTH), 0, BIT (QUOTA_80) },
    { used (85, MONTH), 0, 0 },
    { used (95, MONTH), BIT (QUOTA_95), BIT (QUOTA_80) },
    { used (100, MONTH), 0, 0 },
    { used (2, MONTH + 1), 0, BIT (QUOTA_95) },
    { used (99, MONTH + 1), BIT (QUOTA_95), 0 },
  };

  check_story (steps, G_N_ELEMENTS (steps));
}

static void
test_watched (void)
{
  const Step steps[] = {
    { watched (facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE)), 0, 0 },
    { facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE), 0, 0 },
    { facts (IN, JUMP_CONDITION_READY, JUMP_ATTENTION_NONE), 0, BIT (PAUSED) },
    { facts (IN, JUMP_CONDITION_PAUSED, JUMP_ATTENTION_NONE), BIT (PAUSED), 0 },
  };

  check_story (steps, G_N_ELEMENTS (steps));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-rules/signing-in", test_signing_in);
  g_test_add_func ("/notice-rules/refused", test_refused);
  g_test_add_func ("/notice-rules/without-tray", test_without_tray);
  g_test_add_func ("/notice-rules/quota", test_quota);
  g_test_add_func ("/notice-rules/watched", test_watched);
  return g_test_run ();
}
