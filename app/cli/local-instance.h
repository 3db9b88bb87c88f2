/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* A service inside this process, opened but not listening, that answers the control routes which
 * make sense without a server. */

typedef struct
{
  JumpService *service; /* (owned) */
} JumpLocalInstance;

JumpLocalInstance *jump_local_instance_open (JumpCommandContext *context, GError **error);
void jump_local_instance_free (JumpLocalInstance *self);
JsonObject *jump_local_instance_call (JumpLocalInstance *self,
                                      const char *method,
                                      const char *path,
                                      const char *body,
                                      GError **error);
char *
jump_local_instance_adopt_token (JumpLocalInstance *self, JumpSecretText *token, GError **error);

/* The routes, in local-status.c, local-sign-in.c and local-models.c. */
JsonObject *jump_local_get_status (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_refresh_token (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_get_models (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_start_sign_in (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_get_sign_in (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_cancel_sign_in (JumpLocalInstance *self, const char *body, GError **error);
JsonObject *jump_local_sign_out (JumpLocalInstance *self, const char *body, GError **error);
