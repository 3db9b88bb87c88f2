/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/duration-text.h"

#include <glib/gi18n-lib.h>

/**
 * jump_duration_to_text:
 * @seconds: how long
 *
 * Returns: (transfer full): "24m 59s", and from an hour on "1h 0m 5s" (S-03 has no hours, but tokens
 *   may live longer than one)
 */
char *
jump_duration_to_text (gint64 seconds)
{
  gint64 hours = seconds / 3600;
  gint64 minutes = seconds / 60 % 60;

  if (hours > 0)
    /* Translators: hours, minutes, seconds, as short as can be */
    return g_strdup_printf (_ ("%dh %dm %ds"), (int) hours, (int) minutes, (int) (seconds % 60));
  /* Translators: minutes, seconds */
  return g_strdup_printf (_ ("%dm %ds"), (int) minutes, (int) (seconds % 60));
}
