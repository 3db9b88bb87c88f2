/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/auth/token.h"

#include <gio/gio.h>

/* Tasks that wait for one answer. Each can be cancelled alone; it then leaves the others waiting. */

typedef struct
{
  GQueue tasks; /* (owned) (element-type GTask) */
} JumpTokenWaiters;

void jump_token_waiters_init (JumpTokenWaiters *self);
gboolean jump_token_waiters_is_empty (const JumpTokenWaiters *self);
void jump_token_waiters_add (JumpTokenWaiters *self, GTask *task);
void jump_token_waiters_answer (JumpTokenWaiters *self, JumpToken *token, const GError *error);
