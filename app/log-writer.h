/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/log-file.h"

/* The one log writer of the program. Every line goes to standard error, in UTC and redacted:
 *   2026-11-21T05:06:07.123Z INFO  relay: text
 * The journal of systemd keeps time and level by itself: where standard error goes there, a line is
 *   <6>relay: text
 * Libraries (GTK, libsoup …) are heard from a warning on. GLib allows one writer per process, so
 * install is called once, first thing in main; the writer lives as long as the process. */

typedef struct _JumpLogWriter JumpLogWriter;

/* @level: "debug", "info", "warning" or "error"; others count as "info".
 * Returns: (transfer none): the writer, for changing its level later. */
JumpLogWriter *jump_log_writer_install (const char *level);
void jump_log_writer_set_level (JumpLogWriter *self, const char *level);
/* @file: (transfer full): every line goes there too, from now on and for good. */
void jump_log_writer_take_file (JumpLogWriter *self, JumpLogFile *file);

/* The pure parts. */
gboolean
jump_log_writer_passes (GLogLevelFlags threshold, GLogLevelFlags level, const char *domain);
/* @wall_time: in microseconds since the epoch. Returns: (transfer full): one line with its end. */
char *jump_log_writer_format (gint64 wall_time,
                              GLogLevelFlags level,
                              const char *domain,
                              const char *message);
/* Returns: (transfer full): the same line for the journal. */
char *
jump_log_writer_format_journal (GLogLevelFlags level, const char *domain, const char *message);
