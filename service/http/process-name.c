/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-name.h"

#include <string.h>

#define NAME_LENGTH 64

/* Programs that run somebody else's: that one is whom people know. */
static const char *const interpreters[] = {
  "node", "nodejs", "deno", "bun", "python", "ruby", "java", "perl", "MainThread", NULL,
};

static gboolean
is_interpreter (const char *comm)
{
  for (gsize i = 0; interpreters[i] != NULL; i++)
    {
      if (g_str_has_prefix (comm, interpreters[i]) &&
          strspn (comm + strlen (interpreters[i]), "0123456789.") ==
              strlen (comm + strlen (interpreters[i])))
        return TRUE;
    }
  return FALSE;
}

/* The first argument that is the name of a file: options may hold secrets. */
static const char *
find_script (const char *command_line, gsize length)
{
  const char *at = memchr (command_line, '\0', length);

  while (at != NULL && at + 1 < command_line + length)
    {
      const char *argument = at + 1;
      gsize left = length - (gsize) (argument - command_line);

      at = memchr (argument, '\0', left);
      if (at == NULL)
        return NULL;
      if (argument[0] == '/')
        return argument;
      if (argument[0] != '-')
        return strchr (argument, '/') != NULL || strchr (argument, '.') != NULL ? argument : NULL;
    }
  return NULL;
}

static char *
make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *name = g_string_new (NULL);

  for (const char *at = valid; *at != '\0' && name->len < NAME_LENGTH; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (name, g_unichar_isprint (character) ? character : '?');
    }
  return g_string_free (name, FALSE);
}

/**
 * jump_process_name_new:
 * @comm: what /proc/PID/comm says
 * @command_line: (array length=length): what /proc/PID/cmdline says
 * @length: in bytes
 *
 * Returns: (transfer full): the program's name
 */
char *
jump_process_name_new (const char *comm, const char *command_line, gsize length)
{
  const char *script = is_interpreter (comm) ? find_script (command_line, length) : NULL;
  g_autofree char *base = script != NULL ? g_path_get_basename (script) : NULL;

  return make_printable (base != NULL ? base : comm);
}
