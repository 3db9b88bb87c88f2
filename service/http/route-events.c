/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/event-desk.h"
#include "service/http/http-reply.h"
#include "service/http/routes.h"

/* GET /api/events: what happens, as Server-Sent Events. "request": an item of GET /api/requests; "status": as GET
 * /api/status; "quota", "approvals", "login": as the routes of that name; "budget", "models", "settings", "keys":
 * that something of it has changed; "reset": look at everything again, some events are gone. */
void
jump_route_events (JumpHttpContext *context, JumpClientRequest *request)
{
  if (!jump_event_desk_follow (context->event_desk, request))
    jump_http_reply_refusal (request,
                             503,
                             "too_many_followers",
                             "16 programs follow the events already; close one of them",
                             NULL);
}
