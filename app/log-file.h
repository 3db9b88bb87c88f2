/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The lines of the log in a file, for people who start Jumpseat from a menu and have no standard
 * error to look at. Only its owner can read it. When it has grown to a size it becomes NAME.log.1,
 * that one NAME.log.2 and so on, and the oldest goes. */

typedef struct _JumpLogFile JumpLogFile;

/* @name: without ".log". Nothing is created before the first line. */
JumpLogFile *jump_log_file_new (const char *dir, const char *name);
void jump_log_file_free (JumpLogFile *self);
/* From any thread. @line: with its end. A disk that is full loses lines and nothing else. */
void jump_log_file_write (JumpLogFile *self, const char *line);

/* Returns: (transfer full): the folder of log files below @data_dir. */
char *jump_log_file_build_dir (const char *data_dir);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLogFile, jump_log_file_free)
