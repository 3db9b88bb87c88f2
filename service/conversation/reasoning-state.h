/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a model has to get back, unread and unchanged, to go on with its chain of thought. Each
 * dialect has a field of its own for it and only its own upstream understands what is inside. In
 * another dialect's field it travels in an envelope that names where it came from; envelopes are
 * opened again when the conversation comes back, and never reach an upstream. */

typedef enum
{
  JUMP_REASONING_NONE,
  JUMP_REASONING_OPAQUE,    /* chat: reasoning_opaque */
  JUMP_REASONING_ENCRYPTED, /* Responses: encrypted_content of a reasoning item */
  JUMP_REASONING_SIGNATURE, /* Messages: signature of a thinking block */
  JUMP_REASONING_REDACTED,  /* Messages: data of a redacted_thinking block */
} JumpReasoningKind;

typedef struct
{
  JumpReasoningKind kind;
  char *data;  /* (owned) (nullable) */
  char *model; /* (owned) (nullable): the model that made it; NULL: not told (it came bare) */
} JumpReasoningState;

/* Copies @state. */
void jump_reasoning_state_copy (JumpReasoningState *self, const JumpReasoningState *state);
void jump_reasoning_state_clear (JumpReasoningState *self);

/* Returns: (transfer full): @self in an envelope, printable ASCII without spaces, quotes or
 * backslashes unless its data has such */
char *jump_reasoning_state_seal (const JumpReasoningState *self);
/* Reads a field's text: an envelope is opened, anything else is taken as bare state of @bare_kind.
 * FALSE: an envelope that nobody can read; @self is empty then. */
gboolean
jump_reasoning_state_open (JumpReasoningState *self, const char *text, JumpReasoningKind bare_kind);
gboolean jump_reasoning_text_is_sealed (const char *text);
/* Whether upstream's @model, spoken to in the dialect of @kinds (a mask of 1 << kind), takes it. */
gboolean jump_reasoning_state_fits (const JumpReasoningState *self, guint kinds, const char *model);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpReasoningState, jump_reasoning_state_clear)
