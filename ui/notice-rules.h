/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Which desktop notifications to show and to take back, given how things were and are. Pure. */

typedef enum
{
  JUMP_NOTICE_SIGN_IN, /* nobody is signed in, or GitHub refuses the token */
  JUMP_NOTICE_SIGNED_IN,
  JUMP_NOTICE_QUOTA_80,
  JUMP_NOTICE_QUOTA_95,
  JUMP_NOTICE_CLIENT_REFUSED,
  JUMP_NOTICE_ATTENTION, /* what the icon would say, where there is none */
  JUMP_NOTICE_PAUSED,    /* the same */
  JUMP_N_NOTICES,
} JumpNotice;

#define JUMP_NOTICE_BIT(notice) (1u << (notice))

typedef struct
{
  JumpCondition condition;
  JumpAttention attention;
  JumpAccountState account;
  gboolean is_signing_in;
  gboolean has_tray;
  gboolean is_watched; /* somebody looks at the window: what it shows need not be told */
  double percent_used; /* of the month's quota; -1 unknown */
  gint64 quota_month;  /* wall seconds of the end of that month, 0 unknown */
} JumpNoticeFacts;

/* All zero at start, but for the quota's part, which lasts longer than a run. */
typedef struct
{
  guint told; /* JUMP_NOTICE_BIT()s whose cause lasts */
  JumpAttention told_attention;
  gboolean has_been_signed_in;
  gboolean was_signing_in;
  int quota_percent; /* 0, 80 or 95: told about quota_month */
  gint64 quota_month;
} JumpNoticeMemory;

typedef struct
{
  guint tell;     /* bits */
  guint withdraw; /* bits: whose cause is gone */
} JumpNoticeNews;

JumpNoticeNews jump_notice_rules_decide (JumpNoticeMemory *memory, const JumpNoticeFacts *facts);
