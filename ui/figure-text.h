/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Numbers as people read them, in their language. Pure. All return (transfer full). -1 is "–". */

char *jump_figure_text_count (gint64 count);      /* "1,204": things one can count */
char *jump_figure_text_tokens (gint64 tokens);    /* "842", "12.3k", "1.2M" */
char *jump_figure_text_credits (gint64 nano_aiu); /* "0.42", "12.3", "1,204": credits, no unit */
char *jump_figure_text_amount (double amount);    /* the same from credits; below 0 is a number */
char *jump_figure_text_bytes (guint64 bytes);     /* "1.2 MB" */
char *jump_figure_text_latency (gint64 microseconds); /* "85 ms", "2.4 s", "1:05 min" */
char *jump_figure_text_duration (gint64 seconds);     /* "24 minutes", "2 hours 5 minutes" */
char *jump_figure_text_countdown (gint64 seconds);    /* "14:59" */
char *jump_figure_text_clock (gint64 wall_us);        /* "14:05:09" local time */
char *jump_figure_text_day (gint64 wall_seconds);     /* "1 December" */
char *jump_figure_text_date (gint64 wall_seconds);    /* "1 Dec" */
const char *jump_figure_text_month (int month);       /* (transfer none): "Dec" of 12 */
char *jump_figure_text_percent (double percent);      /* "81 %" by the rules of the language */
