/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/doctor/verdict.h"

/* What is to be said of a reply of our own routes. Pure. */

/* @label: model and price. @status: 0: none came. @message: (nullable): what the reply says is wrong. */
JumpVerdict *jump_judge_call (const char *label, guint status, const char *message);

/* A stream as a client sees it. Times in µs. */
typedef struct
{
  gint64 first;     /* from the question to the first byte */
  gint64 total;     /* to the last */
  gint64 passed_on; /* from when the first byte left Jumpseat until it came here, -1 not known */
  gint64 gap;       /* longest between two pieces */
  guint n_events;
  guint n_pieces; /* that came at different times */
} JumpStreamFacts;

JumpVerdict *jump_judge_stream (const char *label, const JumpStreamFacts *facts);
