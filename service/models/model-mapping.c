/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-mapping.h"

#include "service/models/model-nearest.h"
#include "service/models/model-newest.h"
#include "service/models/model-spelling.h"

#include <string.h>

struct _JumpModelMapping
{
  /* name, target, name, target … NULL */
  GStrv exact;   /* (owned) */
  GStrv prefix;  /* (owned) */
  GStrv aliases; /* (owned) */
};

typedef struct
{
  JumpModel *model; /* (nullable) */
  JumpMapped how;
  const char *target; /* (nullable): what a table made of the name */
} Answer;

static GStrv
copy_table (const char *const *table)
{
  static const char *const empty[] = { NULL };

  return g_strdupv ((GStrv) (table == NULL ? empty : table));
}

/* Some spellings may fit several entries; upstream refuses a disabled one. */
static JumpModel *
prefer (JumpModel *first, JumpModel *second)
{
  if (first == NULL || (!jump_model_get_is_enabled (first) && jump_model_get_is_enabled (second)))
    return second;
  return first;
}

static JumpModel *
find_by_version (JumpModelCatalog *catalog, const char *name)
{
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (catalog));
  JumpModel *found = NULL;

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      const char *version = jump_model_get_version (model);

      if (version != NULL && g_ascii_strcasecmp (version, name) == 0)
        found = prefer (found, model);
    }
  return found;
}

static JumpModel *
find_by_key (JumpModelCatalog *catalog, const char *name)
{
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (catalog));
  g_autofree char *key = jump_model_spelling_key (name);
  JumpModel *found = NULL;

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      g_autofree char *other = jump_model_spelling_key (jump_model_get_id (model));

      if (g_str_equal (other, key))
        found = prefer (found, model);
    }
  return found;
}

static JumpModel *
find_plain_spelling (JumpModelCatalog *catalog, const char *name)
{
  JumpModel *model = find_by_key (catalog, name);
  g_autofree char *undated = NULL;

  if (model == NULL)
    model = find_by_version (catalog, name);
  if (model != NULL)
    return model;
  undated = jump_model_spelling_drop_date (name);
  return undated == NULL ? NULL : find_by_key (catalog, undated);
}

/* @name is stripped already. */
static JumpModel *
find_by_spelling (JumpModelCatalog *catalog, const char *name)
{
  g_autofree char *base = jump_model_spelling_drop_1m (name);
  g_autofree char *undated = NULL;
  g_autofree char *large = NULL;
  JumpModel *model;

  if (base == NULL)
    return find_plain_spelling (catalog, name);
  undated = jump_model_spelling_drop_date (base);
  large = g_strconcat (undated == NULL ? base : undated, "-1m", NULL);
  model = find_by_key (catalog, large);
  return model != NULL ? model : find_plain_spelling (catalog, base);
}

static const char *
look_up (const char *const *table, const char *name)
{
  for (guint i = 0; table[i] != NULL && table[i + 1] != NULL; i += 2)
    {
      if (g_ascii_strcasecmp (table[i], name) == 0)
        return table[i + 1];
    }
  return NULL;
}

static const char *
look_up_prefix (const char *const *table, const char *name)
{
  for (guint i = 0; table[i] != NULL && table[i + 1] != NULL; i += 2)
    {
      if (g_ascii_strncasecmp (table[i], name, strlen (table[i])) == 0)
        return table[i + 1];
    }
  return NULL;
}

static const char *
look_up_tables (const JumpModelMapping *self, const char *name, JumpMapped *out_how)
{
  const char *target = look_up ((const char *const *) self->exact, name);

  *out_how = JUMP_MAPPED_EXACT;
  if (target == NULL)
    {
      target = look_up_prefix ((const char *const *) self->prefix, name);
      *out_how = JUMP_MAPPED_PREFIX;
    }
  return target;
}

static const char *
look_up_aliases (const JumpModelMapping *self, const char *name, JumpMapped *out_how)
{
  *out_how = JUMP_MAPPED_ALIAS;
  return look_up ((const char *const *) self->aliases, name);
}

static gboolean
is_pattern (const char *target)
{
  return strpbrk (target, "*?") != NULL;
}

/* What a target means: an id, a pattern, or a spelling of an id. */
static JumpModel *
find_target (JumpModelCatalog *catalog, const char *target)
{
  g_autofree char *stripped = NULL;
  JumpModel *model = jump_model_catalog_lookup (catalog, target);

  if (model != NULL)
    return model;
  if (is_pattern (target))
    return jump_model_newest (catalog, target);
  stripped = jump_model_spelling_strip (target);
  return find_by_spelling (catalog, stripped);
}

/* The tables, and once more the tables for what they say. */
static Answer
map_name (const JumpModelMapping *self, JumpModelCatalog *catalog, const char *name)
{
  JumpMapped how_first = JUMP_MAPPED_UNKNOWN;
  JumpMapped how_again = JUMP_MAPPED_UNKNOWN;
  Answer answer = { NULL, JUMP_MAPPED_SAME, NULL };
  const char *target = look_up_tables (self, name, &how_first);
  const char *again;

  /* What a person wrote into a table counts more than what upstream calls its models; what we
   * ship as an alias counts less. */
  if (target == NULL && (answer.model = jump_model_catalog_lookup (catalog, name)) != NULL)
    return answer;
  if (target == NULL)
    target = look_up_aliases (self, name, &how_first);
  answer = (Answer){ NULL, JUMP_MAPPED_UNKNOWN, target };
  if (target == NULL)
    return answer;
  answer.model = find_target (catalog, target);
  if (answer.model == NULL)
    {
      again = look_up_tables (self, target, &how_again);
      if (again == NULL)
        again = look_up_aliases (self, target, &how_again);
      if (again != NULL)
        {
          answer.target = again;
          answer.model = find_target (catalog, again);
        }
    }
  if (answer.model != NULL)
    answer.how = how_first;
  return answer;
}

