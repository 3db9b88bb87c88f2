/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* How a sign-in ended: a picture, a title and what it means. */

#define JUMP_TYPE_SIGN_IN_RESULT (jump_sign_in_result_get_type ())
G_DECLARE_FINAL_TYPE (JumpSignInResult, jump_sign_in_result, JUMP, SIGN_IN_RESULT, GtkBox)

/* @store: where the sign-in is kept. */
void jump_sign_in_result_set_done (JumpSignInResult *self,
                                   const char *title,
                                   const char *text,
                                   const char *store);
void jump_sign_in_result_set_problem (JumpSignInResult *self, const char *title, const char *text);
