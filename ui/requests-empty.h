/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What stands where requests will be: how to send the first one. */

#define JUMP_TYPE_REQUESTS_EMPTY (jump_requests_empty_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestsEmpty,
                      jump_requests_empty,
                      JUMP,
                      REQUESTS_EMPTY,
                      GtkScrolledWindow)

void jump_requests_empty_set_service (JumpRequestsEmpty *self, JumpService *service);
