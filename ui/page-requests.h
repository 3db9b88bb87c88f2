/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The live log: a row per exchange, filter, follow, and the one that is selected in detail. */

#define JUMP_TYPE_PAGE_REQUESTS (jump_page_requests_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageRequests, jump_page_requests, JUMP, PAGE_REQUESTS, GtkBox)

GtkWidget *jump_page_requests_new (JumpService *service);

/* Selects the exchange of that X-Request-Id and shows its details, if it is still kept. */
void jump_page_requests_select (JumpPageRequests *self, const char *id);
