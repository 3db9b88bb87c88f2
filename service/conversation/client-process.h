/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The program that owns a client's connection. Whoever looks for it may find it only after the request is under
 * way: whoever wants it reads it as late as possible. Reference counted; main loop only. */

typedef struct _JumpClientProcess JumpClientProcess;

JumpClientProcess *jump_client_process_new (void);
JumpClientProcess *jump_client_process_ref (JumpClientProcess *self);
void jump_client_process_unref (JumpClientProcess *self);
/* Once. @text: (transfer full) (nullable) */
void jump_client_process_set_text (JumpClientProcess *self, char *text);
/* @self: (nullable). Returns: (nullable): "claude (4711)"; NULL: not known, or not yet. */
const char *jump_client_process_get_text (const JumpClientProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpClientProcess, jump_client_process_unref)
