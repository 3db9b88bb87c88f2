/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define CONTENT_TYPE "application/x-jsonlines"
#define BLOCK_SIZE   65536

static GBytes *
fail_to_read (const char *name, GError **error)
{
  int code = errno;

  g_set_error (
      error,
      G_FILE_ERROR,
      (gint) g_file_error_from_errno (code),
      /* Translators: the first %s is the name of a file, the second why it cannot be read */
      _ ("cannot read %s: %s"), name, g_strerror (code));
  return NULL;
}

/* Returns: (transfer full) (nullable): all of it, at most so much as an import may be */
static GBytes *
read_all (FILE *file, const char *name, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  size_t n_bytes;

  while ((n_bytes = fread (block, 1, BLOCK_SIZE, file)) > 0)
    {
      if (all->len + n_bytes > JUMP_LIMIT_IMPORT)
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_TOO_LARGE,
                       /* Translators: %d is a number of MiB */
                       _ ("the file is larger than %d MiB; import it in parts"),
                          JUMP_LIMIT_IMPORT / (1024 * 1024));
          return NULL;
        }
      g_byte_array_append (all, (const guint8 *) block, (guint) n_bytes);
    }
  return ferror (file) ? fail_to_read (name, error)
                       : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static GBytes *
read_file (const char *name, GError **error)
{
  FILE *file;
  GBytes *bytes;

  if (g_str_equal (name, "-"))
    return read_all (stdin, name, error);
  file = g_fopen (name, "rb");
  if (file == NULL)
    return fail_to_read (name, error);
  bytes = read_all (file, name, error);
  fclose (file);
  return bytes;
}

static gboolean
on_piece (const char *data, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, data, (gssize) length);
  return TRUE;
}

static JsonObject *
send (JumpInstance *instance, GBytes *body, GError **error)
{
  const JumpControlQuestion question = {
    .method = "POST",
    .path = "/api/requests/import",
    .body = body,
    .content_type = CONTENT_TYPE,
  };
  g_autoptr (GString) answer = g_string_new (NULL);

  if (!jump_control_stream_run (jump_instance_get_client (instance),
                                &question,
                                on_piece,
                                answer,
                                NULL,
                                error))
    return NULL;
  return jump_json_parse_object (answer->str, (gssize) answer->len, error);
}

/* What is wrong goes to standard error; one wrong line is enough for a script to look. */
static JumpExitCode
print_outcome (JumpCommandContext *context, JsonObject *answer)
{
  JsonArray *errors = jump_json_get_array (answer, "errors");
  guint n_shown = errors == NULL ? 0 : json_array_get_length (errors);
  guint n_errors = (guint) jump_json_get_int (answer, "total_errors", 0);
  guint n_imported = (guint) jump_json_get_int (answer, "imported", 0);

  if (context->options.json)
    jump_command_print_json (answer);
  else if (n_imported == 0 && n_errors == 0)
    g_print ("%s", _ ("Nothing new to import\n"));
  else
    g_print (ngettext ("Imported %u request\n", "Imported %u requests\n", n_imported), n_imported);
  for (guint i = 0; i < n_shown; i++)
    g_printerr ("jumpseat: %s\n", jump_json_array_get_string (errors, i));
  if (n_errors > n_shown)
    g_printerr (ngettext ("and %u more line is wrong\n",
                          "and %u more lines are wrong\n",
                          n_errors - n_shown),
                n_errors - n_shown);
  return n_errors > 0 ? JUMP_EXIT_FAILURE : JUMP_EXIT_OK;
}

/**
 * jump_command_import:
 * @context: with settings loaded
 * @arguments: "import" and a file
 *
 * Returns: the exit status: a failure when any line was wrong, although the others are imported
 */
JumpExitCode
jump_command_import (JumpCommandContext *context, char **arguments)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GBytes) body = NULL;

  if (!jump_options_parse_own (entries, arguments, &words, &error))
    return jump_command_refuse ("import", error);
  if (g_strv_length (words) != 1)
    {
      error = g_error_new_literal (G_OPTION_ERROR,
                                   G_OPTION_ERROR_FAILED,
                                   _ ("import takes the name of a file, or - for standard input"));
      return jump_command_refuse ("import", error);
    }
  instance = jump_instance_need_running (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  body = read_file (words[0], &error);
  if (body == NULL)
    return jump_exit_with_error (error);
  answer = send (instance, body, &error);
  return answer == NULL ? jump_exit_with_error (error) : print_outcome (context, answer);
}
