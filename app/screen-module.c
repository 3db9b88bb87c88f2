/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/screen-module.h"

#include "app/places.h"

#include <gmodule.h>

#define MODULE_NAME "jumpseat-ui"

static char *
build_path (void)
{
  const char *build = g_getenv ("JUMPSEAT_BUILD_DIR"); /* running without being installed */
  g_autofree char *dir =
      build != NULL ? g_build_filename (build, "ui", NULL) : jump_places_dup_module_dir ();

  return g_build_filename (dir, MODULE_NAME "." G_MODULE_SUFFIX, NULL);
}

/* Half an upgrade: the program and its screen come in packages of their own. */
static gboolean
check_version (GModule *module, GError **error)
{
  gpointer symbol = NULL;
  const char *version = NULL;

  if (g_module_symbol (module, JUMP_SCREEN_VERSION, &symbol))
    version = symbol;
  if (g_strcmp0 (version, JUMPSEAT_VERSION) == 0)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               "loading the screen: it is of %s%s, this program of version %s; install both in the "
               "same version",
               version == NULL ? "another version" : "version ",
               version == NULL ? "" : version,
               JUMPSEAT_VERSION);
  return FALSE;
}

/**
 * jump_screen_module_is_installed:
 *
 * Returns: whether there is a module to open
 */
gboolean
jump_screen_module_is_installed (void)
{
  g_autofree char *path = build_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * jump_screen_module_open:
 * @application: the program
 * @service: what the screen shows
 * @shows_window: at once, and not only when asked
 * @error: why there is none: the linker's words, another version, or the module's own reason
 *
 * The module stays loaded for good, because types it registers cannot be taken back.
 *
 * Returns: whether there is a screen
 */
gboolean
jump_screen_module_open (GApplication *application,
                         JumpService *service,
                         gboolean shows_window,
                         GError **error)
{
  g_autofree char *path = build_path ();
  gpointer symbol = NULL;
  GModule *module;

  module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module != NULL && !check_version (module, error))
    return FALSE;
  if (module == NULL || !g_module_symbol (module, JUMP_SCREEN_ENTRY, &symbol))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "loading the screen: %s",
                   g_module_error ());
      return FALSE;
    }
  g_module_make_resident (module);
  return ((JumpScreenOpenFunc) symbol) (application, service, shows_window, error);
}
