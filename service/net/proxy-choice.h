/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/system-proxy.h"

/* Who says which proxy a request takes: our own setting before the usual environment variables,
 * those before the computer's settings. What runs on this computer is asked directly, always.
 * Private to the HTTP client. */

typedef struct
{
  JumpPoller *poller;       /* (unowned) */
  char *proxy;              /* (owned) (nullable): our own setting */
  GProxyResolver *resolver; /* (owned) (nullable): instead of the system's */
  JumpSystemProxy *system;  /* (owned) (nullable): made when first needed */
} JumpProxyChoice;

void jump_proxy_choice_clear (JumpProxyChoice *self);
/* Returns: (transfer none) (nullable): NULL when libcurl finds the proxy for @url by itself. */
JumpSystemProxy *jump_proxy_choice_get_system (JumpProxyChoice *self, const char *url);
void jump_proxy_choice_forget (JumpProxyChoice *self);

gboolean jump_proxy_choice_is_local (const char *url);
