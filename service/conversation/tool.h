/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/part.h"

/* A tool that the model may call. */

typedef enum
{
  JUMP_FLAG_UNSET,
  JUMP_FLAG_FALSE,
  JUMP_FLAG_TRUE,
} JumpFlag;

typedef struct
{
  JumpToolKind kind;
  char *name;         /* (owned) (nullable): as the client knows it; HOSTED may have none */
  char *name_space;   /* (owned) (nullable): Responses: the namespace it stands in */
  char *description;  /* (owned) (nullable) */
  char *schema;       /* (owned) (nullable): FUNCTION: JSON schema of the arguments */
  JumpFlag is_strict; /* arguments must fit the schema exactly */
  char *cache_marker; /* (owned) (nullable): JSON of Messages' cache_control */
  char *type;         /* (owned) (nullable): HOSTED: "web_search_20250305" */
  char *json;         /* (owned) (nullable): HOSTED, CUSTOM: the whole definition as it came */
} JumpTool;

typedef enum
{
  JUMP_CHOICE_UNSET,
  JUMP_CHOICE_AUTO,
  JUMP_CHOICE_NONE,
  JUMP_CHOICE_REQUIRED, /* any tool, but one */
  JUMP_CHOICE_NAMED,    /* the one called name */
} JumpChoice;

JumpTool *jump_tool_new (JumpToolKind kind);
void jump_tool_free (JumpTool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTool, jump_tool_free)
