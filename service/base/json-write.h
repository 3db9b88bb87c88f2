/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* Writes JSON text in order, commas and escapes included, without building a tree.
 * Member functions belong between begin_object and end_object, the others stand in arrays or at
 * the top. Strings that are not valid UTF-8 are repaired (U+FFFD). NULL strings become null. */

typedef struct
{
  GString *text; /* (owned) */
  gboolean need_comma;
} JumpJsonWriter;

void jump_json_writer_init (JumpJsonWriter *self);
void jump_json_writer_clear (JumpJsonWriter *self);
char *jump_json_writer_finish (JumpJsonWriter *self);
GBytes *jump_json_writer_finish_bytes (JumpJsonWriter *self);

void jump_json_writer_begin_object (JumpJsonWriter *self);
void jump_json_writer_end_object (JumpJsonWriter *self);
void jump_json_writer_begin_array (JumpJsonWriter *self);
void jump_json_writer_end_array (JumpJsonWriter *self);
void jump_json_writer_member (JumpJsonWriter *self, const char *name);
void jump_json_writer_string (JumpJsonWriter *self, const char *value);
void jump_json_writer_int (JumpJsonWriter *self, gint64 value);
void jump_json_writer_double (JumpJsonWriter *self, double value);
void jump_json_writer_boolean (JumpJsonWriter *self, gboolean value);
void jump_json_writer_null (JumpJsonWriter *self);
void jump_json_writer_raw (JumpJsonWriter *self, const char *json, gssize length);
void jump_json_writer_node (JumpJsonWriter *self, JsonNode *node);

void jump_json_writer_member_string (JumpJsonWriter *self, const char *name, const char *value);
void jump_json_writer_member_int (JumpJsonWriter *self, const char *name, gint64 value);
void jump_json_writer_member_double (JumpJsonWriter *self, const char *name, double value);
void jump_json_writer_member_boolean (JumpJsonWriter *self, const char *name, gboolean value);

/* Appends what stands between the quotes of a JSON string, not the quotes themselves. */
void jump_json_append_escaped (GString *text, const char *value, gssize length);
/* The same with the quotes. */
void jump_json_append_string (GString *text, const char *value);
char *jump_json_node_to_text (JsonNode *node);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpJsonWriter, jump_json_writer_clear)
