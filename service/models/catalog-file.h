/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* The last good copy of the catalogue on disk: one file, mode 0600, replaced atomically in a
 * worker thread, one write at a time and the newest wanted content last. Problems are logged at
 * debug level and otherwise ignored: the copy is a convenience. */

typedef struct _JumpCatalogFile JumpCatalogFile;

/* @path: (nullable): without one nothing is kept. */
JumpCatalogFile *jump_catalog_file_new (const char *path);
/* A write that has begun still ends. */
void jump_catalog_file_free (JumpCatalogFile *self);

/* Returns: (transfer full) (nullable); @out_written_at: wall seconds. */
GBytes *jump_catalog_file_load (JumpCatalogFile *self, gint64 *out_written_at);
void jump_catalog_file_save (JumpCatalogFile *self, GBytes *content);
void jump_catalog_file_remove (JumpCatalogFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCatalogFile, jump_catalog_file_free)
