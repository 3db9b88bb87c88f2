/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "ui/module.h"

#include "ui/screen.h"
#include "ui/ui-resource.h"

const char jump_screen_version[] = JUMPSEAT_VERSION;

static void
on_application_shut_down (GApplication *application, JumpScreen *screen)
{
  g_object_run_dispose (G_OBJECT (screen));
  g_object_unref (screen);
}

/**
 * jump_screen_open:
 * @application: registered, or to be; keeps the screen until its "shutdown"
 * @service: what is shown
 * @shows_window: at once, and not only when asked
 * @error: why there is none
 *
 * Returns: FALSE when no display answers
 */
gboolean
jump_screen_open (GApplication *application,
                  JumpService *service,
                  gboolean shows_window,
                  GError **error)
{
  JumpScreen *screen;

  gtk_disable_setlocale (); /* the program has chosen its language already */
  if (!gtk_init_check (NULL, NULL))
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE, "no display answers");
      return FALSE;
    }
  g_resources_register (jump_ui_data_get_resource ());
  screen = jump_screen_new (application, service);
  g_signal_connect (application, "shutdown", G_CALLBACK (on_application_shut_down), screen);
  if (shows_window)
    jump_screen_show_window (screen);
  return TRUE;
}
