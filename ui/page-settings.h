/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The settings that people change, grouped; each is checked beside its field and saved at once. */

#define JUMP_TYPE_PAGE_SETTINGS (jump_page_settings_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageSettings, jump_page_settings, JUMP, PAGE_SETTINGS, GtkBox)

GtkWidget *jump_page_settings_new (JumpService *service);
