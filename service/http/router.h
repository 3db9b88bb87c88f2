/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/access.h"
#include "service/http/client-request.h"

/* The table of routes: method, path, who may, who answers. A path may hold one "{name}", which matches what is
 * there, slashes included: all of the rest, or all up to what stands behind the braces. What is not in the table does
 * not exist. */

typedef struct _JumpHttpContext JumpHttpContext;
typedef void (*JumpRouteFunc) (JumpHttpContext *context, JumpClientRequest *request);

typedef struct
{
  const char *method; /* GET routes answer HEAD too */
  const char *path;
  JumpAccessClass access;
  JumpDialectId dialect;
  JumpRouteFunc answer;
  gsize body_limit; /* bytes; 0: that of its access */
} JumpRoute;

/* Returns: (nullable): the route. NULL with @out_allow NULL: no such path; else the path exists and
 * @out_allow: (out) (transfer full): lists its methods. @out_parameter: (out) (transfer full)
 * (nullable): what "{name}" matched. */
const JumpRoute *jump_router_find (const JumpRoute *routes,
                                   gsize n_routes,
                                   const char *method,
                                   const char *path,
                                   char **out_parameter,
                                   char **out_allow);

/* Whose errors a client reads, also for a method or a path that the table does not have. */
JumpDialectId jump_router_guess_dialect (const JumpRoute *routes, gsize n_routes, const char *path);
/* The same of a head that is not there whole: what its first line asks for is the best guess. */
JumpDialectId jump_router_guess_dialect_of_head (const JumpRoute *routes,
                                                 gsize n_routes,
                                                 const char *data,
                                                 gsize length);
