/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What is known of one exchange, as a table; above it what went wrong, and what helps. */

#define JUMP_TYPE_REQUEST_FACTS (jump_request_facts_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestFacts, jump_request_facts, JUMP, REQUEST_FACTS, GtkScrolledWindow)

/* @now_wall: µs since the epoch. */
void jump_request_facts_set_record (JumpRequestFacts *self,
                                    const JumpExchangeRecord *record,
                                    gint64 now_wall);
