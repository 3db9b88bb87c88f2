/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/trust.h"

#include "service/base/error.h"

#define CERTIFICATE "-----BEGIN CERTIFICATE-----"
#define TRUSTED     "-----BEGIN TRUSTED CERTIFICATE-----"
/* All authorities of a system are a quarter of that; more is a mistake. */
#define MAX_FILE (4 * 1024 * 1024)

static gboolean
contains (const char *text, gsize length, const char *part)
{
  return g_strstr_len (text, (gssize) length, part) != NULL;
}

/* A private key beside the certificates would be harmless; a file without any is the wrong one. */
static GBytes *
load (const char *file, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, &problem))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "upstream.ca_file: could not read the certificates to trust: %s",
                   problem->message);
      return NULL;
    }
  if (length > MAX_FILE ||
      (!contains (text, length, CERTIFICATE) && !contains (text, length, TRUSTED)))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "upstream.ca_file: expected certificates in PEM form in \"%s\"",
                   file);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * jump_trust_set_file:
 * @self: zero-initialised at first
 * @file: (nullable): PEM; read at once
 */
void
jump_trust_set_file (JumpTrust *self, const char *file)
{
  jump_trust_clear (self);
  self->file = g_strdup (file);
  if (file != NULL)
    self->extra = load (file, &self->problem);
}

void
jump_trust_clear (JumpTrust *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_clear_error (&self->problem);
}

/**
 * jump_trust_check:
 * @error: %JUMP_ERROR_SETTINGS, which names the setting and the file
 */
gboolean
jump_trust_check (JumpTrust *self, GError **error)
{
  if (self->problem == NULL)
    return TRUE;
  g_clear_error (&self->problem);
  self->extra = load (self->file, &self->problem);
  if (self->problem == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->problem);
  return FALSE;
}

GBytes *
jump_trust_join (GBytes *first, GBytes *second)
{
  GByteArray *all = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (first, &length);

  g_byte_array_append (all, data, (guint) length);
  g_byte_array_append (all, (const guint8 *) "\n", 1);
  data = g_bytes_get_data (second, &length);
  g_byte_array_append (all, data, (guint) length);
  return g_byte_array_free_to_bytes (all);
}
