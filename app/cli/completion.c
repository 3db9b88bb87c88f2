/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/completion.h"

#include "app/cli/command-form.h"
#include "app/cli/command-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the words in capitals of the help stand for. */
typedef struct
{
  const char *operand;
  const char *command; /* (nullable): any */
  const char *choices; /* (nullable): separated by | */
  JumpCompletionNames names;
} Meaning;

static const Meaning meanings[] = {
  { "FILE", NULL, NULL, JUMP_NAMES_FILES },
  { "MODEL", NULL, NULL, JUMP_NAMES_MODELS },
  { "NAME", "keys", NULL, JUMP_NAMES_KEYS },
  { "NAME", "budget", "day|month|session", JUMP_NAMES_NONE },
  { "ACTION", "budget", "warn|ask|cheaper|refuse", JUMP_NAMES_NONE },
  { "RANGE", "usage", "hour|today|week|month|year|all", JUMP_NAMES_NONE },
  { "WHAT", "usage", "model|api|client|key|session|status|hour|day", JUMP_NAMES_NONE },
  { "TOOL",
    "login",
    "github-copilot|ghcsd|github-copilot-svcs|ghc-api|passenger-rs|copilot-api",
    JUMP_NAMES_NONE },
  { "TOOL", "doctor", "claude-code|codex|opencode|openai|anthropic|ollama", JUMP_NAMES_NONE },
  { "LEVEL", NULL, "debug|info|warning|error", JUMP_NAMES_NONE },
  { "ADDRESS", NULL, "loopback|any", JUMP_NAMES_NONE },
};

/* The command line as far as it is typed. */
typedef struct
{
  const JumpCommand *command; /* (nullable) */
  GPtrArray *operands;        /* (owned) (element-type utf8) */
  const char *option;         /* (nullable): whose value is being typed */
} Line;

static void
add_word (JumpCompletion *self, const char *word, const char *help)
{
  JumpCompletionWord *one;

  if (!g_str_has_prefix (word, self->typed))
    return;
  one = g_new0 (JumpCompletionWord, 1);
  one->word = g_strconcat (self->head, word, NULL);
  one->help = g_strdup (help);
  g_ptr_array_add (self->words, one);
}

static void
add_choices (JumpCompletion *self, const char *choices)
{
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    add_word (self, words[i], NULL);
}

/* ---- settings ---- */

static void
add_settings (JumpCompletion *self)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_autofree char *name = g_strconcat (row->group, ".", row->name, NULL);

      add_word (self, name, row->doc);
    }
}

static void
add_values (JumpCompletion *self, const char *setting)
{
  const JumpSettingRow *row;
  JumpSettingKey key;

  if (!jump_setting_find (setting, &key))
    return;
  row = jump_setting_row (key);
  if (row->type == JUMP_SETTING_BOOLEAN)
    add_choices (self, "true|false");
  else if (row->type == JUMP_SETTING_CHOICE)
    add_choices (self, row->choices);
  else if (row->type == JUMP_SETTING_ADDRESS)
    add_choices (self, "loopback|any");
  else if (g_str_equal (row->group, "models") && row->type == JUMP_SETTING_STRING)
    self->names = JUMP_NAMES_MODELS;
}

/* ---- operands ---- */

static void
add_commands (JumpCompletion *self)
{
  guint count = jump_command_table_count ();

  for (guint i = 0; i < count; i++)
    {
      const JumpCommand *command = jump_command_table_get (i);

      add_word (self, command->name, _ (command->help));
    }
}

static void
add_operand (JumpCompletion *self, const Line *line, const char *operand)
{
  const char *command = line->command == NULL ? "" : line->command->name;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      const Meaning *meaning = &meanings[i];

      if (!g_str_equal (meaning->operand, operand) ||
          (meaning->command != NULL && !g_str_equal (meaning->command, command)))
        continue;
      if (meaning->choices != NULL)
        add_choices (self, meaning->choices);
      self->names = meaning->names;
      return;
    }
  if (g_str_equal (operand, "COMMAND"))
    add_commands (self);
  else if (g_str_equal (command, "config") && g_str_equal (operand, "NAME"))
    add_settings (self);
  else if (g_str_equal (command, "config") && g_str_equal (operand, "VALUE"))
    add_values (self, g_ptr_array_index (line->operands, 1));
}

/* A name that somebody makes up is none of those there are. */
static gboolean
is_new_name (const JumpCommandForm *form)
{
  return g_strcmp0 (form->verb, "create") == 0;
}

static gboolean
add_operand_of_form (JumpCompletion *self, const Line *line, const JumpCommandForm *form)
{
  guint n_typed = line->operands->len;

  if (form->option != NULL || (form->verb == NULL && form->operands[0] == NULL))
    return FALSE;
  if (form->verb != NULL)
    {
      if (n_typed == 0)
        {
          add_word (self, form->verb, form->help);
          return FALSE;
        }
      if (!g_str_equal (g_ptr_array_index (line->operands, 0), form->verb))
        return FALSE;
      n_typed--;
    }
  if (n_typed < g_strv_length (form->operands) && !is_new_name (form))
    add_operand (self, line, form->operands[n_typed]);
  return TRUE;
}

static void
add_operands (JumpCompletion *self, const Line *line)
{
  g_autoptr (GPtrArray) forms = jump_command_forms_new (line->command);

  for (guint i = 0; i < forms->len; i++)
    {
      if (add_operand_of_form (self, line, g_ptr_array_index (forms, i)) && line->operands->len > 0)
        return;
    }
}

