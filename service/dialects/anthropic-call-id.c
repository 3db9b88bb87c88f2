/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-call-id.h"

#include <string.h>

/* Ids may hold letters, digits, "_" and "-" only. */
#define SEPARATOR "_jumpseat1_"

/**
 * jump_anthropic_call_id_seal:
 * @id: of a call
 * @state: (nullable): what the model wants back
 */
char *
jump_anthropic_call_id_seal (const char *id, const char *state)
{
  g_autofree char *encoded = NULL;

  if (state == NULL || *state == '\0')
    return g_strdup (id);
  encoded = g_base64_encode ((const guchar *) state, strlen (state));
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return g_strconcat (id, SEPARATOR, encoded, NULL);
}

/**
 * jump_anthropic_call_id_open:
 * @id: (inout): is cut where the note begins; left alone when nobody can read it
 */
char *
jump_anthropic_call_id_open (char *id)
{
  char *at = strstr (id, SEPARATOR);
  g_autoptr (GString) encoded = NULL;
  g_autofree char *state = NULL;
  gsize length = 0;

  if (at == NULL || at == id)
    return NULL;
  encoded = g_string_new (at + strlen (SEPARATOR));
  g_strdelimit (encoded->str, "-", '+');
  g_strdelimit (encoded->str, "_", '/');
  while (encoded->len % 4 != 0)
    g_string_append_c (encoded, '=');
  state = (char *) g_base64_decode (encoded->str, &length);
  if (length == 0 || !g_utf8_validate_len (state, length, NULL))
    return NULL;
  *at = '\0';
  return g_strndup (state, length);
}
