/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/example-text.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#define URL "http://127.0.0.1:8081"

static const struct
{
  JumpExample example;
  const char *file;       /* what to call it */
  const char *checker[4]; /* reads the file and fails when it is wrong */
  const char *says;       /* a line that the README has too */
} rows[] = {
  { JUMP_EXAMPLE_CURL,
    "example.sh",
    { "sh", "-n" },
    "curl -sN " URL "/v1/chat/completions -H 'Content-Type: application/json' \\\n  -d "
    "'{\"model\":\"gpt-4.1\",\"stream\":true,"
    "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'\n" },
  { JUMP_EXAMPLE_PYTHON,
    "example.py",
    { "python3", "-m", "py_compile" },
    "client = OpenAI(base_url=\"" URL "/v1\", api_key=\"anything\")\n" },
  { JUMP_EXAMPLE_NODE,
    "example.mjs",
    { "node", "--check" },
    "const client = new OpenAI({ baseURL: '" URL "/v1', apiKey: 'anything' });\n" },
  { JUMP_EXAMPLE_CLAUDE_CODE,
    "example.sh",
    { "sh", "-n" },
    "export ANTHROPIC_BASE_URL=" URL " ANTHROPIC_AUTH_TOKEN=anything\nclaude --model gpt-4.1\n" },
  { JUMP_EXAMPLE_CODEX,
    "example.toml",
    { "python3", "-c", "import sys, tomllib; tomllib.load(open(sys.argv[1], 'rb'))" },
    "model = \"gpt-4.1\"\nmodel_provider = \"jumpseat\"\n\n[model_providers.jumpseat]\n"
    "name = \"Jumpseat\"\nbase_url = \"" URL "/v1\"\nwire_api = \"responses\"\n" },
};

/* Names that would end a string or a command, were they written as they are. */
static const char *const models[] = { "gpt-4.1", "o'brien \"quoted\"; rm -rf \\ $(id) `id`" };

static void
check_syntax (const char *text, const char *file, const char *const *checker)
{
  g_autofree char *folder = g_dir_make_tmp ("jumpseat-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *program = g_find_program_in_path (checker[0]);
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_auto (GStrv) environment =
      g_environ_setenv (g_get_environ (), "PYTHONDONTWRITEBYTECODE", "1", TRUE);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
  int status = 0;

  environment = g_environ_setenv (environment, "PYTHONPYCACHEPREFIX", cache, TRUE);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4 && checker[i] != NULL; i++)
    g_strv_builder_add (builder, checker[i]);
  g_strv_builder_add (builder, path);
  arguments = g_strv_builder_end (builder);
  if (program != NULL)
    {
      g_spawn_sync (folder,
                    arguments,
                    environment,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                    NULL,
                    NULL,
                    NULL,
                    &errors,
                    &status,
                    &error);
      g_assert_no_error (error);
      if (status != 0)
        g_error ("%s: %s%s", checker[0], errors, text);
    }
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
}

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_example_new (rows[i].example, URL, "gpt-4.1");

      if (strstr (text, rows[i].says) == NULL)
        g_error ("%s is not in %s", rows[i].says, text);
      g_assert_true (g_str_has_suffix (text, "\n"));
    }
}

static void
test_syntax (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, JUMP_N_EXAMPLES);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize n = 0; n < G_N_ELEMENTS (models); n++)
      {
        g_autofree char *text = jump_example_new (rows[i].example, URL, models[n]);

        g_test_message ("%s, %s", jump_example_get_name (rows[i].example), models[n]);
        check_syntax (text, rows[i].file, rows[i].checker);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/example-text/texts", test_texts);
  g_test_add_func ("/example-text/syntax", test_syntax);
  return g_test_run ();
}
