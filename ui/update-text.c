/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/update-text.h"

#include <glib/gi18n-lib.h>

char *
jump_update_text_title (const JumpRelease *release)
{
  /* Translators: the number of a version, as in 0.2.0 */
  return g_strdup_printf (_ ("Version %s is available"), release->version);
}
