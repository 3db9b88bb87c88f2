/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/tool-names.h"

#include <string.h>

#define MAX_NAME 64
/* Digits of the hash behind a name that had to be changed. */
#define HASH_DIGITS 8
/* Clients keep the parts of such names apart with two underscores themselves (mcp__server__tool). */
#define SEPARATOR "__"

typedef struct
{
  char *key;        /* (owned): both names in one */
  char *name;       /* (owned) */
  char *name_space; /* (owned) (nullable) */
  char *wire;       /* (owned) (nullable): NULL: not decided yet */
  JumpToolKind kind;
} Entry;

struct _JumpToolNames
{
  GPtrArray *entries;  /* (owned) (element-type Entry) */
  GHashTable *by_key;  /* (owned) (element-type utf8 Entry) */
  GHashTable *by_wire; /* (owned) (element-type utf8 Entry) */
  gboolean has_changes;
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->key);
  g_free (self->name);
  g_free (self->name_space);
  g_free (self->wire);
  g_free (self);
}

/* "" and no namespace are the same; the length in front keeps "a:b" + "c" apart from "a" + "b:c". */
static char *
make_key (const char *name_space, const char *name)
{
  gsize length = name_space == NULL ? 0 : strlen (name_space);

  return g_strdup_printf ("%" G_GSIZE_FORMAT ":%s%s",
                          length,
                          name_space == NULL ? "" : name_space,
                          name);
}

static gboolean
is_name_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_' || byte == '-';
}

static void
add_name (JumpToolNames *self, const char *name_space, const char *name, JumpToolKind kind)
{
  g_autofree char *key = NULL;
  Entry *entry;

  if (name == NULL)
    return;
  if (name_space != NULL && *name_space == '\0')
    name_space = NULL;
  key = make_key (name_space, name);
  if (g_hash_table_contains (self->by_key, key))
    return;
  entry = g_new0 (Entry, 1);
  entry->key = g_steal_pointer (&key);
  entry->name = g_strdup (name);
  entry->name_space = g_strdup (name_space);
  entry->kind = kind;
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_key, entry->key, entry);
}

/* Definitions come first: they know best what kind a tool is. */
static void
collect (JumpToolNames *self, const JumpPrompt *prompt)
{
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->kind != JUMP_TOOL_HOSTED)
        add_name (self, tool->name_space, tool->name, tool->kind);
    }
  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          const JumpPart *part = g_ptr_array_index (message->parts, j);

          if (part->kind == JUMP_PART_TOOL_CALL || part->kind == JUMP_PART_TOOL_RESULT)
            add_name (self, part->name_space, part->name, part->tool_kind);
        }
    }
  add_name (self, prompt->choice_name_space, prompt->choice_name, JUMP_TOOL_FUNCTION);
}

static gboolean
take_wire (JumpToolNames *self, Entry *entry, char *wire)
{
  if (g_hash_table_contains (self->by_wire, wire))
    {
      g_free (wire);
      return FALSE;
    }
  entry->wire = wire;
  g_hash_table_insert (self->by_wire, entry->wire, entry);
  self->has_changes = self->has_changes || !g_str_equal (wire, entry->name);
  return TRUE;
}

/* Returns: (transfer full): both names in one, not yet cleaned */
static char *
join_names (const Entry *entry)
{
  if (entry->name_space == NULL)
    return g_strdup (entry->name);
  return g_strconcat (entry->name_space,
                      g_str_has_suffix (entry->name_space, SEPARATOR) ? "" : SEPARATOR,
                      entry->name,
                      NULL);
}

/* Returns: (transfer full): cleaned and cut, with a hash of the whole and of @attempt behind it */
static char *
hash_name (const Entry *entry, const char *joined, guint attempt)
{
  g_autoptr (GString) wire = g_string_new (NULL);
  g_autofree char *whole = g_strdup_printf ("%u:%s", attempt, entry->key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);

  for (const char *at = joined; *at != '\0' && wire->len < MAX_NAME - HASH_DIGITS - 1;
       at = g_utf8_next_char (at))
    g_string_append_c (wire, is_name_byte (*at) ? *at : '_');
  g_string_append_c (wire, '_');
  g_string_append_len (wire, hash, HASH_DIGITS);
  return g_string_free (g_steal_pointer (&wire), FALSE);
}

