/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* Typed access to JSON trees. The "get" family is for upstream data, where every field is
 * optional and may have any type: a missing or wrong one yields the fallback. "need" is for
 * what clients send to the control routes: errors (JUMP_ERROR_BAD_REQUEST) name the path and what
 * was expected, as in "settings.name: expected string". */

JsonNode *jump_json_parse (const char *data, gssize length, GError **error);
JsonObject *jump_json_parse_object (const char *data, gssize length, GError **error);
/* The same for what clients send, see jump_json_validate_request(). */
JsonObject *jump_json_parse_request (const char *data, gsize length, GError **error);

const char *jump_json_get_string (JsonObject *object, const char *member, const char *fallback);
gint64 jump_json_get_int (JsonObject *object, const char *member, gint64 fallback);
double jump_json_get_double (JsonObject *object, const char *member, double fallback);
gboolean jump_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
/* There, and not null. */
gboolean jump_json_has_value (JsonObject *object, const char *member);
JsonObject *jump_json_get_object (JsonObject *object, const char *member);
JsonArray *jump_json_get_array (JsonObject *object, const char *member);
JsonObject *jump_json_array_get_object (JsonArray *array, guint index);
const char *jump_json_array_get_string (JsonArray *array, guint index);
gboolean jump_json_array_has_string (JsonArray *array, const char *text);

gboolean jump_json_need_string (JsonObject *object,
                                const char *path,
                                const char *member,
                                const char **out_value,
                                GError **error);
