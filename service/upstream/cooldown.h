/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/upstream/limit-notice.h"

/* The limits that upstream has told of and that are not over yet, shared by all clients: while one
 * holds nothing that it concerns is sent, because asking again may make it longer (protocol 7.3, 8).
 * Pure: time is passed in, as wall time in µs, since a limit goes on while the computer sleeps. */

typedef struct
{
  JumpLimitScope scope;
  char *model;   /* (owned) (nullable): of JUMP_LIMIT_SCOPE_MODEL */
  char *code;    /* (owned) (nullable) */
  char *message; /* (owned) (nullable): upstream's last words about it */
  char *url;     /* (owned) (nullable): the same */
  gint64 length; /* µs */
  gint64 until;
  guint serial;   /* of its beginning, counted from 1 for the whole book */
  guint n_untold; /* how often in a row it began without a time being told */
} JumpCooldown;

typedef struct _JumpCooldownBook JumpCooldownBook;

JumpCooldownBook *jump_cooldown_book_new (void);
void jump_cooldown_book_free (JumpCooldownBook *self);
/* @model: (nullable): what was asked for when upstream said so */
void jump_cooldown_book_note (JumpCooldownBook *self,
                              const JumpLimitNotice *notice,
                              const char *model,
                              gint64 now);
/* A refusal without a reason. Returns: whether there were so many that a cooldown begins */
gboolean jump_cooldown_book_note_refusal (JumpCooldownBook *self, const char *message, gint64 now);
/* Upstream served @model: what was counted against it before is over. */
void jump_cooldown_book_note_success (JumpCooldownBook *self, const char *model, gint64 now);
/* Returns: (transfer none) (nullable): the longest that holds up a request for @model (nullable) */
const JumpCooldown *jump_cooldown_book_find (JumpCooldownBook *self, const char *model, gint64 now);
/* Returns: (transfer none) (nullable): the longest that holds up every request */
const JumpCooldown *jump_cooldown_book_find_general (JumpCooldownBook *self, gint64 now);
void jump_cooldown_book_foreach (JumpCooldownBook *self,
                                 gint64 now,
                                 void (*func) (const JumpCooldown *cooldown,
                                               guint seconds,
                                               gpointer user_data),
                                 gpointer user_data);
/* Returns: µs until the next one is over; -1: there is none */
gint64 jump_cooldown_book_get_next_end (JumpCooldownBook *self, gint64 now);
/* Another account, or another name for ourselves: begins anew. */
void jump_cooldown_book_clear (JumpCooldownBook *self);
void jump_cooldown_book_clear_scope (JumpCooldownBook *self, JumpLimitScope scope);

guint jump_cooldown_get_seconds (const JumpCooldown *cooldown, gint64 now);
char *jump_cooldown_dup_message (const JumpCooldown *cooldown, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCooldownBook, jump_cooldown_book_free)
