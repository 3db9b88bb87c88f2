/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

#include <gio/gio.h>

/* Which proxy the computer's own settings want for a server, scripts for that (PAC) included: asked
 * of GIO's resolver, which may take its time, and remembered for a while. Private to the HTTP
 * client. Proxies are written as libcurl takes them, "" means none. */

typedef struct _JumpSystemProxy JumpSystemProxy;
typedef struct _JumpProxyWait JumpProxyWait;

/* jump_system_proxy_find() knows it now. Must not free anything of the HTTP client. */
typedef void (*JumpProxyFunc) (gpointer user_data);

JumpSystemProxy *
jump_system_proxy_new (JumpPoller *poller, GProxyResolver *resolver, guint longest_wait_ms);
void jump_system_proxy_free (JumpSystemProxy *self);

/* Returns: (transfer none) (nullable): the proxy for @url, valid until the next call; NULL when the
 * system has to be asked first. */
const char *jump_system_proxy_find (JumpSystemProxy *self, const char *url);
/* Asks; @func is called once, when it is known or the longest wait is over, unless the wait was cancelled. */
JumpProxyWait *jump_system_proxy_ask (JumpSystemProxy *self,
                                      const char *url,
                                      JumpProxyFunc func,
                                      gpointer user_data);
void jump_proxy_wait_cancel (JumpProxyWait *wait);
/* @proxy could not be reached. Returns: whether the system named more than the @n_tried ones. */
gboolean
jump_system_proxy_skip (JumpSystemProxy *self, const char *url, const char *proxy, guint n_tried);
/* The computer is in another network, for all we know. */
void jump_system_proxy_forget (JumpSystemProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSystemProxy, jump_system_proxy_free)
