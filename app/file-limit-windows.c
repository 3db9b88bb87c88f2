/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/file-limit.h"

/* Sockets are not counted there. */
void
jump_file_limit_raise (void)
{
}
