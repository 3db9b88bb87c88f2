/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/notification-area-windows.h"

#include <windows.h>

/* Windows' own menu, made of the lines that the icon's owner gives. */

/* Returns: (transfer full): for DestroyMenu() */
HMENU jump_notification_menu_new (const GArray *items);
/* Changes what differs, in place: the same lines as before, in the same order. */
void jump_notification_menu_update (HMENU menu, const GArray *items);
/* Returns: (transfer full): @label as Windows wants it: "&" before the letter that chooses it */
gunichar2 *jump_notification_menu_label (const char *label);
/* At most @n units of @text with the ending zero; never half a character, an ellipsis for the rest. */
void jump_notification_text_copy (wchar_t *to, gsize n, const char *text);
