/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* A file that appears when it is whole: what is written goes into one beside it, which takes its place at the end.
 * Nobody reads half of it, and one that was there stays as it was until then. Blocks: for worker threads. */
typedef struct _JumpWholeFile JumpWholeFile;

/* @file: may be there. For its owner alone. G_IO_ERROR. */
JumpWholeFile *jump_whole_file_new (GFile *file, GError **error);
GOutputStream *jump_whole_file_get_stream (JumpWholeFile *self);
/* Puts it into its place. G_IO_ERROR. */
gboolean jump_whole_file_finish (JumpWholeFile *self, GError **error);
/* What was not finished leaves nothing behind. */
void jump_whole_file_free (JumpWholeFile *self);
/* All of it at once. G_IO_ERROR. */
gboolean jump_whole_file_write (GFile *file, GBytes *content, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpWholeFile, jump_whole_file_free)
