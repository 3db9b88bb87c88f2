/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <string.h>
#include <time.h>

/* What the upstream and the load generator of the benchmark share: the time at which a chunk was
 * written, carried inside its content, and the words in a prompt that ask for a stream. Both run
 * on one machine, so CLOCK_MONOTONIC is the same clock on both sides. */

/* "@T" and 20 digits of nanoseconds. */
#define STAMP_MARK   "@T"
#define STAMP_DIGITS 20
#define STAMP_LENGTH 22

/* @@n=CHUNKS,d=MS,s=SIZE,b=BATCH@@ in the first message selects a stream: CHUNKS events of SIZE
 * bytes, BATCH of them at once every MS milliseconds. */
#define STREAM_MARKER "@@n=%u,d=%u,s=%u,b=%u@@"

static inline guint64
stamp_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (guint64) now.tv_sec * 1000000000u + (guint64) now.tv_nsec;
}

/* Writes STAMP_LENGTH bytes at @at, without a zero at the end. */
static inline void
stamp_write (char *at, guint64 value)
{
  memcpy (at, STAMP_MARK, 2);
  for (int i = STAMP_LENGTH - 1; i >= 2; i--)
    {
      at[i] = (char) ('0' + value % 10);
      value /= 10;
    }
}

/* @at: the first digit. */
static inline guint64
stamp_read (const char *at)
{
  guint64 value = 0;

  for (int i = 0; i < STAMP_DIGITS; i++)
    value = value * 10 + (guint64) (at[i] - '0');
  return value;
}
