/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/socket-error.h"

char *
jump_socket_error_dup_text (int code)
{
  return g_strdup (g_strerror (code));
}
