/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/opaque-id.h"

#include "service/base/random.h"

#include <string.h>

#define MARK          "jumpseat simulator id"
#define RANDOM_LENGTH 48 /* hexadecimal */
#define SUM_LENGTH    40

/* Returns: (transfer full) (nullable): what the id was made of. */
static char *
open_id (const char *id)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (id, &length);

  if (length != RANDOM_LENGTH + 2 * SUM_LENGTH)
    return NULL;
  return g_strndup ((const char *) bytes, length);
}

static char *
make_sum (const char *random, const char *text)
{
  g_autofree char *all = g_strndup (random, RANDOM_LENGTH);
  g_autofree char *joined = g_strconcat (MARK, all, text, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, joined, -1);
}

/**
 * jump_opaque_id_make:
 */
char *
jump_opaque_id_make (const char *partner)
{
  g_autofree char *random = jump_random_hex (RANDOM_LENGTH / 2);
  g_autofree char *own = make_sum (random, "");
  g_autofree char *bound = make_sum (random, partner);
  g_autofree char *all = g_strconcat (random, own, bound, NULL);

  return g_base64_encode ((const guchar *) all, strlen (all));
}

/**
 * jump_opaque_id_belongs_to:
 */
gboolean
jump_opaque_id_belongs_to (const char *id, const char *partner)
{
  g_autofree char *opened = open_id (id);
  g_autofree char *bound = opened == NULL ? NULL : make_sum (opened, partner);

  return bound != NULL && g_str_equal (opened + RANDOM_LENGTH + SUM_LENGTH, bound);
}

/**
 * jump_opaque_id_is_own:
 */
gboolean
jump_opaque_id_is_own (const char *id)
{
  g_autofree char *opened = open_id (id);
  g_autofree char *own = opened == NULL ? NULL : make_sum (opened, "");

  return own != NULL && strncmp (opened + RANDOM_LENGTH, own, SUM_LENGTH) == 0;
}
