/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* When the credits run out, if days go on as the last ones did. */

typedef struct
{
  double remaining; /* credits, or requests */
  double per_day;   /* used on a day: mean of those that count */
  gint64 now;       /* wall seconds */
  gint64 resets_at; /* wall seconds, 0 unknown */
} JumpForecastFacts;

typedef enum
{
  JUMP_FORECAST_UNKNOWN, /* too little is known */
  JUMP_FORECAST_LASTS,   /* until it is renewed, or nothing is used */
  JUMP_FORECAST_RUNS_OUT,
  JUMP_FORECAST_SPENT,
} JumpForecast;

/* @out_when: (out): wall seconds at which it runs out; 0 unless that is what it does. */
JumpForecast jump_forecast_make (const JumpForecastFacts *facts, gint64 *out_when);
