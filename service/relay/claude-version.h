/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Whether @model_id is a Claude of that version or a later one: "claude-opus-4.7", "claude-sonnet-5",
 * "claude-opus-4-8-20260801". FALSE for names that tell no version. */
gboolean jump_claude_is_from (const char *model_id, guint major, guint minor);
