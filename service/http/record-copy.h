/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* Returns: (transfer full): what @self says now, for somebody who reads it in a thread or later: it does not grow, and
 * nobody takes its bodies away. Those are shared as far as they are finished. */
JumpExchangeRecord *jump_record_copy_new (const JumpExchangeRecord *self);
