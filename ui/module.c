/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/module.h"

#include "ui/screen.h"
#include "ui/ui-resource.h"

gboolean
jump_screen_open (GApplication *application,
                  JumpService *service,
                  gboolean shows_window,
                  GError **error)
{
  JumpScreen *screen;

  if (!gtk_init_check (NULL, NULL))
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE, "no display answers");
      return FALSE;
    }
  g_resources_register (jump_ui_data_get_resource ());
  screen = jump_screen_new (application, service);
  g_signal_connect_swapped (application, "shutdown", G_CALLBACK (g_object_run_dispose), screen);
  if (shows_window)
    jump_screen_show_window (screen);
  return TRUE;
}
