/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* In which language the program speaks. At first the one of its environment; a choice in the
 * settings wins over that and may change while running. gettext takes it from the environment
 * variable LANGUAGE, so there is one language per process. */

typedef struct _JumpLanguage JumpLanguage;

/* Call it first thing in main. */
JumpLanguage *jump_language_new (void);
void jump_language_free (JumpLanguage *self);
/* @language: "system", or a language that is translated, "pt_BR". */
void jump_language_choose (JumpLanguage *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLanguage, jump_language_free)
