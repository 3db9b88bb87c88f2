/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include <gmodule.h>

/* A screen of another version of the program, which would do harm. */

G_MODULE_EXPORT gboolean jump_screen_open (gpointer application);
#ifdef OTHER_VERSION
G_MODULE_EXPORT extern const char jump_screen_version[];

const char jump_screen_version[] = OTHER_VERSION;
#endif

gboolean
jump_screen_open (gpointer application)
{
  g_assert_not_reached ();
}
