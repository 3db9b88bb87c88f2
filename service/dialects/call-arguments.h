/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Arguments of a tool call as text. Those of a function are a JSON object, if the model kept to that.
 * A custom tool takes free text; where an API has no such tools a function stands for it, and the
 * text in its one argument, "input". */

gboolean jump_call_arguments_is_blank (const char *arguments);
gboolean jump_call_arguments_is_object (const char *arguments);
/* {"input":"…"} and back. (transfer full) */
char *jump_call_arguments_wrap (const char *input);
char *jump_call_arguments_unwrap (const char *arguments);
