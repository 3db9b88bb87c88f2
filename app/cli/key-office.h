/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* Where the client keys are changed: in a running instance, over its control routes, or in their file. Both answer
 * with the JSON of service/keys/key-desk.h. */

typedef struct _JumpKeyOffice JumpKeyOffice;

/* JUMP_ERROR_STORE: nothing runs, and the file cannot be understood. */
JumpKeyOffice *jump_key_office_open (JumpCommandContext *context, GError **error);
void jump_key_office_free (JumpKeyOffice *self);

JsonObject *jump_key_office_list (JumpKeyOffice *self, GError **error);
/* @body: JSON text, here and below */
JsonObject *jump_key_office_create (JumpKeyOffice *self, const char *body, GError **error);
JsonObject *
jump_key_office_change (JumpKeyOffice *self, const char *name, const char *body, GError **error);
JsonObject *jump_key_office_remove (JumpKeyOffice *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpKeyOffice, jump_key_office_free)
