/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/language.h"

#include "app/places.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <locale.h>

struct _JumpLanguage
{
  char *variable; /* (owned) (nullable): LANGUAGE as we found it */
  char *locale;   /* (owned): for messages, as we found it */
};

/* In the C locale gettext translates nothing, whatever LANGUAGE says. C.UTF-8 is not that locale. */
static void
leave_plain_locale (void)
{
  static const char *const others[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8" };
  const char *locale = setlocale (LC_MESSAGES, NULL);

  if (g_strcmp0 (locale, "C") != 0 && g_strcmp0 (locale, "POSIX") != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (setlocale (LC_MESSAGES, others[i]) != NULL)
        return;
    }
}

static char *
build_catalog_dir (void)
{
  const char *build = g_getenv ("JUMPSEAT_BUILD_DIR"); /* running without being installed */

  return build != NULL ? g_build_filename (build, "po", NULL) : jump_places_dup_locale_dir ();
}

/**
 * jump_language_new:
 *
 * Takes up the locale of the environment.
 *
 * Returns: (transfer full): the program's language
 */
JumpLanguage *
jump_language_new (void)
{
  JumpLanguage *self = g_new0 (JumpLanguage, 1);
  g_autofree char *dir = build_catalog_dir ();

  setlocale (LC_ALL, "");
  self->variable = g_strdup (g_getenv ("LANGUAGE"));
  self->locale = g_strdup (setlocale (LC_MESSAGES, NULL));
  bindtextdomain (GETTEXT_PACKAGE, dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* GLib decides once whether to translate at all, from whether the default domain has a catalogue
   * for the language of that moment. Asked before there is such a domain, it says yes, and another
   * language can be chosen later. */
  g_dgettext (GETTEXT_PACKAGE, "Jumpseat");
  textdomain (GETTEXT_PACKAGE);
  return self;
}

/**
 * jump_language_free:
 * @self: (transfer full): the language
 */
void
jump_language_free (JumpLanguage *self)
{
  g_free (self->variable);
  g_free (self->locale);
  g_free (self);
}

/**
 * jump_language_choose:
 * @self: the language
 * @language: "system", or what stands in the settings
 *
 * From here on every translation is in that language; what is on screen already has to be made anew.
 */
void
jump_language_choose (JumpLanguage *self, const char *language)
{
  gboolean is_system = g_str_equal (language, "system");
  const char *variable = is_system ? self->variable : language;

  if (variable == NULL)
    g_unsetenv ("LANGUAGE");
  else
    g_setenv ("LANGUAGE", variable, TRUE);
  /* gettext forgets what it has looked up when the locale becomes another one, and only then */
  setlocale (LC_MESSAGES, "C");
  setlocale (LC_MESSAGES, self->locale);
  if (!is_system)
    leave_plain_locale ();
}
