/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/wrong-key-watch.h"

/* A mistyped key is nobody's attack. */
#define FREE_TRIES  3
#define FIRST_WAIT  250u
#define LONGEST     8000u
#define MAX_PEERS   128
#define FORGET_US   (10 * 60 * G_USEC_PER_SEC)
#define MAX_DOUBLES 5 /* 250 ms to 8 s */

typedef struct
{
  char *name; /* (owned) (nullable): NULL: nobody's place */
  guint n_wrong;
  gint64 last; /* monotonic µs */
} Peer;

struct _JumpWrongKeyWatch
{
  JumpClock *clock; /* (owned) */
  Peer peers[MAX_PEERS];
};

JumpWrongKeyWatch *
jump_wrong_key_watch_new (JumpClock *clock)
{
  JumpWrongKeyWatch *self = g_new0 (JumpWrongKeyWatch, 1);

  self->clock = g_object_ref (clock);
  return self;
}

void
jump_wrong_key_watch_free (JumpWrongKeyWatch *self)
{
  for (guint i = 0; i < MAX_PEERS; i++)
    g_free (self->peers[i].name);
  g_object_unref (self->clock);
  g_free (self);
}

/* Whoever was seen least lately makes room. */
static Peer *
find (JumpWrongKeyWatch *self, const char *name)
{
  Peer *oldest = &self->peers[0];

  for (guint i = 0; i < MAX_PEERS; i++)
    {
      Peer *peer = &self->peers[i];

      if (g_strcmp0 (peer->name, name) == 0)
        return peer;
      if (oldest->name != NULL && (peer->name == NULL || peer->last < oldest->last))
        oldest = peer;
    }
  g_free (oldest->name);
  *oldest = (Peer){ .name = g_strdup (name) };
  return oldest;
}

/**
 * jump_wrong_key_watch_note:
 * @peer: (nullable): the other end; NULL: somebody on this computer
 *
 * Returns: milliseconds, 0 to 8000: none for the first three, then 250 and twice as many each time; ten minutes
 *   without a wrong key start anew
 */
guint
jump_wrong_key_watch_note (JumpWrongKeyWatch *self, const char *peer)
{
  Peer *entry = find (self, peer != NULL ? peer : "");
  gint64 now = jump_clock_get_monotonic_time (self->clock);

  if (now - entry->last >= FORGET_US)
    entry->n_wrong = 0;
  entry->last = now;
  entry->n_wrong = MIN (entry->n_wrong + 1, FREE_TRIES + MAX_DOUBLES + 1);
  if (entry->n_wrong <= FREE_TRIES)
    return 0;
  return MIN (LONGEST, FIRST_WAIT << (entry->n_wrong - FREE_TRIES - 1));
}
