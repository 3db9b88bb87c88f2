/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Spans of time for people: "24m 59s", "1h 0m 5s". Pure. */

char *jump_duration_to_text (gint64 seconds);
