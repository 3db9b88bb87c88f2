/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-newest.h"

#include <stdlib.h>
#include <string.h>

/* Enough for 3.7.1 and the like. */
#define N_NUMBERS 4
/* Longer numbers are dates and build numbers (gpt-4-0613, -20250514), not versions. */
#define MAX_DIGITS 2

typedef struct
{
  gboolean is_enabled;
  gboolean is_preview;
  int numbers[N_NUMBERS];
  guint n_words; /* each word beyond the shortest is a variant: -1m, -fast, -mini */
} Rank;

/* "4.6" and "4" are versions, "4o" and "k2.7" hold one. Returns how many are known now. */
static guint
read_numbers (const char *text, int *numbers, guint n_read)
{
  g_auto (GStrv) digits = g_strsplit (text, ".", -1);

  for (guint i = 0; digits[i] != NULL && n_read < N_NUMBERS; i++)
    {
      gsize length = strspn (digits[i], "0123456789");

      if (length == 0 || length > MAX_DIGITS)
        break;
      numbers[n_read++] = atoi (digits[i]);
      if (digits[i][length] != '\0')
        break;
    }
  return n_read;
}

static void
rank_model (JumpModel *model, Rank *out_rank)
{
  g_autofree char *id = g_ascii_strdown (jump_model_get_id (model), -1);
  g_auto (GStrv) parts = g_strsplit (id, "-", -1);
  gboolean is_complete = FALSE;
  guint n_numbers = 0;

  *out_rank = (Rank){
    .is_enabled = jump_model_get_is_enabled (model),
    .is_preview = jump_model_get_is_preview (model) || strstr (id, "preview") != NULL,
  };
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *number = strpbrk (parts[i], "0123456789");
      guint n_before = n_numbers;

      /* "1m" is the size of a window. The version ends with the first part that adds nothing. */
      if (number != NULL && !is_complete && g_strcmp0 (parts[i], "1m") != 0 &&
          (n_numbers == 0 || number == parts[i]))
        n_numbers = read_numbers (number, out_rank->numbers, n_numbers);
      if (n_numbers > n_before)
        continue;
      out_rank->n_words++;
      is_complete = n_numbers > 0;
    }
}

/* Above zero when @a is the better one. A disabled model would only be refused, so that comes
 * before anything else. */
static int
compare_ranks (const Rank *a, const Rank *b)
{
  if (a->is_enabled != b->is_enabled)
    return a->is_enabled ? 1 : -1;
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      if (a->numbers[i] != b->numbers[i])
        return a->numbers[i] - b->numbers[i];
    }
  if (a->is_preview != b->is_preview)
    return b->is_preview ? 1 : -1;
  return (int) b->n_words - (int) a->n_words;
}

static gboolean
is_match (JumpModel *model, const char *pattern)
{
  g_autofree char *id = NULL;

  if (g_ascii_strcasecmp (jump_model_get_kind (model), "chat") != 0)
    return FALSE;
  id = g_ascii_strdown (jump_model_get_id (model), -1);
  return g_pattern_match_simple (pattern, id);
}

/**
 * jump_model_newest:
 * @catalog: the live list
 * @pattern: with * and ?, as in "claude-sonnet-*"
 *
 * The highest version wins, its numbers compared one by one; then what is no preview, then the
 * plain model before its variants (unless the pattern itself names the variant). Equal ones: the
 * first in upstream's order.
 *
 * Returns: (transfer none) (nullable): valid until the next turn of the main loop
 */
JumpModel *
jump_model_newest (JumpModelCatalog *catalog, const char *pattern)
{
  GListModel *list = G_LIST_MODEL (catalog);
  g_autofree char *lower = g_ascii_strdown (pattern, -1);
  guint n_models = g_list_model_get_n_items (list);
  JumpModel *best = NULL;
  Rank best_rank = { 0 };

  for (guint i = 0; i < n_models; i++)
    {
      g_autoptr (JumpModel) model = g_list_model_get_item (list, i);
      Rank rank;

      if (!is_match (model, lower))
        continue;
      rank_model (model, &rank);
      if (best == NULL || compare_ranks (&rank, &best_rank) > 0)
        {
          best = model;
          best_rank = rank;
        }
    }
  return best;
}
