/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/tool-names.h"

#include <glib.h>

/* Tool calls of a model as Ollama clients get them: whole, arguments as an object. */

/* Appends one element of "tool_calls". @id, @names: (nullable). @name: upstream's. @arguments: (nullable):
 * what the model wrote, JSON of an object if all is well */
void jump_ollama_call_append (GString *out,
                              guint index,
                              const char *id,
                              const char *name,
                              const char *arguments,
                              const JumpToolNames *names);
