/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/scenario.h"

/* What a scenario says, for the other files of this folder. */

typedef enum
{
  JUMP_ACCOUNT_PRO,
  JUMP_ACCOUNT_FREE,
  JUMP_ACCOUNT_FREE_LEGACY,
  JUMP_ACCOUNT_BUSINESS,
  JUMP_ACCOUNT_ENTERPRISE,
  JUMP_ACCOUNT_NO_SEAT,
  JUMP_ACCOUNT_REVOKED,
  JUMP_ACCOUNT_GHE,
} JumpAccountKind;

typedef enum
{
  JUMP_DEVICE_SUCCESS,
  JUMP_DEVICE_DENIED,
  JUMP_DEVICE_DISABLED,
} JumpDeviceOutcome;

/* How the account's month is told (protocol 3.1 to 3.3). */
typedef enum
{
  JUMP_ALLOWANCE_USUAL,   /* as the kind of account has it */
  JUMP_ALLOWANCE_POOLED,  /* a seat without a limit of its own */
  JUMP_ALLOWANCE_BLOCKED, /* the same, where the organisation says no */
  JUMP_ALLOWANCE_MANAGED, /* a seat that is told no numbers */
} JumpAllowanceKind;

/* Rarer habits of the real one, as bits: off unless the scenario names them. */
typedef enum
{
  JUMP_QUIRK_KEEPALIVE = 1 << 0,         /* Responses: keepalive events between the others */
  JUMP_QUIRK_REDACTED_THINKING = 1 << 1, /* Messages: reasoning without its text */
  JUMP_QUIRK_REFUSAL = 1 << 2,           /* every answer is a refusal */
  JUMP_QUIRK_DONE = 1 << 3,              /* data: [DONE] behind Responses and Messages */
  JUMP_QUIRK_NO_TYPE = 1 << 4,           /* Responses: the type only in the event line */
} JumpQuirks;

struct _JumpScenario
{
  JumpAccountKind kind;
  char *login;              /* (owned) */
  GPtrArray *github_tokens; /* (owned) (element-type utf8): valid from the start */

  gint64 token_ttl;
  gint64 token_refresh_in;
  gint64 misdirected_before; /* tokens of earlier exchanges get 421 on chat */

  gint64 device_pending; /* polls before success; -1: waits for a person */
  gint64 device_expires_in;
  gint64 device_interval;
  gint64 device_auto_authorize; /* seconds; -1: never */
  JumpDeviceOutcome device_outcome;

  JumpAllowanceKind allowance;
  gint64 entitlement;  /* of the month; -1: as the kind of account has it */
  gint64 used;         /* before the first call; -1: likewise */
  gint64 overage;      /* whether going on is permitted; -1: likewise */
  gboolean by_request; /* billed by premium requests, not by credits (protocol 3.5) */

  JsonArray *models; /* (owned) */
  GPtrArray *rules;  /* (owned) (element-type JumpScenarioRule) */
  gint64 pace_ms;    /* between the pieces of normal streams */
  gint64 clock_skew; /* seconds by which its Date is ahead of ours */
  gboolean wit;
  gboolean strict_fields;
  guint quirks; /* JumpQuirks */
};
