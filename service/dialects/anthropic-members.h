/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Members of one JSON object, sorted into a struct of spans by a table of names. */

typedef struct
{
  const char *name;
  gsize length; /* of @name */
  gsize offset; /* of a JumpJsonSpan in the struct */
} JumpAnthropicMember;

#define JUMP_ANTHROPIC_MEMBER(type, member)                     \
  {                                                             \
#member, sizeof #member - 1, G_STRUCT_OFFSET(type, member), \
  }

/* The names of one object while it is walked. Zeroed at first. */
#define JUMP_ANTHROPIC_MAX_NAMES 32

typedef struct
{
  JumpJsonSpan names[JUMP_ANTHROPIC_MAX_NAMES];
  guint n; /* more than there is room for: nobody knows yet */
  JumpJsonSpan repeated;
} JumpAnthropicNames;

void jump_anthropic_names_add (JumpAnthropicNames *self, JumpJsonSpan name);
/* @object: all of it. Returns: (transfer full) (nullable): a name that it has twice (H-15) */
char *jump_anthropic_names_dup_repeated (const JumpAnthropicNames *self, JumpJsonSpan object);

void jump_anthropic_members_read (gpointer self,
                                  const JumpAnthropicMember *members,
                                  gsize n_members,
                                  JumpJsonSpan object,
                                  JumpJsonMemberFunc on_unknown,
                                  gpointer user_data);
/* (nullable): where in @self the member called @name belongs */
JumpJsonSpan *jump_anthropic_members_find (gpointer self,
                                           const JumpAnthropicMember *members,
                                           gsize n_members,
                                           JumpJsonSpan name);
