/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-nearest.h"

#include "service/base/edit-distance.h"

#include <string.h>

/* Model ids have about 30 characters; what a client sends may have a million. */
#define MAX_LENGTH JUMP_EDIT_DISTANCE_MAX
/* Parts shorter than this say nothing: every second id holds a "4". */
#define MIN_COMMON 3

typedef struct
{
  const char *name;
  gsize position;
  int cost;
} Candidate;

static char *
fold (const char *name)
{
  g_autofree char *head = g_strndup (name, MAX_LENGTH);

  return g_ascii_strdown (head, -1);
}

static guint
get_common_prefix (const char *a, const char *b)
{
  guint length = 0;

  while (a[length] != '\0' && a[length] == b[length])
    length++;
  return length;
}

/* The length of the shorter one when it stands whole in the other, else 0. */
static guint
get_common_part (const char *a, const char *b)
{
  gboolean is_a_shorter = strlen (a) <= strlen (b);
  const char *shorter = is_a_shorter ? a : b;
  gsize length = strlen (shorter);

  if (length < MIN_COMMON || strstr (is_a_shorter ? b : a, shorter) == NULL)
    return 0;
  return (guint) length;
}

/* FALSE for names that have too little in common to be suggested. */
static gboolean
get_cost (const char *wanted, const char *name, int *out_cost)
{
  g_autofree char *folded = fold (name);
  guint longest = (guint) MAX (strlen (wanted), strlen (folded));
  guint distance = jump_edit_distance (wanted, folded);
  guint prefix = get_common_prefix (wanted, folded);
  guint part = get_common_part (wanted, folded);

  *out_cost = 2 * (int) distance - (int) prefix - (int) part;
  return 2 * distance <= longest || prefix > MIN_COMMON || part > 0;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->cost != second->cost)
    return first->cost < second->cost ? -1 : 1;
  return first->position < second->position ? -1 : 1;
}

/**
 * jump_nearest_names:
 * @names: (array zero-terminated=1): what there is
 * @wanted: what somebody asked for; its first 64 bytes count
 * @n_max: how many at most
 *
 * Compares without case: fewest typing errors, longest common beginning, one inside the other.
 *
 * Returns: (transfer full) (array zero-terminated=1): nearest first, equal ones in the order of
 *   @names; empty when nothing looks like it
 */
char **
jump_nearest_names (const char *const *names, const char *wanted, guint n_max)
{
  g_autofree char *folded = fold (wanted);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      Candidate candidate = { .name = names[i], .position = i };

      if (get_cost (folded, names[i], &candidate.cost))
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < MIN (n_max, candidates->len); i++)
    g_strv_builder_add (found, g_array_index (candidates, Candidate, i).name);
  return g_strv_builder_end (found);
}
