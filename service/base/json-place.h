/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Returns: (transfer full) (nullable): where in @data byte @offset stands, as "messages[2].content";
 * NULL at the top. What is in front of @offset was checked and found good. */
char *jump_json_describe_place (const char *data, gsize offset);
