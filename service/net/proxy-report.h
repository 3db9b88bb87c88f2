/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-client.h"

/* Which proxy the client really takes for an address, and who says so: for people who look for what
 * is wrong. */

typedef enum
{
  JUMP_PROXY_FROM_NOBODY,      /* asked directly */
  JUMP_PROXY_FROM_SETTING,     /* upstream.proxy */
  JUMP_PROXY_FROM_ENVIRONMENT, /* a variable: see there */
  JUMP_PROXY_FROM_SYSTEM,      /* the computer's own settings */
} JumpProxySource;

typedef struct
{
  JumpProxySource source;
  char *proxy;          /* (owned) (nullable): scheme, host and port; never name and password */
  const char *variable; /* (nullable): static; which one of the environment */
} JumpProxyReport;

void jump_proxy_report_free (JumpProxyReport *self);

void jump_proxy_report_async (JumpHttpClient *client,
                              const char *url,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Returns: (transfer full) */
JumpProxyReport *jump_proxy_report_finish (JumpHttpClient *client, GAsyncResult *result);

/* Whether the variable no_proxy lists the host of @url. Pure but for the environment. */
gboolean jump_proxy_report_is_excepted (const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpProxyReport, jump_proxy_report_free)
