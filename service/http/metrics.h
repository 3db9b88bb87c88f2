/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

/* What went through since the start, added up for Prometheus. However many names clients think of, there are no
 * more than JUMP_METRICS_MODELS models; what comes later counts as "other". Pure. */

#define JUMP_METRICS_MODELS 100

typedef struct _JumpMetrics JumpMetrics;

JumpMetrics *jump_metrics_new (void);
void jump_metrics_free (JumpMetrics *self);
/* @record is new, or went on. */
void jump_metrics_update (JumpMetrics *self, JumpExchangeRecord *record);
/* @record has ended. */
void jump_metrics_add (JumpMetrics *self, JumpExchangeRecord *record);
/* Streams that clients read at the moment. */
guint jump_metrics_get_streams (const JumpMetrics *self);
/* Appends all of it in text format 0.0.4. */
void jump_metrics_write (JumpMetrics *self, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpMetrics, jump_metrics_free)
