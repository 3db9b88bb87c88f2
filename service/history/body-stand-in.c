/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/body-stand-in.h"

/**
 * jump_body_stand_in_new:
 * @size: of the body, in bytes
 * @limit: the most that is kept, in bytes
 *
 * Returns: (transfer full): JSON text
 */
char *
jump_body_stand_in_new (gsize size, gsize limit)
{
  return g_strdup_printf ("{\"_truncated\":true,\"_size\":%" G_GSIZE_FORMAT
                          ",\"_reason\":\"larger than %" G_GSIZE_FORMAT " bytes\"}",
                          size,
                          limit);
}
