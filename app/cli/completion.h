/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* What can stand where somebody who types a command line has pressed the key for completion. */

typedef enum
{
  JUMP_NAMES_NONE,
  JUMP_NAMES_FILES,  /* the shell knows them */
  JUMP_NAMES_MODELS, /* these two, a running instance knows */
  JUMP_NAMES_KEYS,
} JumpCompletionNames;

typedef struct
{
  char *word; /* (owned) */
  char *help; /* (owned) (nullable): one line */
} JumpCompletionWord;

typedef struct
{
  GPtrArray *words; /* (owned) (element-type JumpCompletionWord): that begin as what is typed */
  JumpCompletionNames names;
  char *typed; /* (owned): what names have to begin with */
  char *head;  /* (owned): stands before each name, as in "--model=" */
} JumpCompletion;

/* @words: what stands behind the program's name; the last one, perhaps "", is being typed. "=" alone is what
 * bash makes of "--option=value". Returns: (transfer full) */
JumpCompletion *jump_completion_new (const char *const *words);
/* One more name, when it fits. */
void jump_completion_add (JumpCompletion *self, const char *name, const char *help);
void jump_completion_free (JumpCompletion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCompletion, jump_completion_free)
