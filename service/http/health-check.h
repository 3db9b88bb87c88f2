/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/http/http-context.h"

/* What /health looks at (S-14): memory, token, upstream, breaker, queue, disk. Judged first, written
 * then, because the verdict on all of them comes first in the answer. */

typedef enum
{
  JUMP_HEALTH_HEALTHY,
  JUMP_HEALTH_DEGRADED,
  JUMP_HEALTH_UNHEALTHY,
} JumpHealth;

#define JUMP_HEALTH_CHECKS 6

typedef struct
{
  JumpHealth health;
  char *message; /* (owned) */
  gint64 took;   /* µs */
} JumpHealthCheck;

/* Returns: the worst of them. @checks: (out caller-allocates) */
JumpHealth jump_health_judge (JumpHealthCheck checks[JUMP_HEALTH_CHECKS], JumpHttpContext *context);
void jump_health_clear (JumpHealthCheck checks[JUMP_HEALTH_CHECKS]);
/* The member "checks". @timestamp: when they were made. @is_for_stranger: without words and figures, which may
 * name the account */
void jump_health_write (const JumpHealthCheck checks[JUMP_HEALTH_CHECKS],
                        JumpHttpContext *context,
                        const char *timestamp,
                        gboolean is_for_stranger,
                        JumpJsonWriter *writer);
const char *jump_health_to_string (JumpHealth health);
