/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/wrong-key-watch.h"

/* Refusals of wrong keys that are held back for a while. Of each only the request's head is kept, and there are not
 * many at once. */

typedef struct _JumpRefusalDesk JumpRefusalDesk;

JumpRefusalDesk *jump_refusal_desk_new (JumpClock *clock);
/* What is held back is given up; the connections have to be gone. */
void jump_refusal_desk_free (JumpRefusalDesk *self);
/* Answers @request, which must not be touched afterwards, with status 401, sooner or later. @peer: (nullable).
 * @code, @reason: static texts. */
void jump_refusal_desk_refuse (JumpRefusalDesk *self,
                               JumpClientRequest *request,
                               const char *peer,
                               const char *code,
                               const char *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRefusalDesk, jump_refusal_desk_free)
