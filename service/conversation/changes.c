/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/changes.h"

#include <string.h>

/* The list becomes a header; names in it may come from a client's field names. */
#define MAX_LENGTH        2048
#define MAX_DETAIL_LENGTH 64

static gboolean
has_name (const char *names, const char *name, gsize length)
{
  while (*names != '\0')
    {
      gsize n = strcspn (names, ",");

      if (n == length && memcmp (names, name, n) == 0)
        return TRUE;
      names += n;
      names += *names == ',';
    }
  return FALSE;
}

static void
add (JumpChanges *self, const char *name, gsize length)
{
  if (length == 0)
    return;
  if (self->names == NULL)
    self->names = g_string_new (NULL);
  if (has_name (self->names->str, name, length))
    return;
  if (self->names->len + length > MAX_LENGTH)
    {
      name = "more";
      length = strlen (name);
      if (has_name (self->names->str, name, length))
        return;
    }
  if (self->names->len > 0)
    g_string_append_c (self->names, ',');
  g_string_append_len (self->names, name, (gssize) length);
}

/**
 * jump_changes_clear:
 * @self: changes, zeroed ones too; empty and ready for more afterwards
 */
void
jump_changes_clear (JumpChanges *self)
{
  if (self->names != NULL)
    g_string_free (self->names, TRUE);
  self->names = NULL;
}

/**
 * jump_changes_add:
 * @name: one name, a word of the program's own
 *
 * Notes @name unless it is there already. When the list is full, "more" stands for the rest.
 */
void
jump_changes_add (JumpChanges *self, const char *name)
{
  add (self, name, strlen (name));
}

/**
 * jump_changes_add_detail:
 * @prefix: a word of the program's own, colon included
 * @name: what it happened to, often in the client's words: whatever cannot stand in a header or
 *   would end the name is replaced by "_", and what is very long is cut
 */
void
jump_changes_add_detail (JumpChanges *self, const char *prefix, const char *name)
{
  g_autoptr (GString) whole = g_string_new (prefix);

  for (gsize i = 0; name[i] != '\0' && i < MAX_DETAIL_LENGTH; i++)
    {
      gboolean is_plain = g_ascii_isalnum (name[i]) || strchr ("_.:-[]/", name[i]) != NULL;

      g_string_append_c (whole, is_plain ? name[i] : '_');
    }
  add (self, whole->str, whole->len);
}

/**
 * jump_changes_add_all:
 * @names: (nullable): as jump_changes_get() gives them
 */
void
jump_changes_add_all (JumpChanges *self, const char *names)
{
  while (names != NULL && *names != '\0')
    {
      gsize length = strcspn (names, ",");

      add (self, names, length);
      names += length;
      names += *names == ',';
    }
}

/**
 * jump_changes_get:
 *
 * Returns: the names, comma-separated without spaces; valid until the next call
 */
const char *
jump_changes_get (const JumpChanges *self)
{
  return self->names == NULL ? "" : self->names->str;
}

/**
 * jump_changes_steal:
 *
 * Returns: (transfer full): the names; @self is empty afterwards
 */
char *
jump_changes_steal (JumpChanges *self)
{
  GString *names = g_steal_pointer (&self->names);

  return names == NULL ? g_strdup ("") : g_string_free (names, FALSE);
}
