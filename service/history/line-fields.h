/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* The members of one object of a .jl line: those that have a meaning by name, the text of all others. Errors name
 * the member and what was expected. Pure. */

typedef struct
{
  gboolean is_there;
  GHashTable *known; /* (owned) (element-type utf8 JumpJsonSpan) */
  GString *unknown;  /* (owned): "name":value,"name":value */
} JumpLineFields;

typedef struct
{
  const char *name;
  gsize max_length;
  char **place; /* left alone when it is null or absent; what was there is freed else */
} JumpLineText;

typedef struct
{
  const char *name;
  gint64 *place; /* the same */
} JumpLineNumber;

/* @object: validated, absent ones too. FALSE: a member stands there twice, or there is too much unknown. */
gboolean jump_line_fields_init_theirs (JumpLineFields *self, JumpJsonSpan object, GError **error);
gboolean jump_line_fields_init_ours (JumpLineFields *self, JumpJsonSpan object, GError **error);
void jump_line_fields_clear (JumpLineFields *self);
/* Absent when it is not there. */
JumpJsonSpan jump_line_fields_get (const JumpLineFields *self, const char *name);
gboolean jump_line_fields_is_true (const JumpLineFields *self, const char *name);
gboolean jump_line_fields_read_texts (const JumpLineFields *self,
                                      const JumpLineText *texts,
                                      gsize n_texts,
                                      GError **error);
/* Whole numbers from 0 on. */
gboolean jump_line_fields_read_numbers (const JumpLineFields *self,
                                        const JumpLineNumber *numbers,
                                        gsize n_numbers,
                                        GError **error);
gboolean jump_line_fields_read_double (const JumpLineFields *self,
                                       const char *name,
                                       double max,
                                       double *out_number,
                                       GError **error);
/* Seconds since the epoch as a number or numeric text, or ISO 8601, local time where that names no zone.
 * @out_time: (out): µs since the epoch */
gboolean jump_line_fields_read_time (const JumpLineFields *self,
                                     const char *name,
                                     gint64 *out_time,
                                     GError **error);
