/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a service manager such as systemd hands to a program that it starts: sockets that listen
 * already (sd_listen_fds(3)), where to tell how things are (sd_notify(3)), and how often to give a sign
 * of life (sd_watchdog_enabled(3)). Implemented in activation.c, and in activation-unix.c and
 * activation-windows.c. */

/* Where the sockets begin; the others follow. */
#define JUMP_ACTIVATION_FIRST_FD 3

typedef struct
{
  guint n_sockets;
  GStrv names;         /* (owned): as many as sockets; "unknown" where nobody said one */
  char *notify_socket; /* (owned) (nullable): a path, or "@" and an abstract name */
  guint64 watchdog_us; /* 0: nobody waits for signs of life */
} JumpActivation;

/* Returns: (transfer full): what the environment of this process says, which says it no more then: no
 * program that we start is meant. The sockets are not inherited by those either. */
JumpActivation *jump_activation_take (void);
/* The same of any environment, changing nothing. @pid: of the process it is for. */
JumpActivation *jump_activation_new (char **environment, gint64 pid);
/* Puts everything back, for the program that takes our place in this process. */
void jump_activation_restore (const JumpActivation *self);
void jump_activation_free (JumpActivation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpActivation, jump_activation_free)
