/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/session-book.h"

struct _JumpSessionBook
{
  JumpClock *clock; /* (owned) */
};

JumpSessionBook *
jump_session_book_new (JumpClock *clock)
{
  JumpSessionBook *self = g_new0 (JumpSessionBook, 1);

  self->clock = g_object_ref (clock);
  return self;
}

void
jump_session_book_free (JumpSessionBook *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

char *
jump_session_book_make_code (JumpSessionBook *self)
{
  return g_strdup ("");
}

char *
jump_session_book_redeem (JumpSessionBook *self, const char *code)
{
  return NULL;
}

gboolean
jump_session_book_check (JumpSessionBook *self, const char *cookie)
{
  return FALSE;
}

void
jump_session_book_end (JumpSessionBook *self, const char *cookie)
{
}
