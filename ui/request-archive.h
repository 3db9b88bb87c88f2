/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-filter.h"

/* The exchanges of this run, and in front of them older ones that the history has kept, as far as somebody has asked for
 * them: a GListModel of JumpExchangeItem, oldest first. Emits "changed" when it may look different to whoever asks. */

#define JUMP_TYPE_REQUEST_ARCHIVE (jump_request_archive_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestArchive, jump_request_archive, JUMP, REQUEST_ARCHIVE, GObject)

JumpRequestArchive *jump_request_archive_new (JumpHistoryRing *ring, JumpHistoryStore *store);
/* Looks for @text (nullable) from now on, what was loaded goes. @is_full: also in questions and answers, by whole
 * words. A text is looked for at once, in a first page; without one nothing comes until it is asked for. */
void jump_request_archive_search (JumpRequestArchive *self, const char *text, gboolean is_full);
/* The next page of older ones. */
void jump_request_archive_load (JumpRequestArchive *self);
/* Those that were loaded go. */
void jump_request_archive_clear (JumpRequestArchive *self);
gboolean jump_request_archive_is_loading (JumpRequestArchive *self);
/* Whether there may be others. */
gboolean jump_request_archive_has_more (JumpRequestArchive *self);
guint jump_request_archive_get_n_older (JumpRequestArchive *self);
/* (nullable): why the last page did not come */
const GError *jump_request_archive_get_error (JumpRequestArchive *self);
/* Whether some of this run were found since this was asked last: their rows are to be looked at again. */
gboolean jump_request_archive_take_marked (JumpRequestArchive *self);
/* Whether the history says that the text is in it, also where its facts do not show it. */
gboolean jump_request_archive_found (JumpExchangeItem *item);
