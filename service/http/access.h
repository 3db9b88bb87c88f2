/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The only gatekeeper. Pure: says yes or why not. What is not named in the table of routes never
 * gets here; what gets here without fitting a rule is refused. */

typedef enum
{
  JUMP_ACCESS_OPEN,    /* health: anybody on this machine */
  JUMP_ACCESS_MODEL,   /* the model API: programs on this machine, no web page */
  JUMP_ACCESS_CONTROL, /* control API: the control key of this run */
} JumpAccessClass;

typedef struct
{
  const char *host;           /* (nullable) Host */
  const char *origin;         /* (nullable) Origin */
  const char *sec_fetch_site; /* (nullable) Sec-Fetch-Site */
  const char *authorization;  /* (nullable) Authorization */
} JumpAccessHeaders;

/* @ports: where we listen, 0 behind the last. Returns: 0 when the request may pass, else the HTTP status to refuse it with; @out_reason: (out)
 * (transfer none): one sentence for the client. */
guint jump_access_check (JumpAccessClass class,
                         const JumpAccessHeaders *headers,
                         const char *control_key,
                         const guint16 *ports,
                         const char **out_reason);

gboolean jump_access_host_is_loopback (const char *host);
