/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/session-name.h"

#include <string.h>

/* UUIDs have 36; nobody reads longer ones. */
#define MAX_NAME 128
/* "user_<hash>_account_<uuid>_session_<uuid>", as Claude Code writes it, and as it has it since. */
#define BEHIND_USER "_session_"
#define IN_OBJECT   "\"session_id\":\""

static gboolean
is_plain (char byte)
{
  return byte > ' ' && byte <= '~' && byte != '"' && byte != '\\';
}

/* Returns: (transfer full) (nullable): NULL where nothing is left */
static char *
clean (const char *text, gsize length)
{
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < length && name->len < MAX_NAME; i++)
    if (is_plain (text[i]))
      g_string_append_c (name, text[i]);
  if (name->len > 0)
    return g_string_free (name, FALSE);
  g_string_free (name, TRUE);
  return NULL;
}

/**
 * jump_session_name_new:
 * @told: (nullable): by a header, which is meant for it
 * @in_body: (nullable): metadata.user_id, prompt_cache_key or user
 * @is_person: whether @in_body is the same in all conversations of somebody
 */
char *
jump_session_name_new (const char *told, const char *in_body, gboolean is_person)
{
  char *name = told != NULL ? clean (told, strlen (told)) : NULL;
  const char *at;

  if (name != NULL || in_body == NULL)
    return name;
  at = strstr (in_body, IN_OBJECT);
  if (at != NULL)
    return clean (at + strlen (IN_OBJECT), strcspn (at + strlen (IN_OBJECT), "\""));
  at = strstr (in_body, BEHIND_USER);
  if (at != NULL)
    return clean (at + strlen (BEHIND_USER), strlen (at + strlen (BEHIND_USER)));
  return is_person ? NULL : clean (in_body, strlen (in_body));
}
