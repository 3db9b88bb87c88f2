/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* The Jumpseat that a command talks to: a running one, over its control routes, or one opened
 * inside this process that does not listen. Both answer the same requests with the same JSON (see
 * service/http/control-client.h), so that a command is written once. */

typedef struct _JumpInstance JumpInstance;

JumpInstance *jump_instance_find_running (JumpCommandContext *context);
JumpInstance *jump_instance_open (JumpCommandContext *context, GError **error);
void jump_instance_free (JumpInstance *self);

gboolean jump_instance_is_running (JumpInstance *self);
JsonObject *jump_instance_call (JumpInstance *self,
                                const char *method,
                                const char *path,
                                const char *body,
                                GError **error);
/* A running one, or NULL with an error that says how to start it. */
JumpInstance *jump_instance_need_running (JumpCommandContext *context, GError **error);
/* The client of a running one. Returns: (transfer none) (nullable) */
JumpControlClient *jump_instance_get_client (JumpInstance *self);
char *jump_instance_adopt_token (JumpInstance *self, JumpSecretText *token, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpInstance, jump_instance_free)
