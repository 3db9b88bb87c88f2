/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/reasoning-seal.h"

#include "service/base/json-read.h"

#include <string.h>

/* Not a secret: only nobody else writes it. */
#define KEY "jumpseat simulator"

/* Responses decrypts for the same model alone. Claude models read each other's signatures, and on
 * chat a state is of use for all models of its maker. */
static const char *
get_owner (JumpSealKind kind, JsonObject *model)
{
  switch (kind)
    {
    case JUMP_SEAL_RESPONSES:
    case JUMP_SEAL_COMPACTION:
      return jump_json_get_string (model, "id", "");
    case JUMP_SEAL_CHAT:
    case JUMP_SEAL_SIGNATURE:
    case JUMP_SEAL_REDACTED:
      break;
    }
  return jump_json_get_string (model, "vendor", "");
}

static char *
make_mac (JumpSealKind kind, const char *owner, const char *digest)
{
  g_autofree char *text = g_strdup_printf ("%d/%s/%s", kind, owner, digest);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256,
                                    (const guchar *) KEY,
                                    strlen (KEY),
                                    text,
                                    -1);
}

/**
 * jump_reasoning_seal_make:
 */
char *
jump_reasoning_seal_make (JumpSealKind kind, JsonObject *model, const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *mac = make_mac (kind, get_owner (kind, model), digest);
  g_autofree char *seal = g_strconcat (digest, mac, NULL);

  return g_base64_encode ((const guchar *) seal, strlen (seal));
}

/**
 * jump_reasoning_seal_check:
 *
 * Returns: whether jump_reasoning_seal_make() made it for the same
 */
gboolean
jump_reasoning_seal_check (JumpSealKind kind, JsonObject *model, const char *text, const char *seal)
{
  g_autofree char *digest = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *made = NULL;
  g_autofree char *again = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length;

  if (text != NULL)
    {
      again = jump_reasoning_seal_make (kind, model, text);
      return g_str_equal (again, seal);
    }
  bytes = g_base64_decode (seal, &length);
  if (length != 128)
    return FALSE;
  digest = g_strndup ((const char *) bytes, 64);
  mac = g_strndup ((const char *) bytes + 64, 64);
  made = make_mac (kind, get_owner (kind, model), digest);
  return g_str_equal (mac, made);
}
