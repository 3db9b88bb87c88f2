/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* That something did not work, in no dialect's words: made from an error of ours or from whatever
 * upstream sent, written by the client's dialect in its own shape and with its own names. */

typedef enum
{
  JUMP_FAILURE_BAD_REQUEST,
  JUMP_FAILURE_OVERFLOW, /* the prompt is too long for the model */
  JUMP_FAILURE_AUTHENTICATION,
  JUMP_FAILURE_BILLING, /* out of credits (402) */
  JUMP_FAILURE_PERMISSION,
  JUMP_FAILURE_NOT_FOUND,
  JUMP_FAILURE_UNKNOWN_MODEL,
  JUMP_FAILURE_TOO_LARGE, /* the body, in bytes */
  JUMP_FAILURE_RATE_LIMIT,
  JUMP_FAILURE_OVERLOADED,
  JUMP_FAILURE_TIMEOUT,
  JUMP_FAILURE_FILTER, /* a content filter refused the prompt */
  JUMP_FAILURE_SERVER,
} JumpFailureKind;

typedef struct
{
  JumpFailureKind kind;
  guint status;      /* HTTP */
  char *message;     /* (owned): one sentence or more, never empty */
  char *code;        /* (owned) (nullable): upstream's or our word, model_not_supported … */
  char *param;       /* (owned) (nullable): the field that is to blame */
  gint64 n_tokens;   /* OVERFLOW: of the prompt, -1 not told */
  gint64 max_tokens; /* OVERFLOW: what the model takes, -1 not told */
  gint64
      resets_at; /* RATE_LIMIT: when what is used up is renewed, Unix seconds; 0 not told, -1 nothing is */
} JumpFailure;

JumpFailure *
jump_failure_new (JumpFailureKind kind, guint status, const char *code, const char *message);
/* @error: any, of JUMP_ERROR mostly; "messages[2].role: expected string" yields the param too. */
JumpFailure *jump_failure_new_from_error (const GError *error);
JumpFailure *jump_failure_copy (const JumpFailure *self);
void jump_failure_free (JumpFailure *self);
/* The kind that an HTTP status alone tells. */
JumpFailureKind jump_failure_kind_from_status (guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpFailure, jump_failure_free)
