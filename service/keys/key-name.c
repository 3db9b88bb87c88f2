/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-name.h"

#include "service/base/error.h"
#include "service/base/random.h"
#include "service/base/secret-text.h"

#include <string.h>

#define MAX_NAME     64
#define MAX_DISPLAY  128
#define SECRET_BYTES 32
#define PREFIX       "jmp_"

static gboolean
set_expected (GError **error, const char *member, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", member, expected);
  return FALSE;
}

static gboolean
is_made_of (const char *text, const char *others)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_NAME)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && strchr (others, text[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_key_name_check:
 * @name: of a key
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Returns: whether a key may be called that
 */
gboolean
jump_key_name_check (const char *name, GError **error)
{
  if (is_made_of (name, " _.-") && name[0] != ' ' && name[strlen (name) - 1] != ' ')
    return TRUE;
  return set_expected (error, "name", "1 to 64 letters, digits, spaces, \"_\", \".\" or \"-\"");
}

gboolean
jump_key_name_check_user (const char *user_id, GError **error)
{
  if (is_made_of (user_id, "_.-"))
    return TRUE;
  return set_expected (error, "user_id", "1 to 64 letters, digits, \"_\", \".\" or \"-\"");
}

gboolean
jump_key_name_check_display (const char *display_name, GError **error)
{
  glong length = g_utf8_validate (display_name, -1, NULL) ? g_utf8_strlen (display_name, -1) : 0;

  for (const char *c = display_name; length > 0 && *c != '\0'; c = g_utf8_next_char (c))
    {
      if (!g_unichar_isprint (g_utf8_get_char (c)))
        length = 0;
    }
  if (length >= 1 && length <= MAX_DISPLAY)
    return TRUE;
  return set_expected (error, "display_name", "1 to 128 characters");
}

/**
 * jump_key_name_make_secret:
 *
 * 256 bits of the system's chance in the letters of base64url, which no header, shell or file has to quote.
 *
 * Returns: (transfer full): a new one every time
 */
char *
jump_key_name_make_secret (void)
{
  guint8 bytes[SECRET_BYTES];
  char *encoded;
  char *secret;

  jump_random_bytes (bytes, sizeof bytes);
  encoded = g_base64_encode (bytes, sizeof bytes);
  jump_secret_wipe (bytes, sizeof bytes);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0'; /* 32 bytes leave one to fill up with */
  secret = g_strconcat (PREFIX, encoded, NULL);
  jump_secret_free (encoded);
  return secret;
}
