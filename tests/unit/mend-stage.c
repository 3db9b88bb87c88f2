/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "mend-stage.h"

#include <string.h>

char *
mend_stage_run (const MendRow *row, guint status, const char *done, char **out_name)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (jump_failure_kind_from_status (status), status, row->code, row->message);
  g_autoptr (GBytes) body = g_bytes_new (row->body, strlen (row->body));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_auto (GStrv) parts = g_strsplit (done, ",", -1);
  g_autoptr (GBytes) result = NULL;

  failure->param = g_strdup (row->param);
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (names, parts[i]);
  result = jump_request_mend (row->target, failure, body, names, out_name);
  if (result == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (result, NULL), g_bytes_get_size (result));
}

void
mend_stage_check (const MendRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *again = NULL;
      g_autofree char *sent = mend_stage_run (&rows[i], 400, "", &name);
      g_autofree char *more = NULL;

      g_test_message ("%s", rows[i].message);
      g_assert_cmpstr (sent, ==, rows[i].expected);
      g_assert_cmpstr (name, ==, rows[i].name);
      if (name == NULL)
        continue;
      more = mend_stage_run (&rows[i], 400, name, &again);
      g_assert_cmpstr (again, !=, name);
    }
}
