/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

JumpKeyStore *
jump_service_get_keys (JumpService *self)
{
  return self->keys;
}

/**
 * jump_service_make_dashboard_link:
 * @self: a service
 *
 * Returns: (transfer full) (nullable)
 */
char *
jump_service_make_dashboard_link (JumpService *self)
{
  g_autofree char *code = NULL;

  if (self->url == NULL)
    return NULL;
  code = jump_session_book_make_code (self->sessions);
  return g_strdup_printf ("%s/open/%s", self->url, code);
}
