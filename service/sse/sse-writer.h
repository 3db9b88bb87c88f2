/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Events to bytes: appends to @out. Line ends inside @data become several data lines. */

void jump_sse_write_event (GString *out, const char *event, const char *data, gssize length);
void jump_sse_write_comment (GString *out, const char *text);
