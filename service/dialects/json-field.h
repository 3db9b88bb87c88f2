/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/tool.h"

/* Values of clients' requests into members of structs. Null leaves the member as it is; a value of
 * another kind is JUMP_ERROR_BAD_REQUEST, "name: expected string". Callers put the path in front
 * with g_prefix_error(). */

/* Always FALSE, for "return jump_json_field_refuse (…)". */
gboolean jump_json_field_refuse (GError **error, const char *name, const char *expected);
gboolean
jump_json_field_string (JumpJsonSpan value, const char *name, char **field, GError **error);
/* Whole numbers from @min up; 5.0 is one, too. */
gboolean jump_json_field_int (JumpJsonSpan value,
                              const char *name,
                              gint64 min,
                              gint64 *field,
                              GError **error);
gboolean
jump_json_field_double (JumpJsonSpan value, const char *name, double *field, GError **error);
gboolean
jump_json_field_boolean (JumpJsonSpan value, const char *name, gboolean *field, GError **error);
gboolean
jump_json_field_flag (JumpJsonSpan value, const char *name, JumpFlag *field, GError **error);
/* The JSON text of an object. */
gboolean
jump_json_field_object (JumpJsonSpan value, const char *name, char **field, GError **error);
/* @value: absent, null or an object; its members come with jump_json_find_member(). */
gboolean jump_json_field_is_object (JumpJsonSpan value, const char *name, GError **error);
/* @value: absent, null or of @kind. @expected: as the error calls that. */
gboolean jump_json_field_check (JumpJsonSpan value,
                                JumpJsonKind kind,
                                const char *name,
                                const char *expected,
                                GError **error);
/* Absent, null, false, "", [] and {}: a client that says so asks for nothing. */
gboolean jump_json_field_is_nothing (JumpJsonSpan value);