/* "claude-opus-9" means opus, as does "claude-3-opus-latest": the alias of a word in it. */
static JumpModel *
find_family (const JumpModelMapping *self, JumpModelCatalog *catalog, const char *name)
{
  g_auto (GStrv) words = NULL;

  if (g_ascii_strncasecmp (name, "claude-", strlen ("claude-")) != 0)
    return NULL;
  words = g_strsplit (name, "-", -1);
  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *target = look_up ((const char *const *) self->aliases, words[i]);

      if (target != NULL && g_ascii_strncasecmp (target, "claude-", strlen ("claude-")) == 0)
        return find_target (catalog, target);
    }
  return NULL;
}

static Answer
find_answer (const JumpModelMapping *self, JumpModelCatalog *catalog, const char *name)
{
  g_autofree char *stripped = NULL;
  Answer answer = map_name (self, catalog, name);
  Answer other;

  if (answer.model != NULL || answer.target != NULL)
    return answer;
  stripped = jump_model_spelling_strip (name);
  answer.model = find_by_spelling (catalog, stripped);
  if (answer.model != NULL)
    {
      answer.how = JUMP_MAPPED_SPELLING;
      return answer;
    }
  other = map_name (self, catalog, stripped);
  if (other.target != NULL)
    return other;
  answer.model = find_family (self, catalog, stripped);
  if (answer.model != NULL)
    answer.how = JUMP_MAPPED_FAMILY;
  return answer;
}

/**
 * jump_model_mapping_new:
 * @exact: (nullable): flat array of names and targets, NULL-terminated; copied, as the others
 * @prefix: (nullable): the same of beginnings of names; the first hit in this order counts
 * @aliases: (nullable): the same of short names, whose targets may be patterns
 *
 * Returns: (transfer full): the tables
 */
JumpModelMapping *
jump_model_mapping_new (const char *const *exact,
                        const char *const *prefix,
                        const char *const *aliases)
{
  JumpModelMapping *self = g_new0 (JumpModelMapping, 1);

  self->exact = copy_table (exact);
  self->prefix = copy_table (prefix);
  self->aliases = copy_table (aliases);
  return self;
}

/**
 * jump_model_mapping_free:
 * @self: (transfer full): the tables
 */
void
jump_model_mapping_free (JumpModelMapping *self)
{
  g_strfreev (self->exact);
  g_strfreev (self->prefix);
  g_strfreev (self->aliases);
  g_free (self);
}

/**
 * jump_model_mapping_resolve:
 * @self: the tables
 * @catalog: the list that counts now
 * @name: as the client sent it
 * @out_how: (out) (optional): which step decided
 * @out_model: (out) (transfer none) (nullable) (optional): the entry, valid until the next turn of
 *   the main loop; NULL with JUMP_MAPPED_UNKNOWN
 *
 * A target that no model answers to is returned as it stands, so that upstream can judge it; a
 * pattern without a match is not an id, and leaves the name unchanged.
 *
 * Returns: (transfer full): the id to send upstream
 */
char *
jump_model_mapping_resolve (const JumpModelMapping *self,
                            JumpModelCatalog *catalog,
                            const char *name,
                            JumpMapped *out_how,
                            JumpModel **out_model)
{
  Answer answer = find_answer (self, catalog, name);

  if (out_how != NULL)
    *out_how = answer.how;
  if (out_model != NULL)
    *out_model = answer.model;
  if (answer.model != NULL)
    return g_strdup (jump_model_get_id (answer.model));
  if (answer.target != NULL && !is_pattern (answer.target))
    return g_strdup (answer.target);
  return g_strdup (name);
}

/* Aliases that lead nowhere are no help to anybody; those that are ids stand there already. */
static void
add_aliases (const JumpModelMapping *self, JumpModelCatalog *catalog, GPtrArray *names)
{
  for (guint i = 0; self->aliases[i] != NULL && self->aliases[i + 1] != NULL; i += 2)
    {
      if (jump_model_catalog_lookup (catalog, self->aliases[i]) == NULL &&
          map_name (self, catalog, self->aliases[i]).model != NULL)
        g_ptr_array_add (names, self->aliases[i]);
    }
}

/**
 * jump_model_nearest:
 * @self: the tables
 * @catalog: the list that counts now
 * @name: what nobody knows
 * @n_max: how many names at most
 *
 * Returns: (transfer full) (array zero-terminated=1): may be empty
 */
char **
jump_model_nearest (const JumpModelMapping *self,
                    JumpModelCatalog *catalog,
                    const char *name,
                    guint n_max)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n_models = g_list_model_get_n_items (G_LIST_MODEL (catalog));

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      g_ptr_array_add (names, (gpointer) jump_model_get_id (model));
    }
  add_aliases (self, catalog, names);
  g_ptr_array_add (names, NULL);
  return jump_nearest_names ((const char *const *) names->pdata, name, n_max);
}
