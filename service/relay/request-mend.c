/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-mend.h"

GBytes *
jump_request_mend (const JumpDialect *target,
                   const JumpFailure *failure,
                   GBytes *sent,
                   const GPtrArray *done,
                   char **out_name)
{
  *out_name = NULL;
  return NULL;
}
