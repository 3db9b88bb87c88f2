/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What is known of one exchange, as a table; above it what went wrong, and what helps. */

#define JUMP_TYPE_REQUEST_SUMMARY (jump_request_summary_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestSummary,
                      jump_request_summary,
                      JUMP,
                      REQUEST_SUMMARY,
                      GtkScrolledWindow)

/* @now_wall: µs since the epoch. */
void jump_request_summary_set_record (JumpRequestSummary *self,
                                      const JumpExchangeRecord *record,
                                      gint64 now_wall);
