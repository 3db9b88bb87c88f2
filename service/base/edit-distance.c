/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/edit-distance.h"

#include <string.h>

/**
 * jump_edit_distance:
 * @a: any text
 * @b: a name, of which the first %JUMP_EDIT_DISTANCE_MAX bytes count
 *
 * Damerau-Levenshtein, restricted.
 *
 * Returns: how many bytes have to be inserted, deleted or replaced, or neighbours swapped, to make @b of @a
 */
guint
jump_edit_distance (const char *a, const char *b)
{
  guint rows[3][JUMP_EDIT_DISTANCE_MAX + 1];
  guint *before = rows[0];
  guint *above = rows[1];
  guint *row = rows[2];
  guint length = (guint) strnlen (b, JUMP_EDIT_DISTANCE_MAX);

  for (guint j = 0; j <= length; j++)
    {
      above[j] = j;
      before[j] = 0;
    }
  for (guint i = 1; a[i - 1] != '\0'; i++)
    {
      guint *spare = before;

      row[0] = i;
      for (guint j = 1; j <= length; j++)
        {
          row[j] = MIN (above[j], row[j - 1]) + 1;
          row[j] = MIN (row[j], above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = above;
      above = row;
      row = spare;
    }
  return above[length];
}
