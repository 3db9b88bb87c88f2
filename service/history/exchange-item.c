/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/exchange-item.h"

#include "service/history/body-stand-in.h"

#include <string.h>

struct _JumpExchangeItem
{
  GObject parent_instance;

  JumpExchangeRecord *record; /* (owned) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpExchangeItem, jump_exchange_item, G_TYPE_OBJECT)

static void
jump_exchange_item_finalize (GObject *object)
{
  JumpExchangeItem *self = JUMP_EXCHANGE_ITEM (object);

  jump_exchange_record_unref (self->record);
  G_OBJECT_CLASS (jump_exchange_item_parent_class)->finalize (object);
}

static void
jump_exchange_item_class_init (JumpExchangeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_exchange_item_finalize;
  /**
   * JumpExchangeItem::changed:
   *
   * The record says something new, or has lost its headers and bodies.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_exchange_item_init (JumpExchangeItem *self)
{
}

/**
 * jump_exchange_item_new:
 * @record: referenced
 *
 * Returns: (transfer full): a row for it
 */
JumpExchangeItem *
jump_exchange_item_new (JumpExchangeRecord *record)
{
  JumpExchangeItem *self = g_object_new (JUMP_TYPE_EXCHANGE_ITEM, NULL);

  self->record = jump_exchange_record_ref (record);
  return self;
}

const JumpExchangeRecord *
jump_exchange_item_get_record (JumpExchangeItem *self)
{
  return self->record;
}

gboolean
jump_exchange_item_is_running (JumpExchangeItem *self)
{
  return self->record->state != JUMP_EXCHANGE_ENDED;
}

void
jump_exchange_item_emit_changed (JumpExchangeItem *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
limit_body (GBytes **body, gsize limit)
{
  gsize size = *body != NULL ? g_bytes_get_size (*body) : 0;
  char *stand_in;

  if (size <= limit)
    return;
  stand_in = jump_body_stand_in_new (size, limit);
  g_bytes_unref (*body);
  *body = g_bytes_new_take (stand_in, strlen (stand_in));
}

/**
 * jump_exchange_item_limit_bodies:
 * @self: one that has ended
 * @limit: in bytes; replies are kept to JUMP_LIMIT_KEPT_REPLY anyway
 */
void
jump_exchange_item_limit_bodies (JumpExchangeItem *self, gsize limit)
{
  limit_body (&self->record->request_body, limit);
  limit_body (&self->record->sent_body, limit);
}

/**
 * jump_exchange_item_drop_bodies:
 *
 * Emits "changed" when there were some: who shows them must not go on to point at them.
 */
void
jump_exchange_item_drop_bodies (JumpExchangeItem *self)
{
  JumpExchangeRecord *record = self->record;
  gboolean has_any = record->request_headers != NULL || record->request_body != NULL ||
                     record->sent_body != NULL || record->reply_headers != NULL ||
                     record->reply_body != NULL;

  g_clear_pointer (&record->request_headers, g_free);
  g_clear_pointer (&record->request_body, g_bytes_unref);
  g_clear_pointer (&record->sent_body, g_bytes_unref);
  g_clear_pointer (&record->reply_headers, g_free);
  g_clear_pointer (&record->reply_body, g_byte_array_unref);
  if (has_any)
    jump_exchange_item_emit_changed (self);
}
