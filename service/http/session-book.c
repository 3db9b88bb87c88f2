/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/session-book.h"

#include "service/base/random.h"
#include "service/base/secret-text.h"

#define ID_BYTES 32
/* More links than these nobody opens within a minute. */
#define MAX_CODES 8
/* Browsers of one person. The one that was used least lately makes room. */
#define MAX_SESSIONS 32

typedef struct
{
  char *hash; /* (owned) (nullable): SHA-256 in hexadecimal; NULL: nobody's place */
  gint64 wall;
  gint64 monotonic;
} Entry;

struct _JumpSessionBook
{
  JumpClock *clock; /* (owned) */
  Entry codes[MAX_CODES];
  Entry sessions[MAX_SESSIONS];
};

static void
clear_entry (Entry *entry)
{
  g_clear_pointer (&entry->hash, g_free);
}

static void
touch (JumpSessionBook *self, Entry *entry)
{
  entry->wall = jump_clock_get_wall_time (self->clock);
  entry->monotonic = jump_clock_get_monotonic_time (self->clock);
}

/* By whichever clock says more: one stands still while the computer sleeps, the other can be set back. */
static gboolean
is_over (JumpSessionBook *self, const Entry *entry, gint64 seconds)
{
  gint64 wall = jump_clock_get_wall_time (self->clock) - entry->wall;
  gint64 monotonic = jump_clock_get_monotonic_time (self->clock) - entry->monotonic;

  return MAX (wall, monotonic) >= seconds * G_USEC_PER_SEC;
}

static void
drop_old (JumpSessionBook *self, Entry *entries, gsize n_entries, gint64 seconds)
{
  for (gsize i = 0; i < n_entries; i++)
    {
      if (entries[i].hash != NULL && is_over (self, &entries[i], seconds))
        clear_entry (&entries[i]);
    }
}

static char *
hash_id (const char *id)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

/* All of them are looked at, so that the time tells nothing about the place either. */
static Entry *
find (Entry *entries, gsize n_entries, const char *id)
{
  g_autofree char *hash = hash_id (id);
  Entry *found = NULL;

  for (gsize i = 0; i < n_entries; i++)
    {
      if (jump_secret_equal (entries[i].hash, hash))
        found = &entries[i];
    }
  return found;
}

/* Returns: (transfer full): the new entry's id; the oldest entry makes room when there is none */
static char *
add (JumpSessionBook *self, Entry *entries, gsize n_entries)
{
  Entry *place = &entries[0];
  char *id = jump_random_hex (ID_BYTES);

  for (gsize i = 0; i < n_entries && place->hash != NULL; i++)
    {
      if (entries[i].hash == NULL || entries[i].monotonic < place->monotonic)
        place = &entries[i];
    }
  clear_entry (place);
  place->hash = hash_id (id);
  touch (self, place);
  return id;
}

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
  for (gsize i = 0; i < MAX_CODES; i++)
    clear_entry (&self->codes[i]);
  for (gsize i = 0; i < MAX_SESSIONS; i++)
    clear_entry (&self->sessions[i]);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_session_book_make_code:
 *
 * Returns: (transfer full): 64 hexadecimal digits that jump_session_book_redeem() takes once, within
 *   %JUMP_SESSION_CODE_SECONDS
 */
char *
jump_session_book_make_code (JumpSessionBook *self)
{
  drop_old (self, self->codes, MAX_CODES, JUMP_SESSION_CODE_SECONDS);
  return add (self, self->codes, MAX_CODES);
}

/**
 * jump_session_book_redeem:
 * @code: whatever came behind the link
 *
 * Returns: (transfer full) (nullable): the value of a new session's cookie, 64 hexadecimal digits; NULL when
 *   there is no such code, or not any more
 */
char *
jump_session_book_redeem (JumpSessionBook *self, const char *code)
{
  Entry *entry;

  drop_old (self, self->codes, MAX_CODES, JUMP_SESSION_CODE_SECONDS);
  entry = find (self->codes, MAX_CODES, code);
  if (entry == NULL)
    return NULL;
  clear_entry (entry);
  drop_old (self, self->sessions, MAX_SESSIONS, JUMP_SESSION_IDLE_SECONDS);
  return add (self, self->sessions, MAX_SESSIONS);
}

/**
 * jump_session_book_check:
 * @cookie: (nullable): what a browser sent
 *
 * Counts as use of the session.
 *
 * Returns: whether there is such a session
 */
gboolean
jump_session_book_check (JumpSessionBook *self, const char *cookie)
{
  Entry *entry;

  if (cookie == NULL)
    return FALSE;
  drop_old (self, self->sessions, MAX_SESSIONS, JUMP_SESSION_IDLE_SECONDS);
  entry = find (self->sessions, MAX_SESSIONS, cookie);
  if (entry != NULL)
    touch (self, entry);
  return entry != NULL;
}

gboolean
jump_session_book_has (JumpSessionBook *self, const char *cookie)
{
  drop_old (self, self->sessions, MAX_SESSIONS, JUMP_SESSION_IDLE_SECONDS);
  return find (self->sessions, MAX_SESSIONS, cookie) != NULL;
}

void
jump_session_book_end (JumpSessionBook *self, const char *cookie)
{
  Entry *entry = find (self->sessions, MAX_SESSIONS, cookie);

  if (entry != NULL)
    clear_entry (entry);
}
