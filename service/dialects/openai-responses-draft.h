/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The output item that is being written, as far as it came, and the part of it that is open. Belongs to a
 * composer. */

typedef enum
{
  JUMP_RESPONSES_PART_NONE,
  JUMP_RESPONSES_PART_TEXT,
  JUMP_RESPONSES_PART_REFUSAL,
  JUMP_RESPONSES_PART_SUMMARY,
  JUMP_RESPONSES_PART_ARGUMENTS,
  JUMP_RESPONSES_PART_INPUT, /* of a custom tool */
} JumpResponsesPartKind;

typedef struct
{
  const char *type; /* (nullable): of the item; NULL: none is open */
  const char *id;   /* (unowned) (nullable) */
  guint index;      /* output_index */
  JumpResponsesPartKind part;
  guint n_parts;        /* content parts that are over */
  GString *text;        /* (owned): of the open part, the inside of a JSON string */
  GString *content;     /* (owned): the parts that are over, or a call's arguments */
  GString *annotations; /* (owned): of the open part, comma-separated */
  guint n_annotations;
  GString *members; /* (owned): of a call: id, name, namespace, a comma before each */
  char *state;      /* (owned) (nullable): of reasoning */
} JumpResponsesDraft;

void jump_responses_draft_init (JumpResponsesDraft *self);
void jump_responses_draft_clear (JumpResponsesDraft *self);
/* Whether the item is of @type. */
gboolean jump_responses_draft_is (const JumpResponsesDraft *self, const char *type);
/* Whether the open part is an object of its own, with events for its beginning and end. */
gboolean jump_responses_draft_has_part_object (const JumpResponsesDraft *self);
/* Appends the members of an event that tell where it belongs, a comma before each. */
void jump_responses_draft_put_place (const JumpResponsesDraft *self, GString *out);
/* Appends the open part as an object. */
void jump_responses_draft_put_part (const JumpResponsesDraft *self, GString *out);
/* Appends the item as an object. @status: in_progress, completed or incomplete */
void
jump_responses_draft_put_item (const JumpResponsesDraft *self, const char *status, GString *out);
