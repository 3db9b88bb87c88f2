/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Members of one JSON object, sorted into a struct of spans by a table of names. */

typedef struct
{
  const char *name;
  gsize offset; /* of a JumpJsonSpan in the struct */
} JumpAnthropicMember;

#define JUMP_ANTHROPIC_MEMBER(type, member) \
  {                                         \
#member, G_STRUCT_OFFSET(type, member), \
  }

void jump_anthropic_members_read (gpointer self,
                                  const JumpAnthropicMember *members,
                                  gsize n_members,
                                  JumpJsonSpan object,
                                  JumpJsonMemberFunc on_unknown,
                                  gpointer user_data);
/* Returns: (transfer full) (nullable): the name of a member that @object has twice (H-15) */
char *jump_anthropic_members_find_repeated (JumpJsonSpan object);
