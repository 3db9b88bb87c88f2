/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Tells a service manager such as systemd how the program is: starting is over, settings are being read,
 * stopping, the line that "systemctl --user status" shows, and signs of life where it waits for them. */

typedef struct _JumpServiceManager JumpServiceManager;

/* Returns: (transfer full): one that says nothing where nobody listens */
JumpServiceManager *jump_service_manager_new (JumpService *service,
                                              const JumpActivation *activation);
void jump_service_manager_free (JumpServiceManager *self);

/* The program answers from now on. */
void jump_service_manager_tell_ready (JumpServiceManager *self);
/* It is on its way out, or to become a new one. Until it is ready again, its line stays as it is. */
void jump_service_manager_tell_reloading (JumpServiceManager *self);
void jump_service_manager_tell_stopping (JumpServiceManager *self);
/* Why it could not start. */
void jump_service_manager_tell_failure (JumpServiceManager *self, const char *message);

/* Returns: (transfer full): one line: where clients find @url, and who is signed in. Pure. */
char *jump_service_manager_make_status (const char *url, JumpAccountState state, const char *login);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpServiceManager, jump_service_manager_free)
