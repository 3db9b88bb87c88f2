/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command-form.h"
#include "app/cli/command-table.h"
#include "app/cli/completion.h"
#include "app/cli/doctor-tool.h"

/* ---- what is offered ---- */

static char *
offer (const char *line, JumpCompletionNames *out_names)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (JumpCompletion) completion = jump_completion_new ((const char *const *) words);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < completion->words->len; i++)
    {
      const JumpCompletionWord *word = g_ptr_array_index (completion->words, i);

      g_string_append_printf (text, "%s%s", i == 0 ? "" : " ", word->word);
    }
  *out_names = completion->names;
  return g_string_free (text, FALSE);
}

static void
test_offers (void)
{
  static const struct
  {
    const char *line; /* words behind the program's name; the last one is typed */
    const char *words;
    JumpCompletionNames names;
  } cases[] = {
    { "mod", "models", JUMP_NAMES_NONE },
    { "--log-level debug mod", "models", JUMP_NAMES_NONE },
    { "--log-level=debug mod", "models", JUMP_NAMES_NONE },
    { "-p 80 mod", "models", JUMP_NAMES_NONE },
    { "nonsense", "", JUMP_NAMES_NONE },
    { "--dem", "--demo", JUMP_NAMES_NONE },
    { "--log-level ", "debug info warning error", JUMP_NAMES_NONE },
    { "--log-level=wa", "--log-level=warning", JUMP_NAMES_NONE },
    { "--log-level =", "debug info warning error", JUMP_NAMES_NONE },
    { "--log-level = wa", "warning", JUMP_NAMES_NONE },
    { "--log-level = warning stat", "status", JUMP_NAMES_NONE },
    { "--address ", "loopback any", JUMP_NAMES_NONE },
    { "--config ", "", JUMP_NAMES_FILES },
    { "--config=", "", JUMP_NAMES_FILES },
    { "-c ", "", JUMP_NAMES_FILES },
    { "--port ", "", JUMP_NAMES_NONE },
    { "models --lo", "--long --log-level", JUMP_NAMES_NONE },
    { "keys ", "create revoke approve remove", JUMP_NAMES_NONE },
    { "keys re", "revoke remove", JUMP_NAMES_NONE },
    { "keys revoke ", "", JUMP_NAMES_KEYS },
    { "keys revoke a ", "", JUMP_NAMES_NONE },
    { "keys create ", "", JUMP_NAMES_NONE },
    { "keys create new --mod", "--model", JUMP_NAMES_NONE },
    { "keys create new --model ", "", JUMP_NAMES_MODELS },
    { "keys create new --model=g", "", JUMP_NAMES_MODELS },
    { "budget ", "set remove", JUMP_NAMES_NONE },
    { "budget set m", "month", JUMP_NAMES_NONE },
    { "budget set month 100 ", "warn ask cheaper refuse", JUMP_NAMES_NONE },
    { "budget set month 100 cheaper ", "", JUMP_NAMES_MODELS },
    { "usage --range m", "month", JUMP_NAMES_NONE },
    { "usage --by s", "session status", JUMP_NAMES_NONE },
    { "config ", "get set path", JUMP_NAMES_NONE },
    { "config get server.po", "server.port", JUMP_NAMES_NONE },
    { "config set server.po", "server.port", JUMP_NAMES_NONE },
    { "config set server.require_key ", "true false", JUMP_NAMES_NONE },
    { "config set log.level w", "warning", JUMP_NAMES_NONE },
    { "config set models.default ", "", JUMP_NAMES_MODELS },
    { "config set server.port ", "", JUMP_NAMES_NONE },
    { "config set no.such ", "", JUMP_NAMES_NONE },
    { "config path ", "", JUMP_NAMES_NONE },
    { "config --al", "--all", JUMP_NAMES_NONE },
    { "export ", "", JUMP_NAMES_FILES },
    { "export f ", "", JUMP_NAMES_NONE },
    { "export --from ", "", JUMP_NAMES_NONE },
    { "import ", "", JUMP_NAMES_FILES },
    { "help mo", "models", JUMP_NAMES_NONE },
    { "login --import gh", "ghcsd ghc-api", JUMP_NAMES_NONE },
    { "doctor --client o", "opencode openai ollama", JUMP_NAMES_NONE },
    { "check --client=cl", "--client=claude-code", JUMP_NAMES_NONE },
    { "auth --forc", "--force", JUMP_NAMES_NONE },
    { "status ", "", JUMP_NAMES_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JumpCompletionNames names;
      g_autofree char *words = offer (cases[i].line, &names);

      g_test_message ("jumpseat %s", cases[i].line);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (names, ==, cases[i].names);
    }
}

/* Names come later, and only those that fit. */
static void
test_names (void)
{
  const char *const words[] = { "keys", "create", "x", "--model=gpt", NULL };
  g_autoptr (JumpCompletion) completion = jump_completion_new (words);
  const JumpCompletionWord *word;

  jump_completion_add (completion, "gpt-4.1", "GPT-4.1");
  jump_completion_add (completion, "claude-sonnet-4", NULL);
  g_assert_cmpuint (completion->words->len, ==, 1);
  word = g_ptr_array_index (completion->words, 0);
  g_assert_cmpstr (word->word, ==, "--model=gpt-4.1");
  g_assert_cmpstr (word->help, ==, "GPT-4.1");
}

static void
test_all_commands (void)
{
  JumpCompletionNames names;
  g_autofree char *text = offer ("", &names);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, jump_command_table_count ());
  for (guint i = 0; words[i] != NULL; i++)
    g_assert_cmpstr (words[i], ==, jump_command_table_get (i)->name);
}

/* ---- where it comes from ---- */

static void
test_forms (void)
{
  static const JumpCommand command = {
    .name = "take",
    .details = "  Something about it, with  a gap.\n"
               "  take                Nothing\n"
               "  take up THING FILE [MODEL]  Something\n"
               "    --range RANGE     From where to where\n"
               "                      and so on\n"
               "  --plain             No value\n",
  };
  g_autoptr (GPtrArray) forms = jump_command_forms_new (&command);
  const JumpCommandForm *form;
  g_autofree char *operands = NULL;

  g_assert_cmpuint (forms->len, ==, 4);
  form = g_ptr_array_index (forms, 1);
  operands = g_strjoinv (" ", form->operands);
  g_assert_cmpstr (form->verb, ==, "up");
  g_assert_cmpstr (operands, ==, "THING FILE MODEL");
  g_assert_cmpstr (form->help, ==, "Something");
  form = g_ptr_array_index (forms, 2);
  g_assert_cmpstr (form->option, ==, "--range");
  g_assert_cmpstr (form->operands[0], ==, "RANGE");
  g_assert_cmpstr (form->help, ==, "From where to where");
  form = g_ptr_array_index (forms, 3);
  g_assert_cmpstr (form->option, ==, "--plain");
  g_assert_null (form->operands[0]);
}

/* Two tables name them. */
static void
test_tools_of_doctor (void)
{
  JumpCompletionNames names;
  g_autofree char *list = jump_doctor_tool_list ();
  g_autofree char *words = offer ("doctor --client ", &names);
  g_auto (GStrv) known = g_strsplit (list, ", ", -1);
  g_auto (GStrv) offered = g_strsplit (words, " ", -1);

  g_assert_cmpstrv (known, offered);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/completion/offers", test_offers);
  g_test_add_func ("/completion/names", test_names);
  g_test_add_func ("/completion/all-commands", test_all_commands);
  g_test_add_func ("/completion/forms", test_forms);
  g_test_add_func ("/completion/tools-of-doctor", test_tools_of_doctor);
  return g_test_run ();
}
