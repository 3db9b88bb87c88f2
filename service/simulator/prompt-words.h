/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a prompt is made of, as far as made-up answers can use it. */

typedef struct
{
  const char *prompt;
  char **words;       /* (owned): all of them, lower case */
  GPtrArray *quoted;  /* (owned) (element-type utf8): "…", '…', `…` */
  GPtrArray *files;   /* (owned) (element-type utf8): src/main.c, README.md */
  GPtrArray *names;   /* (owned) (element-type utf8): Paris, New York */
  GPtrArray *numbers; /* (owned) (element-type utf8) */
} JumpPromptWords;

void jump_prompt_words_init (JumpPromptWords *self, const char *prompt);
void jump_prompt_words_clear (JumpPromptWords *self);
gboolean jump_prompt_words_has (const JumpPromptWords *self, const char *word);
/* @list: one of the arrays. Returns: (transfer none) (nullable): its @n-th, or last, element */
const char *jump_prompt_words_pick (const GPtrArray *list, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpPromptWords, jump_prompt_words_clear)
