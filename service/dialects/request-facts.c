/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/request-facts.h"

#include "service/base/error.h"
#include "service/base/limits.h"

/**
 * jump_request_facts_check_n_tools:
 * @n_tools: of a request
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Returns: whether there are no more of them than upstream takes
 */
gboolean
jump_request_facts_check_n_tools (guint n_tools, GError **error)
{
  if (n_tools <= JUMP_LIMIT_TOOLS)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "tools: %u given, at most %u are possible",
               n_tools,
               (guint) JUMP_LIMIT_TOOLS);
  return FALSE;
}
