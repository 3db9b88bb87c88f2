/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-ring.h"

#include "service/base/limits.h"

struct _JumpHistoryRing
{
  GObject parent_instance;

  GPtrArray *items; /* (owned) (element-type JumpExchangeItem) */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpHistoryRing,
                               jump_history_ring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *list)
{
  return JUMP_TYPE_EXCHANGE_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return JUMP_HISTORY_RING (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  JumpHistoryRing *self = JUMP_HISTORY_RING (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
jump_history_ring_finalize (GObject *object)
{
  g_ptr_array_unref (JUMP_HISTORY_RING (object)->items);
  G_OBJECT_CLASS (jump_history_ring_parent_class)->finalize (object);
}

static void
jump_history_ring_class_init (JumpHistoryRingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_history_ring_finalize;
}

static void
jump_history_ring_init (JumpHistoryRing *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

JumpHistoryRing *
jump_history_ring_new (void)
{
  return g_object_new (JUMP_TYPE_HISTORY_RING, NULL);
}

void
jump_history_ring_set_limits (JumpHistoryRing *self, guint rows, guint bodies, gsize bytes)
{
}

void
jump_history_ring_update (JumpHistoryRing *self, JumpExchangeRecord *record)
{
  JumpExchangeItem *item = jump_history_ring_find (self, record->id);

  if (item != NULL)
    {
      jump_exchange_item_emit_changed (item);
      return;
    }
  g_ptr_array_add (self->items, jump_exchange_item_new (record));
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
}

JumpExchangeItem *
jump_history_ring_find (JumpHistoryRing *self, const char *id)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      JumpExchangeItem *item = g_ptr_array_index (self->items, i - 1);

      if (g_strcmp0 (jump_exchange_item_get_record (item)->id, id) == 0)
        return item;
    }
  return NULL;
}

void
jump_history_ring_clear (JumpHistoryRing *self)
{
}
