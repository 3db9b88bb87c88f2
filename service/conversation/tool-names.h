/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/prompt.h"

/* Names of tools as upstream takes them, ^[a-zA-Z0-9_-]{1,64}$ (protocol 5.3), and back. Clients use
 * longer ones, dots and colons, and Responses clients put tools into namespaces; a reply has to
 * name the client's tool again. Names that are fine stay as they are; others are cleaned, cut and
 * made unique with a hash of the whole name, the same in every request of a conversation. */

typedef struct _JumpToolNames JumpToolNames;

/* Of the tools of @prompt and of the calls in its history. */
JumpToolNames *jump_tool_names_new (const JumpPrompt *prompt);
JumpToolNames *jump_tool_names_ref (JumpToolNames *self);
void jump_tool_names_unref (JumpToolNames *self);
/* (transfer none): the name for upstream */
const char *
jump_tool_names_to_wire (const JumpToolNames *self, const char *name_space, const char *name);
/* @wire: as upstream said it. @out_name, @out_name_space: (transfer none); @wire itself when it is unknown.
 * @out_kind: (out): CUSTOM when a tool that takes free text had to be offered as a function. */
void jump_tool_names_from_wire (const JumpToolNames *self,
                                const char *wire,
                                const char **out_name,
                                const char **out_name_space,
                                JumpToolKind *out_kind);
/* Whether any name differs. */
gboolean jump_tool_names_has_changes (const JumpToolNames *self);
gboolean jump_tool_name_is_fine (const char *name, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpToolNames, jump_tool_names_unref)
