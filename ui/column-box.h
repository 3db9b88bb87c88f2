/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* Its children side by side in columns of one width where there is room for them, else one below the
 * other. Unlike a flow box it takes no part in keyboard navigation. */

#define JUMP_TYPE_COLUMN_BOX (jump_column_box_get_type ())
G_DECLARE_FINAL_TYPE (JumpColumnBox, jump_column_box, JUMP, COLUMN_BOX, GtkContainer)

/* Property "spacing" (int): between columns, and between what stands one below the other. */
