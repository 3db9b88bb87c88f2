/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

#include <glib-object.h>

/* One exchange as a row: what a list shows while it runs and afterwards. Emits "changed", without
 * arguments, whenever its record says something new; not for every byte of a stream. */

#define JUMP_TYPE_EXCHANGE_ITEM (jump_exchange_item_get_type ())
G_DECLARE_FINAL_TYPE (JumpExchangeItem, jump_exchange_item, JUMP, EXCHANGE_ITEM, GObject)

JumpExchangeItem *jump_exchange_item_new (JumpExchangeRecord *record);
/* Returns: (transfer none): growing until its state is JUMP_EXCHANGE_ENDED. */
const JumpExchangeRecord *jump_exchange_item_get_record (JumpExchangeItem *self);
gboolean jump_exchange_item_is_running (JumpExchangeItem *self);
void jump_exchange_item_emit_changed (JumpExchangeItem *self);
/* Bodies that are larger than @limit are replaced by what says so (H-16). Only of one that has ended. */
void jump_exchange_item_limit_bodies (JumpExchangeItem *self, gsize limit);
/* Lets go of headers and bodies; the facts stay. */
void jump_exchange_item_drop_bodies (JumpExchangeItem *self);
