/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/part.h"

/* One turn of a conversation. Tool results stand in user messages; readers keep the client's order
 * and do not merge, writers split and merge as their dialect needs. */

typedef enum
{
  JUMP_ROLE_SYSTEM,
  JUMP_ROLE_DEVELOPER,
  JUMP_ROLE_USER,
  JUMP_ROLE_ASSISTANT,
} JumpRole;

typedef struct
{
  JumpRole role;
  char *name;       /* (owned) (nullable): chat: who of several users speaks */
  GPtrArray *parts; /* (owned) (element-type JumpPart) */
} JumpMessage;

JumpMessage *jump_message_new (JumpRole role);
void jump_message_free (JumpMessage *self);
/* Takes @part. Returns: it. */
JumpPart *jump_message_add (JumpMessage *self, JumpPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpMessage, jump_message_free)
