/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What was used, when and by whom, what it cost, what upstream says of it, and what may still be spent. */

#define JUMP_TYPE_PAGE_USAGE (jump_page_usage_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageUsage, jump_page_usage, JUMP, PAGE_USAGE, GtkBox)

GtkWidget *jump_page_usage_new (JumpService *service);
