/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/completion.h"
#include "app/cli/instance.h"
#include "app/cli/key-office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Somebody waits with a finger on the key. */
#define LIMIT_US (G_USEC_PER_SEC)

/* Whatever hangs, a file system or an instance: what is not known by then is not offered. */
static gpointer
on_limit_thread_started (gpointer unused)
{
  g_usleep (LIMIT_US);
  fflush (stdout);
  _Exit (JUMP_EXIT_OK);
  return NULL;
}

static void
add_models (JumpCompletion *completion, JumpCommandContext *context)
{
  g_autoptr (JumpInstance) instance = jump_instance_find_running (context);
  g_autoptr (JsonObject) answer =
      instance == NULL ? NULL : jump_instance_call (instance, "GET", "/api/models", NULL, NULL);
  JsonArray *models = answer == NULL ? NULL : jump_json_get_array (answer, "data");

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);

      if (model != NULL)
        jump_completion_add (completion,
                             jump_json_get_string (model, "id", ""),
                             jump_json_get_string (model, "name", NULL));
    }
}

static void
add_keys (JumpCompletion *completion, JumpCommandContext *context)
{
  g_autoptr (JumpKeyOffice) office = jump_key_office_open (context, NULL);
  g_autoptr (JsonObject) answer = office == NULL ? NULL : jump_key_office_list (office, NULL);
  JsonArray *keys = answer == NULL ? NULL : jump_json_get_array (answer, "keys");

  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      JsonObject *key = jump_json_array_get_object (keys, i);

      if (key != NULL)
        jump_completion_add (completion,
                             jump_json_get_string (key, "name", ""),
                             jump_json_get_string (key, "state", NULL));
    }
}

static void
add_names (JumpCompletion *completion, JumpCommandContext *context)
{
  if (!jump_command_context_load_settings (context, NULL))
    return;
  if (completion->names == JUMP_NAMES_MODELS)
    add_models (completion, context);
  else if (completion->names == JUMP_NAMES_KEYS)
    add_keys (completion, context);
}

/**
 * jump_command_complete:
 * @context: without settings
 * @arguments: the words of a command line behind the program's name, the last one being typed
 *
 * For the shells (data/completions): a line for each word that fits, a tab and what it means behind it; or
 * ":files" where a file is wanted. Never a complaint: the person is in the middle of something.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_complete (JumpCommandContext *context, char **arguments)
{
  g_autoptr (JumpCompletion) completion = NULL;

  g_thread_unref (g_thread_new ("limit", on_limit_thread_started, NULL));
  jump_log_writer_set_level (context->log, "error");
  completion = jump_completion_new ((const char *const *) arguments);
  if (completion->names == JUMP_NAMES_FILES)
    g_print (":files\n");
  else if (completion->names != JUMP_NAMES_NONE)
    add_names (completion, context);
  for (guint i = 0; i < completion->words->len; i++)
    {
      const JumpCompletionWord *word = g_ptr_array_index (completion->words, i);

      g_print ("%s\t%s\n", word->word, word->help == NULL ? "" : word->help);
    }
  return JUMP_EXIT_OK;
}
