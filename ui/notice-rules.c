/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notice-rules.h"

#define FIRST_MARK  80
#define SECOND_MARK 95

/* Signing out oneself is no reason to be told that one is signed out. */
static gboolean
needs_sign_in (const JumpNoticeMemory *memory, const JumpNoticeFacts *facts)
{
  if (facts->is_signing_in)
    return FALSE;
  if (facts->account == JUMP_ACCOUNT_SIGNED_OUT)
    return !memory->has_been_signed_in;
  return facts->attention == JUMP_ATTENTION_SIGN_IN;
}

static gboolean
is_sign_in_done (const JumpNoticeMemory *memory, const JumpNoticeFacts *facts)
{
  if (facts->account != JUMP_ACCOUNT_SIGNED_IN || facts->is_signing_in)
    return FALSE;
  return memory->was_signing_in || (memory->told & JUMP_NOTICE_BIT (JUMP_NOTICE_SIGNED_IN)) != 0;
}

static gboolean
is_told_by_icon (const JumpNoticeFacts *facts)
{
  switch (facts->attention)
    {
    case JUMP_ATTENTION_NONE:
    case JUMP_ATTENTION_SIGN_IN:        /* has a notice of its own */
    case JUMP_ATTENTION_CLIENT_REFUSED: /* the same */
    case JUMP_ATTENTION_APPROVAL:       /* one for each request */
      return FALSE;
    case JUMP_ATTENTION_NOT_LISTENING:
    case JUMP_ATTENTION_SSO:
    case JUMP_ATTENTION_PORTAL:
    case JUMP_ATTENTION_CLOCK:
    case JUMP_ATTENTION_BURST:
    case JUMP_ATTENTION_NO_SUBSCRIPTION:
    case JUMP_ATTENTION_BLOCKED:
    case JUMP_ATTENTION_OUT_OF_CREDITS:
    case JUMP_ATTENTION_RATE_LIMITED:
    case JUMP_ATTENTION_OFFLINE:
    case JUMP_ATTENTION_UPSTREAM_DOWN:
    case JUMP_ATTENTION_PROTOCOL:
      return facts->condition == JUMP_CONDITION_ATTENTION;
    }
  return FALSE;
}

static guint
find_causes (const JumpNoticeMemory *memory, const JumpNoticeFacts *facts)
{
  guint causes = 0;

  if (needs_sign_in (memory, facts))
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_SIGN_IN);
  if (is_sign_in_done (memory, facts))
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_SIGNED_IN);
  if (facts->attention == JUMP_ATTENTION_CLIENT_REFUSED)
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_CLIENT_REFUSED);
  /* GitHub may suspend an account for such, which a small picture does not say. */
  if (is_told_by_icon (facts) && (!facts->has_tray || facts->attention == JUMP_ATTENTION_BURST))
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_ATTENTION);
  if (!facts->has_tray && facts->condition == JUMP_CONDITION_PAUSED)
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_PAUSED);
  if (facts->percent_used >= SECOND_MARK)
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_QUOTA_95);
  else if (facts->percent_used >= FIRST_MARK)
    causes |= JUMP_NOTICE_BIT (JUMP_NOTICE_QUOTA_80);
  return causes;
}

/* Of what is left of @tell, the marks that this month has not passed yet. */
static guint
drop_passed_marks (JumpNoticeMemory *memory, const JumpNoticeFacts *facts, guint tell)
{
  const guint marks =
      JUMP_NOTICE_BIT (JUMP_NOTICE_QUOTA_80) | JUMP_NOTICE_BIT (JUMP_NOTICE_QUOTA_95);
  int mark = facts->percent_used >= SECOND_MARK ? SECOND_MARK : FIRST_MARK;

  if ((tell & marks) == 0)
    return tell;
  if (facts->quota_month == memory->quota_month && memory->quota_percent >= mark)
    return tell & ~marks;
  memory->quota_month = facts->quota_month;
  memory->quota_percent = mark;
  return tell;
}

/**
 * jump_notice_rules_decide:
 * @memory: what was; becomes what is
 * @facts: how things are
 *
 * A notice is told when its cause comes, and taken back when it goes; a quota's mark once a month,
 * whatever the numbers do. What somebody sees in the window counts as told.
 *
 * Returns: what to do about it
 */
JumpNoticeNews
jump_notice_rules_decide (JumpNoticeMemory *memory, const JumpNoticeFacts *facts)
{
  JumpNoticeNews news = { 0, 0 };
  guint attention = JUMP_NOTICE_BIT (JUMP_NOTICE_ATTENTION);
  guint causes;

  if (facts->account == JUMP_ACCOUNT_LOADING)
    return news;
  causes = find_causes (memory, facts);
  news.tell = causes & ~memory->told;
  if ((causes & attention) != 0 && facts->attention != memory->told_attention)
    news.tell |= attention; /* takes the place of the one that is shown */
  news.tell = drop_passed_marks (memory, facts, news.tell);
  if (facts->is_watched)
    news.tell = 0;
  news.withdraw = memory->told & ~causes;
  memory->told = causes;
  memory->told_attention = facts->attention;
  memory->has_been_signed_in |= facts->account == JUMP_ACCOUNT_SIGNED_IN;
  memory->was_signing_in = facts->is_signing_in;
  return news;
}
