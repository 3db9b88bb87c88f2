/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/client-request.h"

#include <string.h>

/**
 * jump_client_request_get_header:
 *
 * Returns: (transfer none) (nullable): the last value of header @name
 */
const char *
jump_client_request_get_header (const JumpClientRequest *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

gboolean
jump_client_request_accepts_json (const JumpClientRequest *self)
{
  const char *accept = jump_client_request_get_header (self, "Accept");

  return accept == NULL || strstr (accept, "*/*") != NULL ||
         strstr (accept, "application/*") != NULL || strstr (accept, "json") != NULL;
}
