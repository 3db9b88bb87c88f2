/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-name.h"

#define LINE(text) text, sizeof text

static void
test_names (void)
{
  static const struct
  {
    const char *comm;
    const char *line;
    gsize length;
    const char *name;
  } rows[] = {
    { "claude", LINE ("claude"), "claude" },
    { "curl", LINE ("curl\0-H\0Authorization: Bearer x.y/z"), "curl" },
    { "node",
      LINE ("node\0/usr/lib/node_modules/@openai/codex/bin/codex.js\0--key=x"),
      "codex.js" },
    { "MainThread", LINE ("node\0--max-old-space-size=4\0/home/a/run.mjs"), "run.mjs" },
    { "python3.11", LINE ("python3.11\0-u\0./aider.py"), "aider.py" },
    { "python3", LINE ("python3\0-c\0print ('sk-secret')"), "python3" },
    { "python3", LINE ("python3\0--token\0sk-secret"), "python3" },
    { "node", LINE ("node"), "node" },
    { "node", "", 0, "node" },
    { "nodejs-thing", LINE ("nodejs-thing\0/a/b.js"), "nodejs-thing" },
    { "a\nb", "", 0, "a?b" },
    { "\xff", "", 0, "\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = jump_process_name_new (rows[i].comm, rows[i].line, rows[i].length);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

/* A script's name may be as long as somebody likes. */
static void
test_long_name (void)
{
  g_autofree char *script = g_strnfill (3000, 'x');
  g_autofree char *line = g_strdup_printf ("node%c/%s", 'N', script);
  g_autofree char *name = NULL;

  line[4] = '\0';
  name = jump_process_name_new ("node", line, 3007);
  g_assert_cmpuint (strlen (name), <=, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-name/names", test_names);
  g_test_add_func ("/process-name/long-name", test_long_name);
  return g_test_run ();
}
