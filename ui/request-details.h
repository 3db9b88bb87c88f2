/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One exchange from all sides: facts, conversation, request and response, headers; grows while it
 * runs, as far as it can be seen. */

#define JUMP_TYPE_REQUEST_DETAILS (jump_request_details_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestDetails, jump_request_details, JUMP, REQUEST_DETAILS, GtkBox)

void jump_request_details_set_service (JumpRequestDetails *self, JumpService *service);
/* @item: (nullable): none is selected. */
void jump_request_details_show (JumpRequestDetails *self, JumpExchangeItem *item);
void jump_request_details_focus (JumpRequestDetails *self);
