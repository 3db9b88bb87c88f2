/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The text of a desktop's notice. Clients name themselves, and models are named by whoever asks: nothing of that
 * may become a link, a picture or a button's look. Pure. */

char *jump_notice_body_new (const char *text);
