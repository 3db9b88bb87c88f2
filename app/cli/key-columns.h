/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* The client keys as a table for people. Pure, but for the zone of this computer. */

/* @answer: of GET /api/keys. Returns: (transfer full): lines */
char *jump_key_columns_new (JsonObject *answer);
