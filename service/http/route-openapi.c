/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "data/openapi-resource.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

#define DOCUMENT "/io/github/jumpseat/Jumpseat/openapi.json"

/* GET /api/openapi.json */
void
jump_route_openapi (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GBytes) document = g_resource_lookup_data (jump_openapi_data_get_resource (),
                                                        DOCUMENT,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        NULL);

  g_return_if_fail (document != NULL);
  jump_http_reply_bytes (request, 200, "application/json", document);
}
