/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Walks tests/fixtures/clients/: requests that real programs sent. Whatever model they are for, each of
 * them must be understood, and written for every upstream without losing who said what. */

#include "service/base/json-read.h"
#include "tests/support/prompt-core.h"
#include "tests/unit/fixture-setup.h"

#include <string.h>

typedef struct
{
  const char *path; /* how the addresses begin */
  JumpDialectId id;
} Route;

static const Route routes[] = {
  { "/v1/messages", JUMP_DIALECT_MESSAGES },  { "/v1/responses", JUMP_DIALECT_RESPONSES },
  { "/responses", JUMP_DIALECT_RESPONSES },   { "/v1/chat/completions", JUMP_DIALECT_CHAT },
  { "/chat/completions", JUMP_DIALECT_CHAT },
};

/* Returns: (nullable): %NULL: no request for a model */
static const JumpDialect *
find_dialect (JumpGolden *golden)
{
  g_autoptr (GBytes) bytes = jump_golden_read (golden, "headers.json");
  g_autoptr (JsonObject) headers = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;

  headers = jump_json_parse_object (g_bytes_get_data (bytes, NULL),
                                    (gssize) g_bytes_get_size (bytes),
                                    &error);
  g_assert_no_error (error);
  path = jump_json_get_string (headers, "path", "");
  if (strstr (path, "/count_tokens") != NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_has_prefix (path, routes[i].path))
      return jump_dialect_get (routes[i].id);
  return NULL;
}

static JumpPrompt *
read_prompt (const JumpDialect *dialect, GBytes *bytes)
{
  JumpRequestFacts facts;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  JumpPrompt *prompt = NULL;

  if (dialect->scan (&facts, data, length, &error))
    prompt = dialect->read_prompt (data, length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (prompt);
  return prompt;
}

static guint
count_tools (const JumpPrompt *prompt)
{
  guint n = 0;

  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      n += tool->kind != JUMP_TOOL_HOSTED;
    }
  return n;
}

/* Messages have none behind the first turn; there they are put into a person's words. */
static gboolean
has_late_system (const JumpPrompt *prompt)
{
  gboolean has_turns = FALSE;

  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);
      gboolean is_system =
          message->role == JUMP_ROLE_SYSTEM || message->role == JUMP_ROLE_DEVELOPER;

      if (is_system && has_turns)
        return TRUE;
      has_turns = has_turns || !is_system;
    }
  return FALSE;
}

static void
check_target (const JumpDialect *target, FixtureSetup *setup, const JumpPrompt *prompt)
{
  g_autoptr (JumpToolNames) names = jump_tool_names_new (prompt);
  JumpModelTraits traits = fixture_setup_get_traits (setup, target->id);
  g_auto (JumpChanges) changes = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = target->write_prompt (prompt, &traits, names, &changes, &error);
  g_autoptr (JumpPrompt) back = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *diff = NULL;

  g_assert_no_error (error);
  back = read_prompt (target, body);
  /* Messages wants a definition of whatever was called, even where the client has none any more. */
  if (count_tools (back) != count_tools (prompt) && count_tools (prompt) > 0)
    {
      g_test_message ("%s: %u tools, not %u",
                      target->name,
                      count_tools (back),
                      count_tools (prompt));
      g_test_fail ();
    }
  g_assert_cmpint (back->stream, ==, prompt->stream);
  if (target->id == JUMP_DIALECT_MESSAGES && has_late_system (prompt))
    return;
  mine = jump_prompt_core (prompt, NULL);
  theirs = jump_prompt_core (back, names);
  diff = jump_golden_diff (mine, theirs);
  if (*diff == '\0')
    return;
  g_test_message ("%s: %s", target->name, diff);
  g_test_fail ();
}

static void
test_case (gconstpointer data)
{
  g_autoptr (JumpGolden) golden = jump_golden_new (data);
  const JumpDialect *dialect = find_dialect (golden);
  g_autoptr (GBytes) bytes = jump_golden_read (golden, "request.json");
  g_auto (FixtureSetup) setup = { NULL };
  g_autoptr (JumpPrompt) prompt = NULL;

  if (dialect == NULL || bytes == NULL)
    {
      g_test_skip ("no request for a model");
      return;
    }
  prompt = read_prompt (dialect, bytes);
  for (guint id = 0; id < JUMP_N_DIALECTS; id++)
    if (jump_dialect_get (id)->write_prompt != NULL)
      check_target (jump_dialect_get (id), &setup, prompt);
}

int
main (int argc, char **argv)
{
  g_autofree char *root = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  root = g_test_build_filename (G_TEST_DIST, "fixtures", "clients", NULL);
  dir = g_dir_open (root, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/client-requests/", name, NULL);
      char *folder = g_build_filename (root, name, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        g_test_add_data_func_full (path, folder, test_case, g_free);
      else
        g_free (folder);
    }
  return g_test_run ();
}
