/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Replacements inside one JSON text, collected in any order and applied in one copy. Everything
 * that is not replaced stays byte for byte. Spans must lie inside @text and must not overlap. */

typedef struct _JumpJsonEdit JumpJsonEdit;

JumpJsonEdit *jump_json_edit_new (const char *text, gsize length);
void jump_json_edit_free (JumpJsonEdit *self);
void jump_json_edit_replace (JumpJsonEdit *self,
                             JumpJsonSpan span,
                             const char *replacement,
                             gssize length);
/* Removes member @key/@value of an object together with the right comma. */
void jump_json_edit_remove_member (JumpJsonEdit *self,
                                   JumpJsonSpan object,
                                   JumpJsonSpan key,
                                   JumpJsonSpan value);
/* Adds "name":value as the first member of @object. */
void jump_json_edit_insert_member (JumpJsonEdit *self,
                                   JumpJsonSpan object,
                                   const char *name,
                                   const char *json_value);
gboolean jump_json_edit_is_empty (const JumpJsonEdit *self);
void jump_json_edit_append_to (JumpJsonEdit *self, GString *out);
GBytes *jump_json_edit_apply (JumpJsonEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpJsonEdit, jump_json_edit_free)