/* ---- options ---- */

static void
on_option_listed (const char *name,
                  char letter,
                  const char *operand,
                  const char *help,
                  gpointer data)
{
  add_word (data, name, help);
}

static void
add_options (JumpCompletion *self, const Line *line)
{
  g_autoptr (GPtrArray) forms = NULL;

  if (line->command != NULL)
    {
      forms = jump_command_forms_new (line->command);
      for (guint i = 0; i < forms->len; i++)
        {
          const JumpCommandForm *form = g_ptr_array_index (forms, i);

          if (form->option != NULL)
            add_word (self, form->option, form->help);
        }
    }
  jump_options_foreach (on_option_listed, self);
}

typedef struct
{
  const char *option;
  char *operand; /* (owned) (nullable) */
} Search;

static void
on_option_compared (const char *name,
                    char letter,
                    const char *operand,
                    const char *help,
                    gpointer data)
{
  const char short_name[] = { '-', letter, '\0' };
  Search *search = data;

  if (operand != NULL && (g_str_equal (search->option, name) ||
                          (letter != 0 && g_str_equal (search->option, short_name))))
    search->operand = g_strdup (operand);
}

/* Returns: (transfer full) (nullable): "MODEL" for "--model"; NULL for an option without a value. */
static char *
find_operand (const JumpCommand *command, const char *option)
{
  Search search = { .option = option };
  g_autoptr (GPtrArray) forms = NULL;

  jump_options_foreach (on_option_compared, &search);
  if (search.operand != NULL || command == NULL)
    return search.operand;
  forms = jump_command_forms_new (command);
  for (guint i = 0; i < forms->len; i++)
    {
      const JumpCommandForm *form = g_ptr_array_index (forms, i);

      if (g_strcmp0 (form->option, option) == 0)
        return g_strdup (form->operands[0]);
    }
  return NULL;
}

/* ---- the line ---- */

static gboolean
takes_value (const JumpCommand *command, const char *option)
{
  g_autofree char *operand = find_operand (command, option);

  return operand != NULL;
}

/* The words before the one that is being typed. */
static void
read_line (Line *line, const char *const *words, guint n_words)
{
  line->operands = g_ptr_array_new ();
  for (guint i = 0; i < n_words; i++)
    {
      line->option = NULL;
      if (*words[i] == '-' && words[i][1] != '\0')
        {
          gboolean is_split = i + 1 < n_words && g_str_equal (words[i + 1], "=");

          if (!is_split &&
              (strchr (words[i], '=') != NULL || !takes_value (line->command, words[i])))
            continue;
          line->option = words[i];
          i += is_split ? 2 : 1;
          if (i < n_words)
            line->option = NULL;
        }
      else if (line->command == NULL)
        line->command = jump_command_table_find (words[i]);
      else
        g_ptr_array_add (line->operands, (gpointer) words[i]);
    }
}

static void
take_typed (JumpCompletion *self, const char *typed, gsize head_length)
{
  self->head = g_strndup (typed, head_length);
  self->typed = g_strdup (typed + head_length);
}

static void
add_value (JumpCompletion *self, const Line *line, const char *option)
{
  g_autofree char *operand = find_operand (line->command, option);

  if (operand != NULL)
    add_operand (self, line, operand);
}

/**
 * jump_completion_new:
 * @words: what stands behind the program's name, the last of them being typed
 *
 * Returns: (transfer full): what it may become; names that only a running instance knows are missing
 */
JumpCompletion *
jump_completion_new (const char *const *words)
{
  JumpCompletion *self = g_new0 (JumpCompletion, 1);
  guint n_words = g_strv_length ((char **) words);
  const char *last = n_words == 0 ? "" : words[n_words - 1];
  const char *equals = g_str_has_prefix (last, "--") ? strchr (last, '=') : NULL;
  Line line = { 0 };

  self->words = g_ptr_array_new ();
  if (n_words > 0)
    n_words--;
  read_line (&line, words, n_words);
  if (g_str_equal (last, "=") && n_words > 0)
    {
      take_typed (self, "", 0);
      add_value (self, &line, words[n_words - 1]);
    }
  else if (equals != NULL)
    {
      g_autofree char *option = g_strndup (last, (gsize) (equals - last));

      take_typed (self, last, (gsize) (equals - last) + 1);
      add_value (self, &line, option);
    }
  else
    {
      take_typed (self, last, 0);
      if (line.option != NULL)
        add_value (self, &line, line.option);
      else if (*last == '-')
        add_options (self, &line);
      else if (line.command == NULL)
        add_commands (self);
      else
        add_operands (self, &line);
    }
  g_ptr_array_unref (line.operands);
  return self;
}

void
jump_completion_add (JumpCompletion *self, const char *name, const char *help)
{
  add_word (self, name, help);
}

static void
free_word (gpointer data, gpointer user_data)
{
  JumpCompletionWord *word = data;

  g_free (word->word);
  g_free (word->help);
  g_free (word);
}

void
jump_completion_free (JumpCompletion *self)
{
  g_ptr_array_foreach (self->words, free_word, NULL);
  g_ptr_array_unref (self->words);
  g_free (self->typed);
  g_free (self->head);
  g_free (self);
}
