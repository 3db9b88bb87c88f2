/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Asked when the window is closed and no tray icon is left to come back by: go on serving, or quit.
 * Answers with "response": JUMP_CLOSE_KEEP, JUMP_CLOSE_QUIT, or one of GTK's when it was dismissed. */

enum
{
  JUMP_CLOSE_KEEP = 1,
  JUMP_CLOSE_QUIT = 2,
};

#define JUMP_TYPE_CLOSE_QUESTION (jump_close_question_get_type ())
G_DECLARE_FINAL_TYPE (JumpCloseQuestion,
                      jump_close_question,
                      JUMP,
                      CLOSE_QUESTION,
                      GtkMessageDialog)

GtkWidget *jump_close_question_new (GtkWindow *parent);
/* Whether the answer holds from now on. */
gboolean jump_close_question_is_for_good (JumpCloseQuestion *self);
