/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* How things are, at one glance: account, token, serving, credits, today, the last problem, and an
 * example to copy. */

#define JUMP_TYPE_PAGE_OVERVIEW (jump_page_overview_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageOverview, jump_page_overview, JUMP, PAGE_OVERVIEW, GtkBox)

GtkWidget *jump_page_overview_new (JumpService *service);
