/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The service's condition in the words and pictures of tray, title and overview. Pure. */

typedef struct
{
  const char *icon; /* of data/icons: "io.github.jumpseat.Jumpseat-ready-symbolic" and so on */
  char *status;     /* (owned) "Ready on port 8081", "Working: 2 requests" */
  char *tooltip;    /* (owned) state, port and today's credits in one line */
} JumpConditionText;

typedef struct
{
  JumpCondition condition;
  JumpAttention attention;
  guint16 port;
  guint open_exchanges;
  guint64 n_requests_today;
  guint64 nano_aiu_today; /* 1e9 = 1 credit */
  gboolean is_demo;
} JumpConditionFigures;

JumpConditionText *jump_condition_text_new (const JumpConditionFigures *figures);
JumpConditionText *jump_condition_text_new_for_service (JumpService *service);
void jump_condition_text_free (JumpConditionText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpConditionText, jump_condition_text_free)
