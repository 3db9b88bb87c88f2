/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Typed looks at single values of what Ollama clients send. Absent and null leave the result alone;
 * anything else of another kind is JUMP_ERROR_BAD_REQUEST and named by @path. */

gboolean
jump_ollama_value_get_boolean (JumpJsonSpan value, const char *path, gboolean *out, GError **error);
gboolean
jump_ollama_value_get_int (JumpJsonSpan value, const char *path, gint64 *out, GError **error);
gboolean
jump_ollama_value_get_double (JumpJsonSpan value, const char *path, double *out, GError **error);
/* @out: (out) (transfer full): replaces what was there */
gboolean
jump_ollama_value_dup_string (JumpJsonSpan value, const char *path, char **out, GError **error);
/* Whether @value is of @kind; absent and null are fine too. @expected: as errors call it */
gboolean jump_ollama_value_check (JumpJsonSpan value,
                                  JumpJsonKind kind,
                                  const char *path,
                                  const char *expected,
                                  GError **error);
/* Absent, null, false, "", [] and {}: a client that says so asks for nothing. */
gboolean jump_ollama_value_is_nothing (JumpJsonSpan value);
/* Returns: FALSE, for the caller to return; @error is set. */
gboolean jump_ollama_value_fail (const char *path, const char *expected, GError **error);
