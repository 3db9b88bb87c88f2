/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What upstream's error body says, member by member, whatever its shape (protocol 7.1). The words of
 * the innermost error win: those around it are a gateway's. */

typedef struct
{
  char *message; /* (owned) (nullable) */
  char *type;    /* (owned) (nullable) */
  char *param;   /* (owned) (nullable) */
  char *code;    /* (owned) (nullable): a word; numbers go to status */
  guint status;  /* an HTTP status that the body itself names, 0: none */
} JumpUpstreamWords;

/* @self: zeroed or cleared. @body: the content type says nothing about it (protocol 5.5). */
void jump_upstream_words_read (JumpUpstreamWords *self, const char *body, gsize length);
void jump_upstream_words_clear (JumpUpstreamWords *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpUpstreamWords, jump_upstream_words_clear)
