/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The words of the tray's menu that depend on how things are. Pure. */

typedef struct
{
  JumpQuotaState state;
  double remaining;   /* -1 unknown */
  double entitlement; /* -1 unknown */
  gboolean counts_credits;
  const char *organisation; /* (nullable) */
} JumpTrayCredits;

/* All return (transfer full). */
char *jump_tray_text_credits (const JumpTrayCredits *credits);
/* @plan: (nullable) */
char *jump_tray_text_plan (const char *plan);
/* "claude-sonnet-4 · done · 0.42 credits" */
char *jump_tray_text_request (const JumpExchangeRecord *record);
/* @status: what the condition says. @code: (nullable) of the sign-in that runs. */
char *jump_tray_text_status (const char *status, const char *code);
