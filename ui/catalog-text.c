/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/catalog-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

static char *
describe_kept (gint64 fetched_at)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (fetched_at <= 0)
    return g_strdup (_ ("This is the list as it was kept the last time."));
  day = jump_figure_text_day (fetched_at);
  time = jump_figure_text_clock (fetched_at * G_USEC_PER_SEC);
  /* Translators: a day and a time of day */
  return g_strdup_printf (_ ("This is the list as it was on %s at %s."), day, time);
}

char *
jump_catalog_text_origin (JumpCatalogOrigin origin, gint64 fetched_at, gboolean is_signed_in)
{
  switch (origin)
    {
    case JUMP_CATALOG_EMPTY:
    case JUMP_CATALOG_LIVE:
      break;
    case JUMP_CATALOG_BUILTIN:
      return g_strdup (is_signed_in
                       ? _ ("This is the list that comes with Jumpseat. Yours may differ.")
                       : _ ("This is the list that comes with Jumpseat. Sign in to see yours."));
    case JUMP_CATALOG_DISK:
      return describe_kept (fetched_at);
    }
  return NULL;
}
