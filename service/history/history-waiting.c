/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-waiting.h"

struct _JumpHistoryWaiting
{
  GMutex lock;
  GQueue entries; /* (owned) (element-type JumpHistoryEntry) */
  gsize bytes;
  guint n_lost;
  guint max_entries;
  gsize max_bytes;
};

JumpHistoryWaiting *
jump_history_waiting_new (guint max_entries, gsize max_bytes)
{
  JumpHistoryWaiting *self = g_new0 (JumpHistoryWaiting, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->entries);
  self->max_entries = max_entries;
  self->max_bytes = max_bytes;
  return self;
}

void
jump_history_waiting_free (JumpHistoryWaiting *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) jump_history_entry_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The last one stays, whatever its size. */
static void
drop_oldest (JumpHistoryWaiting *self)
{
  while (self->entries.length > 1 &&
         (self->entries.length > self->max_entries || self->bytes > self->max_bytes))
    {
      g_autoptr (JumpHistoryEntry) entry = g_queue_pop_head (&self->entries);

      self->bytes -= entry->bytes;
      self->n_lost++;
    }
}

guint
jump_history_waiting_add (JumpHistoryWaiting *self, JumpHistoryEntry *entry)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);

  g_queue_push_tail (&self->entries, entry);
  self->bytes += entry->bytes;
  drop_oldest (self);
  return self->entries.length;
}

GQueue *
jump_history_waiting_take (JumpHistoryWaiting *self)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);
  GQueue *entries = g_queue_new ();

  *entries = self->entries;
  g_queue_init (&self->entries);
  self->bytes = 0;
  return entries;
}

void
jump_history_waiting_put_back (JumpHistoryWaiting *self, GQueue *entries)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);
  JumpHistoryEntry *entry;

  while ((entry = g_queue_pop_tail (entries)) != NULL)
    {
      g_queue_push_head (&self->entries, entry);
      self->bytes += entry->bytes;
    }
  g_queue_free (entries);
  drop_oldest (self);
}

void
jump_history_waiting_count_lost (JumpHistoryWaiting *self)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);

  self->n_lost++;
}

guint
jump_history_waiting_take_lost (JumpHistoryWaiting *self)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);
  guint n_lost = self->n_lost;

  self->n_lost = 0;
  return n_lost;
}

guint
jump_history_waiting_get_length (JumpHistoryWaiting *self)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&self->lock);

  return self->entries.length;
}

gboolean
jump_history_waiting_is_empty (JumpHistoryWaiting *self)
{
  return jump_history_waiting_get_length (self) == 0;
}
