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
