/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/request-facts.h"

/* How many tokens a request is, for models whose upstream does not count: an estimate from the sizes that a
 * scan finds, times a factor per model that is learned from what upstream reports afterwards. */

typedef struct _JumpTokenGauge JumpTokenGauge;

JumpTokenGauge *jump_token_gauge_new (void);
void jump_token_gauge_free (JumpTokenGauge *self);

/* Without a factor. Only the numbers of @facts are read, here and below; its bytes may be gone. */
gint64 jump_token_gauge_estimate (const JumpRequestFacts *facts);
/* Returns: tokens, the estimate times the factor of @model_id; never less than 2 */
gint64 jump_token_gauge_count (const JumpTokenGauge *self,
                               const char *model_id,
                               const JumpRequestFacts *facts);
/* @input_tokens: as upstream reported, cached ones included; -1: it did not, nothing is learned. */
void jump_token_gauge_learn (JumpTokenGauge *self,
                             const char *model_id,
                             const JumpRequestFacts *facts,
                             gint64 input_tokens);
/* Returns: 1.0 until something is learned */
double jump_token_gauge_get_factor (const JumpTokenGauge *self, const char *model_id);
/* Returns: how many reports the factor rests on */
guint jump_token_gauge_get_samples (const JumpTokenGauge *self, const char *model_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTokenGauge, jump_token_gauge_free)
