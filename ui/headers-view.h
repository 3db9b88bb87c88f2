/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The headers of a request and of its response, as they were noted: without secrets. */

#define JUMP_TYPE_HEADERS_VIEW (jump_headers_view_get_type ())
G_DECLARE_FINAL_TYPE (JumpHeadersView, jump_headers_view, JUMP, HEADERS_VIEW, GtkScrolledWindow)

void jump_headers_view_set_record (JumpHeadersView *self, const JumpExchangeRecord *record);
