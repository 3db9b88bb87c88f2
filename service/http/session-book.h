/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

/* Browsers that were let in: one-time links that a person's own program makes, and the session cookies that
 * they are changed into. In memory only: nothing survives the run. Ids are 256 random bits, kept as
 * hashes, compared in constant time. */

/* What stands in front of the code of a link. */
#define JUMP_SESSION_LINK_PATH    "/open/"
#define JUMP_SESSION_CODE_SECONDS 60
#define JUMP_SESSION_IDLE_SECONDS (12 * 60 * 60)

typedef struct _JumpSessionBook JumpSessionBook;

JumpSessionBook *jump_session_book_new (JumpClock *clock);
void jump_session_book_free (JumpSessionBook *self);

/* Returns: (transfer full): the code of a link that works once, for a minute. */
char *jump_session_book_make_code (JumpSessionBook *self);
/* Uses the code up. Returns: (transfer full) (nullable): the value of a new session's cookie */
char *jump_session_book_redeem (JumpSessionBook *self, const char *code);
/* Is there such a session? A session ends after 12 h without use, and with jump_session_book_end(). */
gboolean jump_session_book_check (JumpSessionBook *self, const char *cookie);
/* The same, without counting as use. */
gboolean jump_session_book_has (JumpSessionBook *self, const char *cookie);
void jump_session_book_end (JumpSessionBook *self, const char *cookie);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSessionBook, jump_session_book_free)
