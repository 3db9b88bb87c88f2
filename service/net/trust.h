/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <curl/curl.h>
#include <glib.h>

/* Whose certificates vouch for a server: the system's authorities and those of a file besides. How
 * libcurl is told is the platform's matter: trust-unix.c and trust-windows.c. Nothing here or
 * elsewhere can make it take a server without a certificate that holds. Private to the HTTP
 * client. */

typedef struct
{
  char *file;      /* (owned) (nullable) */
  GBytes *extra;   /* (owned) (nullable): what is in it */
  GBytes *bundle;  /* (owned) (nullable): with the system's, where libcurl takes only one of both */
  GError *problem; /* (owned) (nullable): why the file cannot be used */
} JumpTrust;

void jump_trust_set_file (JumpTrust *self, const char *file);
void jump_trust_clear (JumpTrust *self);
/* A file that could not be used is looked at again. Returns: whether it can be, or there is none. */
gboolean jump_trust_check (JumpTrust *self, GError **error);
/* Returns: (transfer full): @parts one behind the other, each on lines of its own. */
GBytes *jump_trust_join (GBytes *first, GBytes *second);

void jump_trust_apply (JumpTrust *self, CURL *easy);
