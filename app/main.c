/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/column-text.h"
#include "app/cli/dispatch.h"
#include "app/console.h"
#include "app/language.h"
#include "app/log-writer.h"
#include "app/process-guard.h"

#include <stdio.h>

/* Without these, GLib would turn every character beyond ASCII into "?" in the C locale, which
 * containers have; and a pipe would see the addresses only when the program ends. What is meant for the terminal
 * itself goes past them. */
static void
on_text_printed (const char *text)
{
  g_autofree char *plain = jump_column_make_plain (text);

  fputs (plain, stdout);
  fflush (stdout);
}

static void
on_complaint_printed (const char *text)
{
  g_autofree char *plain = jump_column_make_plain (text);

  fputs (plain, stderr);
}

int
main (int argc, char *argv[])
{
  g_auto (GStrv) arguments = NULL;
  g_auto (JumpCommandContext) context = { 0 };
  g_autoptr (JumpLanguage) language = NULL;

  jump_process_guard_raise ();
  arguments = jump_console_open (argv);
  language = jump_language_new ();
  g_set_print_handler (on_text_printed);
  g_set_printerr_handler (on_complaint_printed);
  g_set_prgname ("jumpseat");
  jump_command_context_init (&context, jump_log_writer_install ("warning"));
  context.language = language;
  context.arguments = arguments;
  return (int) jump_dispatch (&context, arguments);
}
