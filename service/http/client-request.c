/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-request.h"

#include <string.h>

gboolean
jump_client_request_accepts_json (const JumpClientRequest *self)
{
  const char *accept = self->accept;

  return accept == NULL || strstr (accept, "*/*") != NULL ||
         strstr (accept, "application/*") != NULL || strstr (accept, "json") != NULL;
}