static void
decide (JumpToolNames *self, Entry *entry)
{
  g_autofree char *joined = join_names (entry);
  guint attempt = 0;

  if (jump_tool_name_is_fine (joined, strlen (joined)) &&
      take_wire (self, entry, g_strdup (joined)))
    return;
  while (!take_wire (self, entry, hash_name (entry, joined, attempt)))
    attempt++;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Entry *const *first = a;
  const Entry *const *second = b;

  return strcmp ((*first)->key, (*second)->key);
}

/* Names without a namespace that are fine keep theirs before anybody else can take it; the others
 * follow in an order that does not depend on the request. */
static void
decide_all (JumpToolNames *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->name_space == NULL && jump_tool_name_is_fine (entry->name, strlen (entry->name)))
        take_wire (self, entry, g_strdup (entry->name));
    }
  g_ptr_array_sort (self->entries, compare_keys);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->wire == NULL)
        decide (self, entry);
    }
}

static void
clear_names (gpointer data)
{
  JumpToolNames *self = data;

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_wire);
  g_ptr_array_unref (self->entries);
}

/**
 * jump_tool_names_new:
 * @prompt: is not kept
 *
 * Hosted tools have no name of the client's and are left out.
 *
 * Returns: (transfer full): the names of all tools that a request may mention
 */
JumpToolNames *
jump_tool_names_new (const JumpPrompt *prompt)
{
  JumpToolNames *self = g_atomic_rc_box_new0 (JumpToolNames);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_wire = g_hash_table_new (g_str_hash, g_str_equal);
  collect (self, prompt);
  decide_all (self);
  return self;
}

/**
 * jump_tool_names_ref:
 *
 * Returns: (transfer full): @self, which never changes; any thread may hold it
 */
JumpToolNames *
jump_tool_names_ref (JumpToolNames *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
jump_tool_names_unref (JumpToolNames *self)
{
  g_atomic_rc_box_release_full (self, clear_names);
}

/**
 * jump_tool_names_to_wire:
 * @name_space: (nullable): the namespace that the tool stands in
 * @name: (nullable): as the client knows it
 *
 * Returns: (transfer none) (nullable): @name itself when the prompt does not mention it
 */
const char *
jump_tool_names_to_wire (const JumpToolNames *self, const char *name_space, const char *name)
{
  g_autofree char *key = name == NULL ? NULL : make_key (name_space, name);
  const Entry *entry = key == NULL ? NULL : g_hash_table_lookup (self->by_key, key);

  return entry == NULL ? name : entry->wire;
}

/**
 * jump_tool_names_from_wire:
 * @wire: as upstream said it
 * @out_name: (out) (optional) (transfer none): as the client knows it; @wire when nobody does
 * @out_name_space: (out) (optional) (transfer none) (nullable): the namespace it stands in
 * @out_kind: (out) (optional): FUNCTION when nobody knows it
 */
void
jump_tool_names_from_wire (const JumpToolNames *self,
                           const char *wire,
                           const char **out_name,
                           const char **out_name_space,
                           JumpToolKind *out_kind)
{
  const Entry *entry = g_hash_table_lookup (self->by_wire, wire);

  if (out_name != NULL)
    *out_name = entry == NULL ? wire : entry->name;
  if (out_name_space != NULL)
    *out_name_space = entry == NULL ? NULL : entry->name_space;
  if (out_kind != NULL)
    *out_kind = entry == NULL ? JUMP_TOOL_FUNCTION : entry->kind;
}

/**
 * jump_tool_names_has_changes:
 *
 * Returns: whether upstream gets any name that the client did not write; a namespace in front counts
 */
gboolean
jump_tool_names_has_changes (const JumpToolNames *self)
{
  return self->has_changes;
}

/**
 * jump_tool_name_is_fine:
 * @name: need not be terminated
 * @length: in bytes
 *
 * Returns: whether upstream takes it as it is
 */
gboolean
jump_tool_name_is_fine (const char *name, gsize length)
{
  if (length == 0 || length > MAX_NAME)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!is_name_byte (name[i]))
      return FALSE;
  return TRUE;
}
