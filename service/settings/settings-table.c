/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-table.h"

#include <string.h>

typedef struct
{
  const char *group;
  const char *doc;
} TableRow;

static const TableRow tables[] = {
  [JUMP_TABLE_MODEL_MAPPING] = {
    .group = "model_mapping",
    .doc = "Model names that mean another model, each compared as a whole, without case: "
           "name = target.",
  },
  [JUMP_TABLE_MODEL_PREFIX_MAPPING] = {
    .group = "model_prefix_mapping",
    .doc = "Beginnings of model names, tried in this order; the first that fits decides, and its "
           "target replaces the whole name: beginning = target.",
  },
  [JUMP_TABLE_MODEL_ALIASES] = {
    .group = "model_aliases",
    .doc = "Short names. A target with * means the newest model of your account that fits: "
           "name = target.",
  },
  [JUMP_TABLE_BUDGETS] = {
    .group = "budgets",
    .doc = "Credits that may be spent: period = credits action. Periods: day, month, session; with "
           "\" key:NAME\" or \" model:NAME\" behind it for one client key or for models (* for any "
           "ending). Actions: warn, ask, refuse, cheaper, or cheaper and a model's name.",
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tables) == JUMP_N_TABLES);

static const struct
{
  const char *name;
  const char *target;
} default_aliases[] = {
  { "4", "gpt-4" },
  { "4o", "gpt-4o" },
  { "gpt", "gpt-5*" },
  { "gpt-mini", "gpt-5*-mini" },
  { "codex", "gpt-5*-codex" },
  { "sonnet", "claude-sonnet-*" },
  { "opus", "claude-opus-*" },
  { "haiku", "claude-haiku-*" },
  { "gemini", "gemini-*-pro*" },
  { "gemini-pro", "gemini-*-pro*" },
  { "gemini-flash", "gemini-*-flash*" },
  { "grok", "grok-*" },
};

static void
free_pair (gpointer memory)
{
  JumpSettingPair *pair = memory;

  g_free (pair->name);
  g_free (pair->target);
  g_free (pair);
}

/* What a key of a GKeyFile cannot hold, or what would make another line of it. */
static gboolean
must_be_escaped (const char *name, const char *at)
{
  gboolean at_edge = at == name || at[1] == '\0';

  return strchr ("%[]=", *at) != NULL || (guchar) *at < 0x20 || *at == 0x7f ||
         (*at == ' ' && at_edge) || (strchr ("#;", *at) != NULL && at == name);
}

/**
 * jump_setting_table_group:
 * @table: a table
 *
 * Returns: (transfer none): the name of its group in the file
 */
const char *
jump_setting_table_group (JumpSettingTable table)
{
  g_return_val_if_fail (table < JUMP_N_TABLES, NULL);
  return tables[table].group;
}

/**
 * jump_setting_table_doc:
 * @table: a table
 *
 * Returns: (transfer none): what its rows mean
 */
const char *
jump_setting_table_doc (JumpSettingTable table)
{
  g_return_val_if_fail (table < JUMP_N_TABLES, NULL);
  return tables[table].doc;
}

/**
 * jump_setting_table_find:
 * @group: name of a group
 * @out_table: (out): the table
 *
 * Returns: whether @group holds a table
 */
gboolean
jump_setting_table_find (const char *group, JumpSettingTable *out_table)
{
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      if (g_str_equal (tables[i].group, group))
        {
          *out_table = (JumpSettingTable) i;
          return TRUE;
        }
    }
  return FALSE;
}

GPtrArray *
jump_setting_table_new (void)
{
  return g_ptr_array_new_with_free_func (free_pair);
}

void
jump_setting_table_add (GPtrArray *table, const char *name, const char *target)
{
  JumpSettingPair *pair = g_new0 (JumpSettingPair, 1);

  pair->name = g_strdup (name);
  pair->target = g_strdup (target);
  g_ptr_array_add (table, pair);
}

/**
 * jump_setting_table_new_default:
 * @table: a table
 *
 * The mapping tables ship empty: dates, dashes for dots and prefixes of vendors are understood
 * without them.
 *
 * Returns: (transfer full) (element-type JumpSettingPair): the rows that hold while the file has
 *   no such group
 */
GPtrArray *
jump_setting_table_new_default (JumpSettingTable table)
{
  GPtrArray *rows = jump_setting_table_new ();

  if (table != JUMP_TABLE_MODEL_ALIASES)
    return rows;
  for (gsize i = 0; i < G_N_ELEMENTS (default_aliases); i++)
    jump_setting_table_add (rows, default_aliases[i].name, default_aliases[i].target);
  return rows;
}

/**
 * jump_setting_table_equal:
 * @a: (element-type JumpSettingPair): a table
 * @b: (element-type JumpSettingPair): another
 *
 * Returns: whether both have the same rows in the same order
 */
gboolean
jump_setting_table_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const JumpSettingPair *left = g_ptr_array_index (a, i);
      const JumpSettingPair *right = g_ptr_array_index (b, i);

      if (!g_str_equal (left->name, right->name) || !g_str_equal (left->target, right->target))
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_setting_table_look_up:
 * @table: (element-type JumpSettingPair): a table
 * @name: compared byte for byte
 *
 * Returns: (transfer none) (nullable): the target in the row of @name
 */
const char *
jump_setting_table_look_up (const GPtrArray *table, const char *name)
{
  for (guint i = 0; i < table->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (table, i);

      if (g_str_equal (pair->name, name))
        return pair->target;
    }
  return NULL;
}

/**
 * jump_setting_table_escape:
 * @name: a name in a table, any text
 *
 * A key of a GKeyFile holds no brackets and no equals sign and begins and ends with no space, but
 * a model may be called "claude-sonnet-4[1m]". Such characters are written as in URLs: %5B.
 *
 * Returns: (transfer full): @name as a key of the file
 */
char *
jump_setting_table_escape (const char *name)
{
  GString *key = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at++)
    {
      if (must_be_escaped (name, at))
        g_string_append_printf (key, "%%%02X", (guchar) *at);
      else
        g_string_append_c (key, *at);
    }
  return g_string_free (key, FALSE);
}

/**
 * jump_setting_table_unescape:
 * @key: a key of the file
 *
 * A % that two hexadecimal digits do not follow stands for itself.
 *
 * Returns: (transfer full): the name
 */
char *
jump_setting_table_unescape (const char *key)
{
  GString *name = g_string_new (NULL);

  for (const char *at = key; *at != '\0'; at++)
    {
      if (at[0] == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]) &&
          (at[1] != '0' || at[2] != '0'))
        {
          g_string_append_c (
              name,
              (char) (g_ascii_xdigit_value (at[1]) << 4 | g_ascii_xdigit_value (at[2])));
          at += 2;
        }
      else
        g_string_append_c (name, *at);
    }
  return g_string_free (name, FALSE);
}
