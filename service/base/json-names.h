/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Finds names that stand twice in one object, while a text is scanned: two readers may take
 * different ones of the two values, and then one judges what the other does not do. Holds the names
 * of the objects that are open and nothing else. Linear whatever the names are: those of big objects
 * go through a keyed hash. */

/* Names of open objects that are held at once. Real objects have some hundred at most. */
#define JUMP_JSON_MAX_NAMES 65536

/* A usual request needs no memory of its own: it has fewer names open at a time. */
#define JUMP_JSON_NAMES_AT_HAND 64

typedef struct
{
  const char *name; /* without quotes */
  guint length;
  guint decoded;      /* 1 + the place in "decoded" where @name is; 0: it stands in the text */
  guint64 sign;       /* of equal names equal, of others mostly not */
  const char *behind; /* what follows the name in the text */
} JumpJsonName;

typedef struct
{
  const char *end; /* of the whole text */
  const char
      *may_repeat;     /* (nullable): a name that may come twice with the same string behind it */
  JumpJsonName *names; /* (owned) (nullable) when not at_hand */
  guint n_names;
  guint room;
  guint first;        /* of the innermost object */
  GPtrArray *decoded; /* (owned) (nullable) (element-type utf8): names that had escapes */
  guint32 *slots;     /* (owned) (nullable): scratch space for big objects */
  guint n_slots;      /* in use; a power of 2 */
  guint slots_room;
  guint64 secret[2];
  JumpJsonName at_hand[JUMP_JSON_NAMES_AT_HAND];
} JumpJsonNames;

void jump_json_names_init (JumpJsonNames *self, const char *end, const char *may_repeat);
void jump_json_names_clear (JumpJsonNames *self);
/* Returns: what jump_json_names_close() of the same object has to be given. */
guint jump_json_names_open (JumpJsonNames *self);
/* @name: with its quotes. FALSE: more than are held. */
gboolean jump_json_names_add (JumpJsonNames *self, JumpJsonSpan name);
/* Returns: (nullable): what follows the second of two equal names */
const char *jump_json_names_close (JumpJsonNames *self, guint outer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpJsonNames, jump_json_names_clear)
