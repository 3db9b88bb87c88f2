/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The name by which a client calls us: what stands in a Host header, and behind the scheme of an origin. Strict:
 * what is not plainly a name or an address, with or without a port, is none. Pure. */

/* Longer names DNS does not have (RFC 1035 2.3.4). */
#define JUMP_HOST_NAME_MAX 253

typedef struct
{
  char name[JUMP_HOST_NAME_MAX +
            1]; /* lower case; an IP address as inet_ntop() writes it, no brackets */
  gboolean is_address;
  guint16 port; /* 0: none was named */
} JumpHostName;

/* @text: (nullable): "localhost:8081", "[::1]". FALSE: it is none. */
gboolean jump_host_name_parse (JumpHostName *self, const char *text);
gboolean jump_host_name_is_loopback (const JumpHostName *self);
/* @names: (nullable) (array zero-terminated=1): in lower case, addresses without brackets */
gboolean jump_host_name_is_one_of (const JumpHostName *self, const char *const *names);
/* @address: (nullable): an IP address of this computer */
gboolean jump_host_name_is_address (const JumpHostName *self, const char *address);
